using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>All inquiries, newest first, a page at a time: nothing of who they are of.</summary>
public sealed class ListInquiries(Work work)
{
    /// <param name="filter">Which.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<InquiryPage> RunAsync(InquiryFilter filter, long? before, int most, CancellationToken cancellation) =>
        work.ReadAsync(session => InquiryListStore.ListAsync(session, filter, before, most), cancellation);

    /// <summary>The page of those that are newer.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">Behind which they begin.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<InquiryPage> NewerAsync(InquiryFilter filter, long after, int most, CancellationToken cancellation) =>
        work.ReadAsync(session => InquiryListStore.ListNewerAsync(session, filter, after, most), cancellation);

    /// <summary>
    /// What stands before an inquiry in the list, which is newer, and behind it; null where nothing is, or nothing near enough.
    /// </summary>
    public Task<(string? Newer, string? Older)> BesideAsync(InquiryState? state, string reference, CancellationToken cancellation) =>
        work.ReadAsync(session => CaseStore.BesideAsync(session, state, reference), cancellation);
}
