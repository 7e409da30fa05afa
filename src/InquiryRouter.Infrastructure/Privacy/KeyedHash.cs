using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>
/// HMAC-SHA-256 under a key of the installation, for finding an address or a request again without storing it. The key is stored wrapped
/// by the master key, so that a new master key changes no hash; a wrong master key is noticed by it at the start.
/// </summary>
public sealed class KeyedHash
{
    private const string Purpose = "keyed-hash";
    private readonly byte[] _key;

    private KeyedHash(byte[] key) => _key = key;

    /// <param name="use">What the hash is for: equal values of different uses have different hashes.</param>
    public byte[] Compute(string use, ReadOnlySpan<byte> value)
    {
        // In one call over a copy: making an incremental hash costs several times more than hashing what we hash.
        var length = Encoding.UTF8.GetByteCount(use);
        var data = new byte[length + 1 + value.Length];
        Encoding.UTF8.GetBytes(use, data);
        value.CopyTo(data.AsSpan(length + 1));
        return HMACSHA256.HashData(_key, data);
    }

    public byte[] OfAddress(string address) => Compute("address", Encoding.UTF8.GetBytes(address.ToLowerInvariant()));

    /// <summary>Loads the key of the installation, or makes it on the first start.</summary>
    /// <exception cref="CannotStartException">The database belongs to another master key.</exception>
    public static async Task<KeyedHash> LoadAsync(Database database, MasterKeyRing masterKeys, CancellationToken cancellation)
    {
        var stored = await database.ReadAsync(session => KeyRingStore.FindAsync(session, Purpose), cancellation);
        if (stored is null)
        {
            var masterKey = masterKeys.Newest;
            var made = new StoredKey { MasterKeyId = masterKey.Id, WrappedKey = masterKey.Wrap(RandomNumberGenerator.GetBytes(MasterKey.Length)) };
            stored = await database.WriteAsync(tx => KeyRingStore.TryAddAsync(tx, Purpose, made), cancellation: cancellation)
                ? made
                : await database.ReadAsync(session => KeyRingStore.FindAsync(session, Purpose), cancellation);
        }

        try
        {
            return new KeyedHash(masterKeys.Unwrap(stored!.WrappedKey));
        }
        catch (CryptographicException exception)
        {
            throw new CannotStartException(
                $"This database was written with master key {stored!.MasterKeyId}, but the configured one is {masterKeys.Newest.Id}. Set Privacy:MasterKey or Privacy:MasterKeyFile to the key this installation was started with, or add it to Privacy:OldMasterKeys or Privacy:OldMasterKeyFiles.",
                exception);
        }
    }
}
