using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Deletes what delivery and the load no longer need, in small batches: nobody waits long behind one.</summary>
public sealed partial class SweepDelivered(Database database, ILogger<SweepDelivered> log) : IJob
{
    private const int BatchSize = 500;
    private static readonly TimeSpan s_outboxAge = TimeSpan.FromDays(7);

    // Longer than any replay: a message delivered again after this would be handled twice.
    private static readonly TimeSpan s_inboxAge = TimeSpan.FromDays(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var now = database.Clock.GetUtcNow();
            await SweepAsync(tx => OutboxStore.SweepAsync(tx, now - s_outboxAge, BatchSize), cancellationToken);
            await SweepAsync(tx => InboxStore.SweepAsync(tx, now - s_inboxAge, BatchSize), cancellationToken);
            await database.WriteAsync(LoadStore.SweepAsync, cancellation: cancellationToken);
            await SweepAsync(tx => IdempotencyStore.SweepAsync(tx, now - IdempotencyStore.Lifetime, BatchSize), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    private async Task SweepAsync(Func<Tx, Task<int>> batch, CancellationToken cancellation)
    {
        while (await database.WriteAsync(batch, cancellation: cancellation) == BatchSize)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivered messages could not be swept; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
