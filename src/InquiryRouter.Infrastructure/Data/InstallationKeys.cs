using System.Security.Cryptography;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>Keys of the whole installation, stored wrapped by the master key.</summary>
public static class InstallationKeys
{
    private const string Purpose = "keyed-hash";

    /// <summary>Loads the key of the keyed hashes, or makes it on the first start.</summary>
    /// <exception cref="CannotStartException">The database belongs to another master key.</exception>
    public static async Task<KeyedHash> LoadHashAsync(Database database, MasterKeyRing masterKeys, CancellationToken cancellation)
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
