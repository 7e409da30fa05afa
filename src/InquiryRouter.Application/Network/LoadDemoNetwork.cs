using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Application.Network;

/// <summary>
/// Gives an empty database the demo network, whose clinics are all synthetic, with country rules of its own: nobody has reviewed the
/// shipped ones, and what rests on them waits for a coordinator.
/// </summary>
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

                    if (await ReferenceStore.ImportAsync(tx, ReferenceDataFiles.DemoCountryRules(), DemoRules.Source) is ReferenceImportOutcome.Refused refused)
                    {
                        throw new InvalidOperationException($"The country rules of the demo network have a problem: {refused.Problems[0]}");
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
