using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Application.Network;

/// <summary>Gives an empty database the demo network, whose clinics are all synthetic.</summary>
public sealed class LoadDemoNetwork(Database database)
{
    /// <param name="read">The shipped file.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when there are clinics already, or another process of the same first start was faster.</returns>
    public async Task<bool> RunAsync(ImportResult read, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(
                async tx =>
                {
                    if (!await NetworkStore.IsEmptyAsync(tx))
                    {
                        return false;
                    }

                    await NetworkStore.ReplaceAsync(tx, read.Clinics, read.Source);
                    return true;
                },
                cancellation: cancellation);
        }
        catch (ConflictException)
        {
            return false;
        }
    }
}
