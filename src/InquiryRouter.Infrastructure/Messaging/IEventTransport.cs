using InquiryRouter.Core.Messages;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>Takes an event from the outbox to its consumers. Returning means: it cannot be lost any more.</summary>
public interface IEventTransport
{
    /// <exception cref="TransportDownException">Nothing can be delivered now; it says nothing about this message.</exception>
    Task DeliverAsync(IEvent message, Guid messageId, CancellationToken cancellation);
}

/// <summary>The broker is not reached, or has no queue for the message yet.</summary>
public sealed class TransportDownException : Exception
{
    public TransportDownException()
    {
    }

    public TransportDownException(string message)
        : base(message)
    {
    }

    public TransportDownException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
