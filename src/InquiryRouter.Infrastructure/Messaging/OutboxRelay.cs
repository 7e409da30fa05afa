using System.Diagnostics;
using InquiryRouter.Core;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Takes committed messages from the outbox to the transport: claims under a lease, delivers outside of any transaction, many at
/// once, and marks what was delivered under the claim's own id. Woken by commits of this process; polls for those of others.
/// </summary>
public sealed partial class OutboxRelay(
    Database database, IEventTransport transport, CommitSignals signals, TimeProvider clock, ILogger<OutboxRelay> log)
    : BackgroundService
{
    private const int BatchSize = 64;
    private const int BatchesInFlight = 4;
    private const int MostAttempts = 10;
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMinutes(5);

    // A broker that was away should be met again soon after it is back.
    private static readonly TimeSpan s_longestDownDelay = TimeSpan.FromSeconds(5);

    // Not disposed: a host that fails to start disposes its services while they are still running.
    private readonly SemaphoreSlim _slots = new(BatchesInFlight);
    private bool _down;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayDueAsync(stoppingToken);
                await signals.Outbox.WaitAsync(s_poll, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                if (exception is not DatabaseUnavailableException)
                {
                    LogClaimFailed(exception);
                }

                await Task.Delay(s_poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // Let what is being delivered end: its lease would only make the next process wait.
        for (var i = 0; i < BatchesInFlight; i++)
        {
            await _slots.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        }
    }

    private async Task RelayDueAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _slots.WaitAsync(stopping);
            var lease = Guid.CreateVersion7();
            IReadOnlyList<OutboxMessage> batch;
            try
            {
                batch = await database.WriteAsync(tx => OutboxStore.ClaimAsync(tx, lease, tx.Now + s_lease, BatchSize), cancellation: stopping);
            }
            catch
            {
                _slots.Release();
                throw;
            }

            if (batch.Count == 0)
            {
                _slots.Release();
                return;
            }

            _ = DeliverBatchAsync(lease, batch, stopping);
        }
    }

    private async Task DeliverBatchAsync(Guid lease, IReadOnlyList<OutboxMessage> batch, CancellationToken stopping)
    {
        try
        {
            var outcomes = await Task.WhenAll(batch.Select(m => TryDeliverAsync(m, stopping)));
            ReportTransport(outcomes);
            var delivered = outcomes.Where(o => o.Error is null).Select(o => o.Message.Seq).ToArray();
            await MarkAsync(
                async tx =>
                {
                    if (delivered.Length > 0)
                    {
                        await OutboxStore.MarkSentAsync(tx, lease, delivered);
                    }

                    foreach (var (message, error) in outcomes)
                    {
                        if (error is not null)
                        {
                            await GiveUpOrBackAsync(tx, lease, message, error);
                        }
                    }
                },
                stopping);
        }
        catch (Exception exception)
        {
            // Delivered but not marked: the lease ends, it is delivered again, and the inboxes know it.
            LogMarkFailed(exception, batch.Count);
        }
        finally
        {
            _slots.Release();
        }
    }

    // As long as the lease may hold: whoever waits for its end waits longer than the database was away.
    private async Task MarkAsync(Func<Tx, Task> mark, CancellationToken stopping)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                await database.WriteAsync(mark, cancellation: CancellationToken.None);
                return;
            }
            catch (DatabaseUnavailableException) when (clock.GetElapsedTime(began) < s_lease && !stopping.IsCancellationRequested)
            {
                await Task.Delay(s_poll, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Said once when it begins and once when it ends, not for every message that waits.
    private void ReportTransport((OutboxMessage Message, Exception? Error)[] outcomes)
    {
        var down = Array.Find(outcomes, o => o.Error is TransportDownException).Error;
        if (down is not null && !_down)
        {
            LogDown(down.Message, down.InnerException?.GetType().Name);
        }
        else if (down is null && _down && Array.Exists(outcomes, o => o.Error is null))
        {
            LogUp();
        }
        else
        {
            return;
        }

        _down = down is not null;
    }

    private async Task<(OutboxMessage Message, Exception? Error)> TryDeliverAsync(OutboxMessage message, CancellationToken stopping)
    {
        using var activity = Telemetry.Continue($"{message.Type} send", ActivityKind.Producer, message.Trace);
        activity?.SetTag("messaging.message.id", message.MessageId);
        try
        {
            await transport.DeliverAsync(EventTypes.Read(message.Type, message.Body), message.MessageId, stopping);
            return (message, null);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return (message, exception);
        }
    }

    private async Task GiveUpOrBackAsync(Tx tx, Guid lease, OutboxMessage message, Exception error)
    {
        // The type says enough; a text might hold what must not be kept.
        var name = error.GetType().Name;
        var down = error is TransportDownException or DatabaseUnavailableException or OperationCanceledException;
        if (!down && message.Attempts >= MostAttempts)
        {
            LogParked(name, message.Type, message.MessageId, message.Attempts);
            await OutboxStore.ParkAsync(tx, lease, message, name);
            return;
        }

        var delay = Backoff.Delay(message.Attempts, s_firstDelay, down ? s_longestDownDelay : s_longestDelay);
        if (!down)
        {
            LogFailed(name, message.Type, message.MessageId, message.Attempts, delay);
        }

        // Given back while stopping: the next process may take it at once.
        var nextAt = error is OperationCanceledException ? tx.Now : tx.Now + Backoff.WithJitter(delay, Random.Shared.NextDouble());
        await OutboxStore.GiveBackAsync(tx, lease, message, nextAt, name, countsAsAttempt: !down);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages wait in the outbox: {Reason} ({Cause}) They go on by themselves when it is mended.")]
    private partial void LogDown(string reason, string? cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Messages are delivered again.")]
    private partial void LogUp();

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; trying again.")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} delivered messages could not be marked; they will be delivered again and recognised.")]
    private partial void LogMarkFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {MessageId} was not delivered ({Cause}), attempt {Attempts}; next try in {Delay}.")]
    private partial void LogFailed(string cause, string type, Guid messageId, int attempts, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Type} {MessageId} was not delivered ({Cause}) in {Attempts} attempts and is parked.")]
    private partial void LogParked(string cause, string type, Guid messageId, int attempts);
}
