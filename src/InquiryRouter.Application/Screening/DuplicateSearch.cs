using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Screening;

/// <summary>Which of the inquiries that tokens led to are of the same patient? Tokens find, the opened records decide.</summary>
public sealed class DuplicateSearch(Work work, PatientVault vault, ScreeningPolicy policy)
{
    /// <summary>As many are opened and compared: who shares a mailbox with more (an agency) is compared with the newest, after all of the same name.</summary>
    public const int MostCompared = 20;

    public async Task<IReadOnlyList<DuplicateFinding>> CompareAsync(
        InquiryRecord inquiry, Person patient, IEnumerable<InquiryId> ids, CancellationToken cancellation)
    {
        var (found, decided) = await work.ReadAsync(
            async session => (
                await InquiryPairStore.LoadOthersAsync(session, inquiry.Id, ids),
                inquiry.Version > 1 ? await InquiryPairStore.ListAsync(session, inquiry.Id) : []),
            cancellation);
        var others = found.Select(f => new OtherInquiry(
            f.Inquiry.Id, f.Inquiry.Reference, f.Inquiry.State, f.Inquiry.ReceivedAt, f.Inquiry.Facts.Condition, Person.Of(vault.Open(f.Patient), f.Inquiry.Facts),
            BlocksLater: f.CameBefore || (f.Inquiry.Version > 1 && !f.Inquiry.HoldReasons.Contains(HoldReason.PossibleDuplicate))));
        var findings = DuplicateRule.Find(patient, inquiry.Facts.Condition, others, inquiry.ReceivedAt - policy.DuplicateWindow);

        // Corrected, and screened again: what a coordinator has decided about stays decided.
        return [.. findings.Where(f => !decided.Any(l => l.State == PairState.Rejected && (l.OtherId == f.Other.Id || l.InquiryId == f.Other.Id)))];
    }
}
