using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>The network made ready for matching, renewed when its version changes and every quarter of an hour.</summary>
public sealed class MatchIndexCache(NetworkCache networks)
{
    private readonly Lock _making = new();
    private volatile MatchIndex? _current;

    /// <summary>The network in force, ready for this moment.</summary>
    public async Task<MatchIndex> AtAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
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
