using InquiryRouter.Core.Messages;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using MessageContext = InquiryRouter.Core.Messages.MessageContext;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>How a stage's queue behaves on a broker.</summary>
public sealed record QueuePolicy
{
    /// <summary>Messages handled at once by one process.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Deliveries of one message before the broker moves it to the dead-letter queue.</summary>
    public int DeliveryLimit { get; init; } = 10;
}

/// <summary>One consumer: a queue, an event, and the handler of a stage.</summary>
public abstract record Subscription(string Queue, QueuePolicy Policy)
{
    /// <summary>The name under which the inbox remembers what was handled.</summary>
    public abstract string Consumer { get; }

    public abstract Type Event { get; }

    internal abstract Task HandleAsync(IServiceProvider services, IEvent message, Guid messageId, CancellationToken cancellation);

    internal abstract void Receive(IReceiveEndpointConfigurator endpoint, Dispatcher dispatcher);
}

/// <inheritdoc/>
public sealed record Subscription<TEvent, THandler>(string Queue, QueuePolicy Policy) : Subscription(Queue, Policy)
    where TEvent : class, IEvent
    where THandler : class, IHandle<TEvent>
{
    public override string Consumer => typeof(THandler).Name;

    public override Type Event => typeof(TEvent);

    internal override Task HandleAsync(IServiceProvider services, IEvent message, Guid messageId, CancellationToken cancellation) =>
        services.GetRequiredService<THandler>().HandleAsync((TEvent)message, new MessageContext(Consumer, messageId), cancellation);

    internal override void Receive(IReceiveEndpointConfigurator endpoint, Dispatcher dispatcher) =>
        endpoint.Handler<TEvent>(context => dispatcher.DispatchAsync(
            this, context.Message, context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be handled once."),
            context.CancellationToken,
            context.Headers.Get<string>(RabbitMqTransport.TraceHeader)));
}
