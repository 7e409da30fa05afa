using InquiryRouter.Infrastructure.Privacy.Erasing;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Every 15 seconds finishes erasures: files of mails that were being written meanwhile, and those another process was killed at.</summary>
public sealed partial class FinishErasures(ErasureRemains remains, ILogger<FinishErasures> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await remains.FinishAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasures could not be finished; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
