using System.Diagnostics;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// The load in memory. It may be a moment old, which only costs a fair turn: places are taken in the transaction of an offer, where the database
/// counts them, and every decision records the load it saw.
/// </summary>
public sealed class LoadCache(Database database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_longestAge = TimeSpan.FromSeconds(1);

    // While offers are made one after the other, reading takes at most a tenth of the time.
    private const int RestAfterReading = 9;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Seen? _seen;
    private volatile bool _changed;

    /// <summary>An offer of this process has changed the load.</summary>
    public void Changed() => _changed = true;

    public async Task<LoadView> CurrentAsync(NetworkSnapshot network, Policy policy, CancellationToken cancellation)
    {
        if (IsFresh(_seen, network, policy))
        {
            return _seen!.View;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            if (!IsFresh(_seen, network, policy))
            {
                _changed = false;
                var begin = Stopwatch.GetTimestamp();
                var view = await database.ReadAsync(session => LoadStore.ReadAsync(session, network, policy), cancellation);
                _seen = new Seen(view, network, policy, clock.GetUtcNow(), Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(begin));
            }

            return _seen!.View;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsFresh(Seen? seen, NetworkSnapshot network, Policy policy) =>
        seen is not null && ReferenceEquals(seen.Network, network) && ReferenceEquals(seen.Policy, policy)
        && (clock.GetUtcNow() - seen.Moment).Duration() < s_longestAge
        && Stopwatch.GetElapsedTime(seen.At) < (_changed ? seen.Cost * RestAfterReading : s_longestAge);

    private sealed record Seen(LoadView View, NetworkSnapshot Network, Policy Policy, DateTimeOffset Moment, long At, TimeSpan Cost);
}
