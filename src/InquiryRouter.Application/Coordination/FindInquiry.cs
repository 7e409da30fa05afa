using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>The inquiry of a reference, without what identifies the patient.</summary>
public sealed class FindInquiry(Work work)
{
    /// <returns>Null: there is none.</returns>
    public Task<InquiryRecord?> RunAsync(string reference, CancellationToken cancellation) => work.ReadAsync(
        async session => await InquiryStore.FindIdAsync(session, reference) is { } id ? await InquiryStore.FindAsync(session, id) : null, cancellation);
}
