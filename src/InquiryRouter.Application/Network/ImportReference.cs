using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;

namespace InquiryRouter.Application.Network;

/// <summary>Puts a reference file in force instead of the one that was, checked together with all others first. All or nothing.</summary>
public sealed class ImportReference(Work work)
{
    /// <param name="file">Which one it is, and its rows.</param>
    /// <param name="source">Where it came from, for who asks later.</param>
    /// <param name="who">Stands in the access log.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<ReferenceImportOutcome> RunAsync(
        ReferenceFile file, string source, Actor who, CancellationToken cancellation) => work.WriteAsync(
        async tx =>
        {
            // What is replaced must be on record too, for the decisions that were made with it.
            await ReferenceStore.StoreShippedAsync(tx);
            var outcome = await ReferenceStore.ImportAsync(tx, file, source);
            if (outcome is ReferenceImportOutcome.Stored)
            {
                await new RecordSystem(SystemEvent.RulesChanged("imported", file.Name), who).ApplyAsync(tx, new Applied());
            }

            return outcome;
        },
        cancellation,
        Priority.Background);
}
