using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>What needs a person: urgent first, then by the moment it is due. Asks nothing but the table of open work.</summary>
public sealed class ListWork(Work work, IOwners owners)
{
    /// <summary>As many are read to find out whose owner is not there.</summary>
    private const int MostOwned = 1000;

    /// <summary>A page.</summary>
    /// <param name="filter">Which work; who is not there is found out here.</param>
    /// <param name="after">Where the page before ended; null: the first page.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<IReadOnlyList<WorkItem>> RunAsync(WorkFilter filter, WorkPlace? after, int take, CancellationToken cancellation) => work.ReadAsync(
        async session => await WithOwnersAsync(session, await WorkStore.ListAsync(session, await WithGoneAsync(session, filter), after, take)), cancellation);

    /// <summary>The page before a place, in the order of the list.</summary>
    public Task<IReadOnlyList<WorkItem>> BeforeAsync(WorkFilter filter, WorkPlace before, int take, CancellationToken cancellation) => work.ReadAsync(
        async session => await WithOwnersAsync(
            session, [.. (await WorkStore.ListBeforeAsync(session, await WithGoneAsync(session, filter), before, take)).Reverse()]),
        cancellation);

    /// <summary>What stands before and behind a place within the list it was opened from; null where the list ends.</summary>
    public Task<(OpenWork? Previous, OpenWork? Next)> BesideAsync(WorkFilter filter, WorkPlace place, CancellationToken cancellation) => work.ReadAsync(
        async session =>
        {
            var asked = await WithGoneAsync(session, filter);
            return (
                await WorkStore.ListBeforeAsync(session, asked, place, 1) is [var before] ? before : null,
                await WorkStore.ListAsync(session, asked, place, 1) is [var behind] ? behind : null);
        },
        cancellation);

    /// <summary>How much a view has of each kind, whichever kinds are asked for.</summary>
    public Task<IReadOnlyList<WorkCount>> CountAsync(WorkFilter filter, CancellationToken cancellation) => work.ReadAsync(
        async session => await WorkStore.CountAsync(session, await WithGoneAsync(session, filter)), cancellation);

    /// <summary>What stands open about one inquiry, in the order of the list.</summary>
    public Task<IReadOnlyList<WorkItem>> OfInquiryAsync(InquiryId inquiryId, CancellationToken cancellation) => work.ReadAsync(
        async session => await WithOwnersAsync(
            session, [.. (await WorkStore.ListOfInquiryAsync(session, inquiryId)).OrderByDescending(w => w.Urgent).ThenBy(w => w.DueAt).ThenBy(w => w.Seq)]),
        cancellation);

    /// <summary>Work about an inquiry that is done: its place in the list is known still.</summary>
    /// <returns>Null: there never was such work about it.</returns>
    public Task<OpenWork?> FindDoneAsync(long seq, InquiryId inquiryId, CancellationToken cancellation) => work.ReadAsync(
        async session => await WorkStore.FindClosedOrOpenAsync(session, seq) is { } found && found.InquiryId == inquiryId ? found : null,
        cancellation);

    /// <returns>Null: there is no such open work.</returns>
    public Task<WorkItem?> FindAsync(long seq, CancellationToken cancellation) => work.ReadAsync(
        async session => await WorkStore.FindAsync(session, seq) is { } found ? (await WithOwnersAsync(session, [found]))[0] : null, cancellation);

    private async Task<WorkFilter> WithGoneAsync(Session session, WorkFilter filter)
    {
        if (!filter.Free)
        {
            return filter;
        }

        var owned = await WorkStore.ListOwnedAsync(session, MostOwned);
        var gone = await WithOwnersAsync(session, owned);
        return filter with { Gone = [.. gone.Where(i => i.Gone is OwnerGone.Away or OwnerGone.Disabled).Select(i => i.Work.OwnerId!.Value).Distinct()] };
    }

    private async Task<IReadOnlyList<WorkItem>> WithOwnersAsync(Session session, IReadOnlyList<OpenWork> found)
    {
        var ids = found.Where(w => w.OwnerId is not null).Select(w => w.OwnerId!.Value).Distinct().ToList();
        var known = ids.Count == 0 ? new Dictionary<Guid, OwnerState>() : await owners.LoadAsync(session, ids);
        return [.. found.Select(w => new WorkItem(w, WorkItem.Judge(w, known, session.Now)))];
    }
}

/// <summary>How much needs a person, by kind.</summary>
public sealed class CountWork(Work work)
{
    public Task<IReadOnlyList<WorkCount>> RunAsync(CancellationToken cancellation) => work.ReadAsync(WorkStore.CountAsync, cancellation);
}

/// <summary>A piece of work, and whether who has taken it is there.</summary>
/// <param name="Gone">Not <see cref="OwnerGone.No"/>: it is everyone's, whoever has taken it.</param>
public sealed record WorkItem(OpenWork Work, OwnerGone Gone)
{
    /// <summary>Whose it is; null: everyone's.</summary>
    public Guid? Owner => Gone == OwnerGone.No ? Work.OwnerId : null;

    internal static OwnerGone Judge(OpenWork work, IReadOnlyDictionary<Guid, OwnerState> known, DateTimeOffset now) => work.OwnerId is not { } owner
        ? OwnerGone.No
        : Ownership.Judge(known.GetValueOrDefault(owner), work.OwnedAt ?? work.Since, work.Time, now);
}
