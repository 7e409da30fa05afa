using InquiryRouter.Infrastructure.Privacy.Erasing;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Once a day, and at the start, erases what has been over for as long as the policy keeps it.</summary>
public sealed partial class ApplyRetention(Retention retention, ILogger<ApplyRetention> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await retention.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is over could not be erased; trying again tomorrow, or at the next start.")]
    private partial void LogUnavailable(Exception exception);
}
