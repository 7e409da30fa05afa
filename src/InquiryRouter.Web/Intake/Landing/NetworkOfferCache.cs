using System.Collections.Frozen;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary>What the network offered when it was last looked at.</summary>
/// <param name="Index">The network it was made of.</param>
/// <param name="All">By treatment and condition.</param>
/// <param name="AskedAt">When the database was last asked whether it is still so.</param>
public sealed record KnownOffers(MatchIndex Index, FrozenDictionary<(string Treatment, string Condition), NetworkOffer> All, DateTimeOffset AskedAt)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(1);

    public bool IsFresh(DateTimeOffset now) => AskedAt <= now && now - AskedAt < s_freshFor;
}

/// <summary>
/// What the network offers, at most a minute old, so that readers of public pages ask the database nothing. While it does not answer, they read
/// what was last known.
/// </summary>
public sealed class NetworkOfferCache(MatchIndexCache indexes, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile KnownOffers? _known;

    public async Task<KnownOffers> CurrentAsync(CancellationToken cancellation)
    {
        if (_known is { } fresh && fresh.IsFresh(clock.GetUtcNow()))
        {
            return fresh;
        }

        // Whoever comes while one reader asks gets what was known.
        if (!await _asking.WaitAsync(_known is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
        {
            return _known!;
        }

        try
        {
            var now = clock.GetUtcNow();
            if (_known?.IsFresh(now) != true)
            {
                var index = await indexes.AtAsync(now, cancellation);
                _known = new KnownOffers(index, ReferenceEquals(_known?.Index, index) ? _known.All : NetworkOffer.AllOf(index), now);
            }
        }
        catch (DatabaseUnavailableException) when (_known is not null)
        {
            // What was true a while ago is better than no page; the next reader does not wait for the database again.
            _known = _known with { AskedAt = clock.GetUtcNow() };
        }
        finally
        {
            _asking.Release();
        }

        return _known!;
    }

    /// <summary>The same for a page that can do without; null: the database does not answer, and nothing was known yet.</summary>
    public async Task<KnownOffers?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await CurrentAsync(cancellation);
        }
        catch (DatabaseUnavailableException)
        {
            return null;
        }
    }

    public void Dispose() => _asking.Dispose();
}
