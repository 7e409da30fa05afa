using InquiryRouter.Core.Messages;
using MassTransit;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Publishes with confirms and <c>mandatory</c>: a publish to an exchange without a queue succeeds otherwise, and one to a broker that
/// is down waits for ever without a token.
/// </summary>
public sealed class RabbitMqTransport(IBus bus) : IEventTransport
{
    /// <summary>In which trace a message was written: the W3C's header.</summary>
    public const string TraceHeader = "traceparent";

    private static readonly TimeSpan s_longestPublish = TimeSpan.FromSeconds(5);

    public async Task DeliverAsync(IEvent message, Guid messageId, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_longestPublish);
        try
        {
            await bus.Publish(
                message,
                message.GetType(),
                Pipe.Execute<PublishContext>(context =>
                {
                    context.MessageId = messageId;
                    context.Mandatory = true;
                    if (Telemetry.Trace is { } trace)
                    {
                        context.Headers.Set(TraceHeader, trace);
                    }
                }),
                limit.Token);
        }
        catch (MessageReturnedException exception)
        {
            throw new TransportDownException($"No queue takes {message.GetType().Name} yet: start a worker.", exception);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // Down, not confirmed, or too slow: of the broker all of them, of the message none.
            throw new TransportDownException("The broker did not confirm.", exception);
        }
    }
}
