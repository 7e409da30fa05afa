using System.Collections.Frozen;
using InquiryRouter.Core.Messages;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// The bus of one process: delivering is handling. The outbox keeps the message until every consumer has committed, so
/// nothing that was accepted is lost when the process is killed, and no broker is needed.
/// </summary>
public sealed class InProcessTransport(IEnumerable<Subscription> subscriptions, Dispatcher dispatcher) : IEventTransport
{
    private readonly FrozenDictionary<Type, Subscription[]> _consumers = subscriptions
        .GroupBy(s => s.Event)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public async Task DeliverAsync(IEvent message, Guid messageId, CancellationToken cancellation)
    {
        if (!_consumers.TryGetValue(message.GetType(), out var consumers))
        {
            throw new InvalidOperationException($"No stage handles {message.GetType().Name}.");
        }

        // One after another: the inbox makes the second try skip those that succeeded.
        foreach (var consumer in consumers)
        {
            await dispatcher.DispatchAsync(consumer, message, messageId, cancellation);
        }
    }
}
