using InquiryRouter.Worker.Matching;
using InquiryRouter.Worker.Referral;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Asks every 15 seconds whether an open offer must be recalled, and whether freed places can be given to who waits.</summary>
public sealed partial class CheckOffers(RecallOffers recalls, ServeWaiting waiting, ILogger<CheckOffers> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await recalls.RunAsync(cancellationToken) is > 0 and var recalled)
            {
                LogRecalled(recalled);
            }

            await waiting.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Recalled} open offers were recalled: their clinics no longer meet a requirement.")]
    private partial void LogRecalled(int recalled);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open offers could not be checked; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
