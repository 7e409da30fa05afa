namespace InquiryRouter.Infrastructure;

/// <summary>Something the operator must put right before the program can do this; the text says what.</summary>
public sealed class CannotStartException : Exception
{
    public CannotStartException()
    {
    }

    public CannotStartException(string message)
        : base(message)
    {
    }

    public CannotStartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
