using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Privacy;

/// <summary>Erases those whom an older backup has brought back: everybody in the ledger of erasures whom the database has still. Nobody is told twice.</summary>
public sealed class EraseAgain(Work work, ErasureLedger ledger, EraseInquiry erase)
{
    private const int AskedTogether = 200;

    /// <param name="who">Who restored the database.</param>
    /// <param name="cancellation">Ends it between two of them; run again, it goes on.</param>
    /// <returns>How many were erased.</returns>
    /// <exception cref="IOException">The ledger cannot be read.</exception>
    public async Task<int> RunAsync(Actor who, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var some in ledger.Read().Distinct().Chunk(AskedTogether))
        {
            foreach (var id in await work.ReadAsync(session => ErasureStore.ListHeldAgainAsync(session, some), cancellation))
            {
                erased += await erase.RunAsync(id, who, EraseInquiry.Again, cancellation: cancellation) is Outcome.Done ? 1 : 0;
            }
        }

        return erased;
    }
}
