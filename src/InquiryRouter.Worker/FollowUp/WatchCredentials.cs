using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Says aloud every day which credentials are to be verified again, and which end soon.</summary>
public sealed partial class WatchCredentials(Database database, NetworkCache networks, ILogger<WatchCredentials> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var network = await networks.CurrentAsync(cancellationToken);
            var due = CredentialCalendar.Due(network, DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime));
            if (due.Count > 0)
            {
                LogDue(due.Count);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Due} credentials of clinics are to be verified again, have ended, or end soon. See them with: InquiryRouter list --credentials")]
    private partial void LogDue(int due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The credentials could not be checked; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
