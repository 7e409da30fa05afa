using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>What a start puts right before the first request.</summary>
public sealed class PrepareStart(Work work, PolicyCache policies)
{
    /// <summary>Puts the policy and the reference files of this program on record, so that every decision can be made again.</summary>
    /// <param name="isAlone">Nobody else uses the database: what is claimed was claimed by a process that is dead.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>With problems: the reference files of this program do not agree with imported ones, and those before stay in force.</returns>
    public async Task<ShippedOutcome> RunAsync(bool isAlone, CancellationToken cancellation)
    {
        await policies.StoreShippedAsync(cancellation);
        if (isAlone)
        {
            await work.WriteAsync(
                async tx => await OutboxStore.EndLeasesAsync(tx) + await MailStore.EndLeasesAsync(tx), cancellation, Priority.Background);
        }

        return await work.WriteAsync(tx => ReferenceStore.StoreShippedAsync(tx), cancellation, Priority.Background);
    }
}
