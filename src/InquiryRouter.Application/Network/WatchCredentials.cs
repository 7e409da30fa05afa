using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Network;

/// <summary>Says aloud every day which credentials are to be verified again, and which end soon.</summary>
public sealed partial class WatchCredentials(Database database, NetworkCache networks, ILogger<WatchCredentials> log)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var due = CredentialCalendar.Due(network, DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime));
        if (due.Count > 0)
        {
            LogDue(due.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Due} credentials of clinics are to be verified again, have ended, or end soon. See them with: InquiryRouter list --credentials")]
    private partial void LogDue(int due);
}
