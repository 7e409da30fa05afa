using System.Globalization;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>
/// What is done in a database that was restored, before anything else: all sending is held, for it knows nothing of what people have been told
/// since, and those who were erased since are erased again.
/// </summary>
public sealed class MarkRestored(Work work, EraseAgain again)
{
    /// <param name="backupAt">When the backup was made; null: not known.</param>
    /// <param name="who">Who restored it.</param>
    /// <param name="cancellation">Ends it; run again, it goes on.</param>
    /// <returns>How many were erased again.</returns>
    /// <exception cref="IOException">The ledger of erasures cannot be read.</exception>
    public async Task<int> RunAsync(DateTimeOffset? backupAt, Actor who, CancellationToken cancellation)
    {
        await work.WriteAsync(
            async tx =>
            {
                await SendingHoldStore.HoldAsync(tx, backupAt, who);
                await OperationsLog.RecordAsync(
                    tx, "restored", backupAt is { } at ? at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "by-hand", 1, who);
                return true;
            },
            cancellation);
        return await again.RunAsync(who, cancellation);
    }
}
