using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>Puts the chosen transport, its consumers and the relay together.</summary>
public static class MessagingRegistration
{
    /// <summary>Where messages go that could not be handled within their delivery limit.</summary>
    public const string DeadLetterQueue = "inquiryrouter-dead-letter";

    /// <param name="services">The host's services; the subscriptions are registered there before.</param>
    /// <param name="options">Checked settings.</param>
    /// <param name="subscriptions">The consumers of this process; none in the web role.</param>
    public static IServiceCollection AddMessaging(this IServiceCollection services, BrokerOptions options, IReadOnlyList<Subscription> subscriptions)
    {
        services.AddSingleton<Dispatcher>();
        services.AddSingleton(_ => new DeadLetters(options));
        services.AddSingleton(provider => new BrokerTopology(
            options, subscriptions, provider.GetRequiredService<Dispatcher>(),
            () => provider.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy,
            provider.GetRequiredService<ILogger<BrokerTopology>>()));
        foreach (var subscription in subscriptions)
        {
            services.AddSingleton(subscription);
        }

        if (options.Transport == BrokerTransport.InMemory)
        {
            services.AddSingleton<IEventTransport, InProcessTransport>();
        }
        else
        {
            services.AddSingleton<IEventTransport, RabbitMqTransport>();
            services.AddRabbitMq(new Uri(options.Uri), subscriptions);
        }

        return services.AddHostedService<OutboxRelay>();
    }

    private static void AddRabbitMq(this IServiceCollection services, Uri uri, IReadOnlyList<Subscription> subscriptions) =>
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingRabbitMq((context, broker) => Configure(broker, uri, subscriptions, context.GetRequiredService<Dispatcher>()));
        });

    /// <summary>The queues of these consumers, with all that leads to them.</summary>
    internal static void Configure(IRabbitMqBusFactoryConfigurator broker, Uri uri, IReadOnlyList<Subscription> subscriptions, Dispatcher dispatcher)
    {
        broker.Host(uri);
        broker.Publish<IEvent>(p => p.Exclude = true);
        foreach (var queue in subscriptions.GroupBy(s => s.Queue, StringComparer.Ordinal))
        {
            broker.ReceiveEndpoint(queue.Key, endpoint => ConfigureQueue(endpoint, queue.First().Policy, [.. queue], dispatcher));
        }
    }

    private static void ConfigureQueue(
        IRabbitMqReceiveEndpointConfigurator endpoint, QueuePolicy policy, IReadOnlyList<Subscription> consumers, Dispatcher dispatcher)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", policy.DeliveryLimit);
        endpoint.BindDeadLetterQueue(DeadLetterQueue, DeadLetterQueue, dead => dead.SetQueueArgument("x-queue-type", "quorum"));
        endpoint.ConcurrentMessageLimit = policy.Concurrency;
        endpoint.PrefetchCount = policy.Concurrency * 2;

        // A database that is down says nothing about the message: hold on to it instead of using up its deliveries.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<DatabaseUnavailableException>();
            retry.Exponential(60, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<DatabaseUnavailableException>();
            retry.Intervals(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
        });

        // Back to the broker on failure: it counts the deliveries and moves the message to the dead-letter queue at the limit.
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();
        foreach (var consumer in consumers)
        {
            consumer.Receive(endpoint, dispatcher);
        }
    }
}
