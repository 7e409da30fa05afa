using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Application.Coordination;

/// <summary>Inquiries that may be of one patient, and why.</summary>
public sealed class ListPairs(Work work)
{
    /// <summary>As many are listed at most.</summary>
    public const int Most = 200;

    /// <summary>Those nobody has decided about, oldest first.</summary>
    public Task<IReadOnlyList<InquiryPair>> RunAsync(CancellationToken cancellation) =>
        work.ReadAsync(session => InquiryPairStore.ListSuggestedAsync(session, Most), cancellation);
}

/// <summary>Every pair of one inquiry, decided ones too, likeliest first.</summary>
public sealed class ListPairsOfInquiry(Work work)
{
    /// <returns>Null: there is no such inquiry.</returns>
    public Task<(InquiryRecord Inquiry, IReadOnlyList<InquiryPair> Pairs)?> RunAsync(string reference, CancellationToken cancellation) => work.ReadAsync(
        async session => await InquiryStore.FindIdAsync(session, reference) is { } id && await InquiryStore.FindAsync(session, id) is { } inquiry
            ? ((InquiryRecord, IReadOnlyList<InquiryPair>)?)(inquiry, await InquiryPairStore.ListAsync(session, id))
            : null,
        cancellation);
}
