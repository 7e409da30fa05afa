using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;

namespace InquiryRouter.Application.Network;

/// <summary>The reference files in force now, or at any version of the network.</summary>
public sealed class ReadReference(Work work)
{
    public Task<ReferenceFiles> RunAsync(long? version, CancellationToken cancellation) => work.ReadAsync(
        async session => await ReferenceStore.LoadAsync(session, version ?? await NetworkStore.VersionAsync(session)), cancellation);
}

/// <summary>Since when each imported file has been in force, and who brought it; one that is missing is as shipped.</summary>
public sealed class ListReference(Work work)
{
    public async Task<IReadOnlyDictionary<string, StoredReferenceFile>> RunAsync(CancellationToken cancellation) =>
        (await work.ReadAsync(ReferenceStore.HistoryAsync, cancellation)).Where(f => f.ToVersion is null).ToDictionary(f => f.Name, StringComparer.Ordinal);
}
