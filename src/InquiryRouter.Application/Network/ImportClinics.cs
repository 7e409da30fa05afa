using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Application.Network;

/// <summary>
/// Adds clinics, or replaces those with the same code, as a new version of the network; what has not changed makes none. All or nothing.
/// </summary>
public sealed class ImportClinics(Work work)
{
    /// <param name="read">A file without a problem.</param>
    /// <param name="progress">Told how many clinics are stored.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<NetworkChange> RunAsync(ImportResult read, Action<int> progress, CancellationToken cancellation) => work.WriteAsync(
        async tx =>
        {
            // The rules of the new version must be on record as well.
            await ReferenceStore.StoreShippedAsync(tx);
            return await NetworkStore.ReplaceAsync(tx, read.Clinics, read.Source, progress);
        },
        cancellation,
        Infrastructure.Data.Priority.Background);
}
