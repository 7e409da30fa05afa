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
            foreach (var due in CredentialCalendar.Due(network, DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime)))
            {
                LogDue(due.Clinic, due.Credential.Body, due.Credential.Number, due.Sentence);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnavailable(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Clinic {Clinic}, {Body} {Number}: {Sentence}")]
    private partial void LogDue(string clinic, string body, string number, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The credentials could not be checked; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
