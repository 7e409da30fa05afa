using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Operations;

/// <summary>Says aloud when messages do not get through.</summary>
public sealed partial class WatchOutbox(Database database, ILogger<WatchOutbox> log)
{
    private static readonly TimeSpan s_tooOld = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var (backlog, held) = await database.ReadAsync(
            async session => (await OutboxStore.BacklogAsync(session), await InquiryStore.CountHeldAsync(session)), cancellation);
        var age = backlog.OldestWaiting is { } since ? database.Clock.GetUtcNow() - since : TimeSpan.Zero;
        Telemetry.Outbox(backlog.Waiting, backlog.Parked, age);
        Telemetry.Waiting(held);
        if (backlog.OldestWaiting is { } oldest && age > s_tooOld)
        {
            LogOld(backlog.Waiting, oldest);
        }

        if (backlog.Parked > 0)
        {
            LogParked(backlog.Parked);
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Waiting} messages wait in the outbox, the oldest since {Oldest:u}. Is the broker reachable, and does a worker run?")]
    private partial void LogOld(long waiting, DateTimeOffset oldest);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Parked} messages are parked: their inquiries stand still until somebody looks. See: InquiryRouter operations list")]
    private partial void LogParked(long parked);
}
