using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>The network in memory, swapped as a whole when its version in the database is another one; and the last past ones somebody asked for.</summary>
/// <param name="rulesAt">The rules the clinics are held to at a version of the network. A question to the database only.</param>
public sealed class NetworkCache(Database database, Func<Session, long, Task<MatchRules>> rulesAt) : IDisposable
{
    // A coordinator looks at one old decision, and then at the next of the same time.
    private const int PastVersions = 4;

    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly LinkedList<NetworkSnapshot> _past = [];
    private volatile NetworkSnapshot? _current;

    /// <summary>The snapshot in force at this moment.</summary>
    public async Task<NetworkSnapshot> CurrentAsync(CancellationToken cancellation)
    {
        var version = await database.ReadAsync(NetworkStore.VersionAsync, cancellation);
        if (_current is { } known && known.Version == version)
        {
            return known;
        }

        await _loading.WaitAsync(cancellation);
        try
        {
            if (_current is not { } loaded || loaded.Version != version)
            {
                var before = _current;
                _current = await database.ReadAsync(LoadNewestAsync, cancellation);
                Keep(before);
            }

            return _current;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>The network as it was at a version, or null: there is no such version, or it is older than the keeping of versions.</summary>
    public async Task<NetworkSnapshot?> AtAsync(long version, CancellationToken cancellation)
    {
        if (_current is { } now && now.Version == version)
        {
            return now;
        }

        await _loading.WaitAsync(cancellation);
        try
        {
            var known = _past.FirstOrDefault(p => p.Version == version)
                ?? await database.ReadAsync(async session => await NetworkStore.LoadAsync(session, version, await rulesAt(session, version)), cancellation);
            Keep(known);
            return known;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<NetworkSnapshot> LoadNewestAsync(Session session)
    {
        var version = await NetworkStore.VersionAsync(session);
        return await NetworkStore.LoadAsync(session, version, await rulesAt(session, version))
            ?? throw new InvalidOperationException($"Version {version} of the network has no clinics.");
    }

    /// <summary>Puts it first, and lets the one that nobody has asked for longest go.</summary>
    private void Keep(NetworkSnapshot? used)
    {
        if (used is null)
        {
            return;
        }

        _past.Remove(used);
        _past.AddFirst(used);
        if (_past.Count > PastVersions)
        {
            _past.RemoveLast();
        }
    }

    public void Dispose() => _loading.Dispose();
}
