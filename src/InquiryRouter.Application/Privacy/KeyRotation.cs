using System.Security.Cryptography;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Privacy;

/// <summary>A master key, as it is listed.</summary>
/// <param name="Known">False: rows name it, and this process does not have it.</param>
/// <param name="Newest">It wraps what is new.</param>
/// <param name="Rows">How many rows only it opens.</param>
public sealed record MasterKeyUse(string Id, bool Known, bool Newest, long Rows);

/// <param name="Rewrapped">Rows that are wrapped by the newest key now.</param>
/// <param name="Unopened">Rows that none of the known keys opens: left as they are.</param>
public sealed record RotationReport(long Rewrapped, long Unopened);

/// <summary>
/// Wraps the keys of all rows by the newest master key, in small batches beside a running server. What is sealed under those keys is not touched.
/// Killed at any moment, it is run again and goes on: each row is whole under one master key or the other.
/// </summary>
public sealed class KeyRotation(Database database, MasterKeyRing masterKeys)
{
    private const int BatchSize = 200;

    private static readonly (Func<Session, string, Guid, int, Task<IReadOnlyList<WrappedRow>>> List, Func<Tx, WrappedRow, string, byte[], Task<bool>> Rewrap)[] s_tables =
        [(KeyUseStore.ListPatientsAsync, KeyUseStore.RewrapPatientAsync), (KeyUseStore.ListMailsAsync, KeyUseStore.RewrapMailAsync)];

    /// <summary>Every key that is known or named, newest first.</summary>
    public async Task<IReadOnlyList<MasterKeyUse>> ListAsync(CancellationToken cancellation)
    {
        var rows = await database.ReadAsync(KeyUseStore.CountAsync, cancellation);
        var keys = masterKeys.Keys;
        return
        [
            .. keys.Select((k, i) => new MasterKeyUse(k.Id, Known: true, Newest: i == 0, rows.GetValueOrDefault(k.Id))),
            .. rows.Where(r => keys.All(k => k.Id != r.Key)).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new MasterKeyUse(r.Key, Known: false, Newest: false, r.Value)),
        ];
    }

    /// <param name="progress">Told after each batch how many rows are done.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    public async Task<RotationReport> RewrapAsync(Action<long> progress, CancellationToken cancellation)
    {
        var newest = masterKeys.Newest;
        var (rewrapped, unopened) = (0L, 0L);
        foreach (var (purpose, key) in await database.ReadAsync(session => KeyUseStore.ListRingAsync(session, newest.Id), cancellation))
        {
            if (Rewrap(newest, key.WrappedKey) is { } wrapped)
            {
                rewrapped += await database.WriteAsync(tx => KeyUseStore.RewrapRingAsync(tx, purpose, key, newest.Id, wrapped), cancellation: cancellation) ? 1 : 0;
            }
            else
            {
                unopened++;
            }
        }

        // Each batch begins after the last row of the one before: a row nobody can open does not stop the others.
        foreach (var (list, rewrap) in s_tables)
        {
            var after = Guid.Empty;
            while (await database.ReadAsync(session => list(session, newest.Id, after, BatchSize), cancellation) is { Count: > 0 } batch)
            {
                after = batch[^1].Id;
                var wrapped = batch.Select(row => (Row: row, Key: Rewrap(newest, row.WrappedKey))).ToList();
                unopened += wrapped.Count(w => w.Key is null);
                rewrapped += await database.WriteAsync(
                    async tx =>
                    {
                        var done = 0;
                        foreach (var (row, key) in wrapped)
                        {
                            done += key is not null && await rewrap(tx, row, newest.Id, key) ? 1 : 0;
                        }

                        return done;
                    },
                    cancellation: cancellation);
                progress(rewrapped);
            }
        }

        return new RotationReport(rewrapped, unopened);
    }

    private byte[]? Rewrap(MasterKey newest, byte[] wrapped)
    {
        byte[] key;
        try
        {
            key = masterKeys.Unwrap(wrapped);
        }
        catch (CryptographicException)
        {
            return null;
        }

        var result = newest.Wrap(key);
        CryptographicOperations.ZeroMemory(key);
        return result;
    }
}
