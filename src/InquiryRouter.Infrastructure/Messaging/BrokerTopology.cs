using MassTransit;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Makes queues, exchanges and bindings again that somebody has deleted. The bus does so by itself only for a queue it consumes; without an
/// exchange it waits in vain for its confirms, and without its queue a dead letter is gone.
/// </summary>
/// <param name="options">Where the broker is.</param>
/// <param name="subscriptions">What this process consumes.</param>
/// <param name="dispatcher">Of the consumers.</param>
/// <param name="consumes">The bus consumes from all its queues at this moment.</param>
/// <param name="log">Told when it does not, for longer than a start takes.</param>
public sealed partial class BrokerTopology(
    BrokerOptions options, IReadOnlyList<Subscription> subscriptions, Dispatcher dispatcher, Func<bool> consumes, ILogger<BrokerTopology> log)
{
    private const int SkipsTold = 2;
    private int _skipped;

    /// <summary>Which bus it is.</summary>
    public BrokerTransport Transport => options.Transport;

    /// <summary>Whether this process takes messages from its queues at this moment; one in the web role has none.</summary>
    public bool Consumes => subscriptions.Count > 0 && IsUp;

    /// <summary>Whether the bus does what it is there for, as far as it knows.</summary>
    public bool IsUp => options.Transport == BrokerTransport.InMemory || consumes();

    /// <summary>
    /// Declares all that this process consumes from; what is there stays as it is. Does nothing as long as the bus is not consuming from all its
    /// queues: it is declaring them itself then, and of two who declare one quorum queue at once the broker closes a connection (541).
    /// </summary>
    public async Task DeployAsync(CancellationToken cancellation)
    {
        if (options.Transport == BrokerTransport.InMemory || subscriptions.Count == 0)
        {
            return;
        }

        if (!consumes())
        {
            if (++_skipped == SkipsTold)
            {
                LogSkipped();
            }

            return;
        }

        _skipped = 0;

        // A bus that only declares: it consumes nothing.
        var bus = Bus.Factory.CreateUsingRabbitMq(broker =>
        {
            broker.DeployTopologyOnly = true;
            MessagingRegistration.Configure(broker, new Uri(options.Uri), subscriptions, dispatcher);
        });
        await bus.DeployAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This process does not consume from all its queues. It tries again by itself; until it does, "
        + "exchanges that were deleted are not made again. Is the broker there, and are its queues those of this version?")]
    private partial void LogSkipped();
}
