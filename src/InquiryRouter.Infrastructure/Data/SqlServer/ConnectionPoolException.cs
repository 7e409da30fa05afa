namespace InquiryRouter.Infrastructure.Data.SqlServer;

/// <summary>All connections of the pool are in use.</summary>
internal sealed class ConnectionPoolException : Exception
{
    public ConnectionPoolException()
    {
    }

    public ConnectionPoolException(string message)
        : base(message)
    {
    }

    public ConnectionPoolException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
