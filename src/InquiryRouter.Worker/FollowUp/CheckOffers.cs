using InquiryRouter.Worker.Matching;
using InquiryRouter.Worker.Referral;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Asks every 15 seconds whether an open offer must be recalled, whether a clinic has lapsed after its yes, and whether freed places can be given to who waits.</summary>
public sealed partial class CheckOffers(RecallOffers recalls, WatchAccepted accepted, ServeWaiting waiting, ILogger<CheckOffers> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // What stops one must not stop the other.
        await TryAsync(() => recalls.RunAsync(cancellationToken));
        await TryAsync(() => accepted.RunAsync(cancellationToken));
        await TryAsync(() => waiting.RunAsync(cancellationToken));
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open offers could not be checked; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
