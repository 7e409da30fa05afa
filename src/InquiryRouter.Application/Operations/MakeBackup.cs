using InquiryRouter.Application.Privacy;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Application.Operations;

/// <param name="Manifest">What the backup says of itself.</param>
/// <param name="KeysDirectory">Where its master keys are; null: they come as settings, and were not copied.</param>
public sealed record BackupMade(BackupManifest Manifest, string? KeysDirectory);

/// <summary>
/// Copies the embedded database while it is in use, with the facilitator's logo and texts, and the master keys apart from it; then
/// reads the copy through. The reference files that were imported, the policy and the clinics are in the database.
/// </summary>
public sealed class MakeBackup(MasterKeyRing masterKeys, KeyRotation keys, TimeProvider clock)
{
    /// <param name="connectionString">Of the database.</param>
    /// <param name="directory">A new directory.</param>
    /// <param name="keysDirectory">Another new one, for the keys.</param>
    /// <param name="brandDirectory">Of the facilitator's logo and texts; it need not be there.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <exception cref="CannotStartException">A directory is in use or cannot be written, or the copy is not good.</exception>
    public async Task<BackupMade> RunAsync(
        string connectionString, string directory, string keysDirectory, string brandDirectory, string version,
        CancellationToken cancellation)
    {
        MustBeNew(directory);
        if (masterKeys.File is not null)
        {
            MustBeNew(keysDirectory);
        }

        var needed = (await keys.ListAsync(cancellation)).Where(k => k.Rows > 0 || k.Newest).Select(k => k.Id).ToList();
        try
        {
            OwnDirectory.Create(directory);
            var copy = BackupDirectory.DatabaseOf(directory);
            var at = clock.GetUtcNow();
            SqliteBackup.Copy(connectionString, copy);
            if (SqliteBackup.Check(copy) is { } problem)
            {
                throw new CannotStartException(
                    $"The copy '{copy}' is damaged ({problem}), so the database is. Restore the newest good backup; see src/docs/operating.md.");
            }

            BackupDirectory.CopyBrand(brandDirectory, BackupDirectory.BrandOf(directory));
            if (masterKeys.File is { } file)
            {
                MasterKeyFile.CopyAll(file, keysDirectory);
            }

            var manifest = new BackupManifest
            {
                At = at, Version = version, Inquiries = SqliteBackup.CountInquiries(copy), Length = new FileInfo(copy).Length,
                Sha256 = SqliteBackup.HashOf(copy), MasterKeys = needed,
            };
            BackupDirectory.Finish(directory, manifest);
            return new BackupMade(manifest, masterKeys.File is null ? null : keysDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new CannotStartException(
                $"The backup to '{directory}' was not finished, and is none: {exception.Message} Delete what is there, and make it again.", exception);
        }
    }

    private static void MustBeNew(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw new CannotStartException($"'{directory}' is there already. A backup is written to a new directory: no older one is ever written over.");
        }
    }
}
