using InquiryRouter.Core;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Runs a handler until it has an answer. The retry wraps the transaction: each try loads the facts again. A message that
/// was handled before is acknowledged; so is one whose commit failed and turns out, on the next try, to have succeeded.
/// </summary>
public sealed partial class Dispatcher(IServiceProvider services, TimeProvider clock, ILogger<Dispatcher> log)
{
    private const int MostTries = 6;
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    public async Task DispatchAsync(Subscription subscription, IEvent message, Guid messageId, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await subscription.HandleAsync(services, message, messageId, cancellation);
                return;
            }
            catch (AlreadyHandledException)
            {
                LogDuplicate(subscription.Consumer, messageId);
                return;
            }
            catch (Exception exception) when (attempt < MostTries
                && exception is ConflictException or NotYetVisibleException or DatabaseUnavailableException)
            {
                var delay = Backoff.WithJitter(Backoff.Delay(attempt, s_first, s_longest), Random.Shared.NextDouble());
                await Task.Delay(delay, clock, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(exception, subscription.Consumer, messageId);
                throw;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} could not handle message {MessageId}; it is delivered again later.")]
    private partial void LogFailed(Exception exception, string consumer, Guid messageId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Consumer} had handled message {MessageId} before.")]
    private partial void LogDuplicate(string consumer, Guid messageId);
}
