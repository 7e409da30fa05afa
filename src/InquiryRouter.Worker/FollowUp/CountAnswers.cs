using InquiryRouter.Worker.Referral;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Counts every hour how the clinics answered over 12 months: it feeds their scores.</summary>
public sealed partial class CountAnswers(AnswerRecords records, ILogger<CountAnswers> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await records.RefreshAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answers of clinics could not be counted; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
