using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Makes queues, exchanges and bindings again that somebody has deleted. The bus does so by itself only for a queue it consumes; without an
/// exchange it waits in vain for its confirms, and without its queue a dead letter is gone.
/// </summary>
public sealed class BrokerTopology(BrokerOptions options, IReadOnlyList<Subscription> subscriptions, Dispatcher dispatcher, IServiceProvider services)
{
    /// <summary>
    /// Declares all that this process consumes from; what is there stays as it is. Does nothing as long as the bus is not consuming from all its
    /// queues: it is declaring them itself then, and of two who declare one quorum queue at once the broker closes a connection (541).
    /// </summary>
    public async Task DeployAsync(CancellationToken cancellation)
    {
        if (options.Transport == BrokerTransport.InMemory || subscriptions.Count == 0
            || services.GetRequiredService<IBusControl>().CheckHealth().Status != BusHealthStatus.Healthy)
        {
            return;
        }

        // A bus that only declares: it consumes nothing.
        var bus = Bus.Factory.CreateUsingRabbitMq(broker =>
        {
            broker.DeployTopologyOnly = true;
            MessagingRegistration.Configure(broker, new Uri(options.Uri), subscriptions, dispatcher);
        });
        await bus.DeployAsync(cancellation);
    }
}
