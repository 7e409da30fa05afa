using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>The network made ready for matching, renewed when its version changes and every quarter of an hour.</summary>
public sealed class MatchIndexCache(NetworkCache networks, TimeProvider clock)
{
    private readonly Lock _making = new();
    private volatile MatchIndex? _current;

    public async Task<MatchIndex> CurrentAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var now = clock.GetUtcNow();
        if (Fits(_current, network, now))
        {
            return _current!;
        }

        lock (_making)
        {
            return Fits(_current, network, now) ? _current! : _current = new MatchIndex(network, now);
        }
    }

    private static bool Fits(MatchIndex? index, NetworkSnapshot network, DateTimeOffset now) =>
        index is not null && ReferenceEquals(index.Network, network) && index.HoldsAt(now);
}
