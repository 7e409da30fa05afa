namespace InquiryRouter.Commands;

/// <summary>What was asked for is not possible, or was not understood; the text says why, and what to do instead.</summary>
internal sealed class CommandRefusedException : Exception
{
    public CommandRefusedException()
    {
    }

    public CommandRefusedException(string message)
        : base(message)
    {
    }

    public CommandRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
