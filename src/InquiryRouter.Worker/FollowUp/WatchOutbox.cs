using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Says aloud when messages do not get through.</summary>
public sealed partial class WatchOutbox(Database database, ILogger<WatchOutbox> log) : IJob
{
    private static readonly TimeSpan s_tooOld = TimeSpan.FromMinutes(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var backlog = await database.ReadAsync(OutboxStore.BacklogAsync, cancellationToken);
            if (backlog.OldestWaiting is { } oldest && database.Clock.GetUtcNow() - oldest > s_tooOld)
            {
                LogOld(backlog.Waiting, oldest);
            }

            if (backlog.Parked > 0)
            {
                LogParked(backlog.Parked);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Waiting} messages wait in the outbox, the oldest since {Oldest}. Is the broker reachable, and does a worker run?")]
    private partial void LogOld(long waiting, DateTimeOffset oldest);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Parked} messages are parked: their inquiries stand still until they are looked at.")]
    private partial void LogParked(long parked);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be read.")]
    private partial void LogUnavailable(Exception exception);
}
