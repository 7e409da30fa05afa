namespace InquiryRouter.Benchmarks.Server;

/// <summary>The measured server, or one of its commands, did not do what a run needs.</summary>
internal sealed class ServerFailedException : Exception
{
    public ServerFailedException()
    {
    }

    public ServerFailedException(string message)
        : base(message)
    {
    }

    public ServerFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
