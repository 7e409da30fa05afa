using InquiryRouter.Core.Messages;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>One stage's answer to one kind of event: load facts, ask Core, apply in one transaction that begins with the inbox.</summary>
public interface IHandle<in TEvent>
    where TEvent : IEvent
{
    Task HandleAsync(TEvent message, MessageContext context, CancellationToken cancellation);
}

/// <summary>The message reports a version this database does not show yet: try again.</summary>
public sealed class NotYetVisibleException : Exception
{
    public NotYetVisibleException()
    {
    }

    public NotYetVisibleException(string message)
        : base(message)
    {
    }

    public NotYetVisibleException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
