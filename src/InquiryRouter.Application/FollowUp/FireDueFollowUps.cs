using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;

namespace InquiryRouter.Application.FollowUp;

/// <summary>Turns what has fallen due into messages. Nothing is lost when it fails: it stays due.</summary>
public sealed class FireDueFollowUps(Database database)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await database.WriteAsync(tx => FollowUpStore.FireDueAsync(tx, BatchSize), cancellation: cancellation) == BatchSize)
        {
            // More may be due.
        }
    }
}
