using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Coordination;

/// <summary>An inquiry that somebody has open.</summary>
/// <param name="Line">The last line of its history.</param>
/// <param name="Viewers">Who looks at it, and whether they write.</param>
public sealed record LiveInquiry(int Line, IReadOnlyList<(UserId User, bool Writing)> Viewers);

/// <summary>What the pages that are open must hear of.</summary>
/// <param name="Newest">The newest piece of work.</param>
/// <param name="Inquiries">By reference.</param>
public sealed record LiveState(long Newest, IReadOnlyDictionary<string, LiveInquiry> Inquiries);

/// <summary>
/// Who is there, what has changed, and whose session goes on: asked for all pages that are open together, and never for one.
/// </summary>
public sealed class WatchConsole(Work work)
{
    public async Task<LiveState> RunAsync(CancellationToken cancellation)
    {
        var rows = await work.ReadAsync(PresenceStore.WatchAsync, cancellation);
        return new LiveState(
            rows.Count > 0 ? rows[0].Newest ?? 0 : 0,
            rows.Where(r => r.Reference is not null).GroupBy(r => r.Reference!, StringComparer.Ordinal).ToDictionary(
                g => g.Key,
                g => new LiveInquiry(
                    g.Max(r => r.Line!.Value),
                    [.. g.Select(r => (User: r.UserId!.Value, r.Writing == true)).OrderBy(v => v.User.Value)]),
                StringComparer.Ordinal));
    }

    /// <summary>Who looks at what now.</summary>
    public Task<IReadOnlyList<Viewer>> ListViewersAsync(CancellationToken cancellation) =>
        work.ReadAsync(PresenceStore.ListAsync, cancellation);

    /// <summary>Of some sessions, those that are open.</summary>
    public Task<IReadOnlyList<byte[]>> OpenSessionsAsync(IReadOnlyCollection<byte[]> keyHashes, CancellationToken cancellation) =>
        work.ReadAsync(session => UserSessionStore.ListOpenAsync(session, keyHashes), cancellation);

    /// <summary>How much new work there is behind a place, as a view lists it.</summary>
    public Task<long> CountNewAsync(WorkFilter filter, long after, CancellationToken cancellation) =>
        work.ReadAsync(session => WorkStore.CountNewAsync(session, filter, after), cancellation);

    /// <summary>The newest lines of an inquiry's history behind one, newest first; none when there is no such inquiry.</summary>
    public Task<IReadOnlyList<LineSince>> ListSinceAsync(string reference, int line, int take, CancellationToken cancellation) =>
        work.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                ? await CaseStore.ListSinceAsync(session, id, line, take) : [],
            cancellation);
}
