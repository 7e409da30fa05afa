using System.Globalization;
using System.Security.Cryptography;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>Keys of the whole installation, stored wrapped by the master key.</summary>
public static class InstallationKeys
{
    private const string Purpose = "keyed-hash";

    /// <summary>Whether what a SQLite database holds was written with a master key: a new one would open nothing of it.</summary>
    /// <exception cref="CannotStartException">The file cannot be read.</exception>
    public static bool AreInUse(string connectionString)
    {
        if (!File.Exists(SqliteFileLock.FileOf(connectionString)))
        {
            return false;
        }

        try
        {
            using var connection = SqliteReader.Connect(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'KeyRing'";
            if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
            {
                return false;
            }

            command.CommandText = "SELECT COUNT(*) FROM KeyRing";
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
        }
        catch (SqliteException exception)
        {
            throw new CannotStartException(
                $"{SqliteFileLock.FileOf(connectionString)} cannot be read as a SQLite database ({exception.Message}). Restore it, or set Data:Directory"
                + " or Database:ConnectionString to another.",
                exception);
        }
    }

    /// <summary>Whether the database has its key already; the first start makes it.</summary>
    public static async Task<bool> ExistAsync(Database database, CancellationToken cancellation) =>
        await database.ReadAsync(session => KeyRingStore.FindAsync(session, Purpose), cancellation) is not null;

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
