using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>The network in memory, swapped as a whole when its version in the database is another one.</summary>
public sealed class NetworkCache(Database database, MatchRules rules) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
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
                _current = await database.ReadAsync(session => NetworkStore.LoadAsync(session, rules), cancellation);
            }

            return _current;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();
}
