using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// The network made ready for matching, renewed when its version changes and when a day begins at one of its clinics. One is made at
/// a time, beside those that wait for it; that of a day is made before it begins, so that nobody waits for it.
/// </summary>
public sealed class MatchIndexCache(NetworkCache networks)
{
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private Made? _current;
    private Made? _next;

    /// <summary>The network in force, ready for this moment.</summary>
    public async Task<MatchIndex> AtAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await Find(network, now).WaitAsync(cancellation);
    }

    private Task<MatchIndex> Find(NetworkSnapshot network, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_current?.Fits(network, now) != true)
            {
                _current = _next?.Fits(network, now) == true ? _next : new Made(network, now, _current);
            }

            if (!_current.Fits(network, now + s_ahead) && _next?.Fits(network, now + s_ahead) != true)
            {
                _next = new Made(network, now + s_ahead, _current);
            }

            return _current.Index;
        }
    }

    /// <summary>An index that is made or being made; one that failed fits nothing, and is made again.</summary>
    private sealed class Made(NetworkSnapshot network, DateTimeOffset at, Made? before)
    {
        // Now and a moment ahead are asked in turn: both stay known.
        private readonly HashSet<DateTimeOffset> _quarters = [MatchIndex.Quarter(at)];

        public Task<MatchIndex> Index { get; } = Make(
            network, at, before?.Index is { IsCompletedSuccessfully: true, Result: var near } ? near : null);

        public bool Fits(NetworkSnapshot wanted, DateTimeOffset now)
        {
            if (!ReferenceEquals(network, wanted) || Index.IsFaulted)
            {
                return false;
            }

            // A day begins at a quarter of an hour only: within one, nothing is asked.
            var quarter = MatchIndex.Quarter(now);
            return _quarters.Contains(quarter)
                || (Index.IsCompletedSuccessfully && Index.Result.IsOfDaysAt(now) && _quarters.Add(quarter));
        }

        // Not in the initializer: what it was made from must not be held for as long as it lives.
        private static Task<MatchIndex> Make(NetworkSnapshot network, DateTimeOffset at, MatchIndex? near) =>
            Task.Run(() => new MatchIndex(network, at, near).Ready());
    }
}
