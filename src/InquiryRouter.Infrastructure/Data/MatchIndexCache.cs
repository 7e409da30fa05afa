using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// The network made ready for matching, renewed when its version changes and every quarter of an hour. One is made at a time, beside those that wait
/// for it; that of the next quarter of an hour is made before it begins, so that nobody waits for it.
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
                _current = _next?.Fits(network, now) == true ? _next : new Made(network, now);
            }

            if (!_current.Fits(network, now + s_ahead) && _next?.Fits(network, now + s_ahead) != true)
            {
                _next = new Made(network, now + s_ahead);
            }

            return _current.Index;
        }
    }

    /// <summary>An index that is made or being made; one that failed fits nothing, and is made again.</summary>
    private sealed class Made(NetworkSnapshot network, DateTimeOffset at)
    {
        public Task<MatchIndex> Index { get; } = Task.Run(() => new MatchIndex(network, at));

        public bool Fits(NetworkSnapshot wanted, DateTimeOffset now) =>
            ReferenceEquals(network, wanted) && MatchIndex.Quarter(at) == MatchIndex.Quarter(now) && !Index.IsFaulted;
    }
}
