using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>Turns what has fallen due into messages.</summary>
public sealed partial class DueFollowUps(Database database, ILogger<DueFollowUps> log) : IJob
{
    private const int BatchSize = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await FireAsync(database, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nothing is lost: it stays due. Five exceptions would stop the trigger for good.
            LogUnavailable(exception);
        }
    }

    /// <summary>Fires everything that is due.</summary>
    public static async Task FireAsync(Database database, CancellationToken cancellation)
    {
        while (await database.WriteAsync(tx => FollowUpStore.FireDueAsync(tx, BatchSize), cancellation: cancellation) == BatchSize)
        {
            // More may be due.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Follow-ups could not be read; trying again.")]
    private partial void LogUnavailable(Exception exception);
}
