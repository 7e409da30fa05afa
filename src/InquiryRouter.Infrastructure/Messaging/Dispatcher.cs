using System.Diagnostics;
using InquiryRouter.Core;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Runs a handler until it has an answer. The retry wraps the transaction: each try loads the facts again. A message that
/// was handled before is acknowledged; so is one whose commit failed and turns out, on the next try, to have succeeded.
/// </summary>
public sealed partial class Dispatcher(IServiceProvider services, Database database, TimeProvider clock, ILogger<Dispatcher> log)
{
    private const int MostTries = 6;
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    /// <param name="subscription">Whose handler.</param>
    /// <param name="message">What it is told.</param>
    /// <param name="messageId">By which it is known.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    /// <param name="trace">In which it was written, where that is not the one this is called in.</param>
    public async Task DispatchAsync(
        Subscription subscription, IEvent message, Guid messageId, CancellationToken cancellation, string? trace = null)
    {
        using var scope = log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["InquiryId"] = message.InquiryId, ["MessageId"] = messageId });
        using var activity = Telemetry.Continue(subscription.Consumer, ActivityKind.Consumer, trace);
        activity?.SetTag("inquiryrouter.inquiry_id", message.InquiryId).SetTag("messaging.message.id", messageId);
        var began = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await subscription.HandleAsync(services, message, messageId, cancellation);
                Telemetry.Stage(subscription.Consumer, "done", clock.GetElapsedTime(began));
                return;
            }
            catch (AlreadyHandledException)
            {
                LogDuplicate(subscription.Consumer, messageId);
                Telemetry.Stage(subscription.Consumer, "repeated", clock.GetElapsedTime(began));
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
                if (exception is not DatabaseUnavailableException)
                {
                    LogFailed(exception, subscription.Consumer, messageId);
                }

                activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
                Telemetry.Stage(subscription.Consumer, "failed", clock.GetElapsedTime(began));
                await RecordAsync(subscription.Consumer, messageId, exception, cancellation);
                throw;
            }
        }
    }

    // So that whoever finds it parked reads who could not handle it, and why. That nobody can is worse than that nobody can say so.
    private async Task RecordAsync(string consumer, Guid messageId, Exception failure, CancellationToken cancellation)
    {
        if (failure is DatabaseUnavailableException)
        {
            return;
        }

        try
        {
            await database.WriteAsync(
                tx => OutboxHistory.RecordAsync(tx, [messageId], OutboxHistory.Failed, consumer, failure.GetType().Name),
                cancellation: cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            LogNotRecorded(exception, messageId);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The failure of message {MessageId} could not be written down.")]
    private partial void LogNotRecorded(Exception exception, Guid messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} could not handle message {MessageId}; it is delivered again later.")]
    private partial void LogFailed(Exception exception, string consumer, Guid messageId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Consumer} had handled message {MessageId} before.")]
    private partial void LogDuplicate(string consumer, Guid messageId);
}
