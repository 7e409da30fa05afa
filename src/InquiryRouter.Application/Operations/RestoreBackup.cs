using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Migrations;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Application.Operations;

/// <summary>
/// A backup on its way to the place of the embedded database. Everything is done to a copy beside it: until the last step, which is one rename, nothing
/// has changed. In between <see cref="MarkRestored"/> is run in the copy. Nobody else may use the database meanwhile.
/// </summary>
public sealed class RestoreBackup : IDisposable
{
    private static readonly string[] s_logs = ["-wal", "-shm"];

    private readonly string _database;
    private readonly string _copy;

    private RestoreBackup(string database, BackupManifest manifest)
    {
        _database = database;
        _copy = database + ".restoring";
        Manifest = manifest;
    }

    /// <summary>What the backup says of itself.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Names the copy.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = _copy }.ConnectionString;

    /// <summary>What the database that is there knows and the backup does not; null: there is none, or it cannot be compared.</summary>
    public KnownSince? Since { get; private set; }

    /// <summary>Why the database that is there cannot be compared; null: it was, or there is none.</summary>
    public string? WhyNotCompared { get; private set; }

    /// <summary>Checks a backup, copies it beside the database, brings it up to date, and compares the two.</summary>
    /// <param name="directory">A directory that <see cref="MakeBackup"/> wrote.</param>
    /// <param name="database">The file of the database, whether it is there or not.</param>
    /// <param name="clock">For the journal of scripts.</param>
    /// <exception cref="CannotStartException">The backup is not whole, or cannot be copied.</exception>
    public static RestoreBackup Prepare(string directory, string database, TimeProvider clock)
    {
        var restore = new RestoreBackup(database, BackupDirectory.Verify(directory));
        try
        {
            restore.Copy(directory, clock);
            restore.Compare();
            return restore;
        }
        catch
        {
            restore.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Carries over what the database that goes away knows and must not be forgotten: who was erased, what came of mails, and who is not to be written
    /// to. Where it could not be compared, nothing.
    /// </summary>
    /// <returns>How many mails that waited in the backup have come to something since.</returns>
    /// <exception cref="CannotStartException">It could not be carried over.</exception>
    public int CarryOver(ErasureLedger ledger, DateTimeOffset now)
    {
        if (Since is null)
        {
            return 0;
        }

        try
        {
            ledger.Add(SqliteBackup.ListErased(_database).Select(id => new InquiryId(id)), now);
            return SqliteBackup.CarryOver(_database, _copy);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"What the database that is here knows could not be carried over ({exception.Message}). Nothing was restored.", exception);
        }
    }

    /// <summary>Puts the copy in the place of the database.</summary>
    /// <returns>What the one that was there is called now; null: there was none.</returns>
    public string? PutInPlace(DateTimeOffset now)
    {
        SqliteBackup.Settle(_copy);
        SqliteBackup.Flush(_copy);
        if (!File.Exists(_database))
        {
            File.Move(_copy, _database);
            return null;
        }

        var kept = string.Create(CultureInfo.InvariantCulture, $"{_database}.replaced-{now:yyyyMMdd'T'HHmmss'Z'}");
        try
        {
            SqliteBackup.Settle(_database);
        }
        catch (SqliteException)
        {
            // Too damaged for it: its log goes with it.
        }

        // A log that stays would be taken for the new one's.
        foreach (var part in s_logs.Where(p => File.Exists(_database + p)))
        {
            File.Move(_database + part, kept + part);
        }

        File.Replace(_copy, _database, kept);
        return kept;
    }

    /// <summary>Leaves nothing of the copy, if it was not put in place.</summary>
    public void Dispose()
    {
        foreach (var part in (ReadOnlySpan<string>)[string.Empty, .. s_logs, "-journal", ".migrate-lock"])
        {
            File.Delete(_copy + part);
        }
    }

    private void Copy(string directory, TimeProvider clock)
    {
        try
        {
            Dispose();
            OwnFile.Open(_copy, FileMode.CreateNew).Dispose();
            File.Copy(BackupDirectory.DatabaseOf(directory), _copy, overwrite: true);
            if (SqliteBackup.Check(_copy) is { } problem)
            {
                throw new CannotStartException($"The database in '{directory}' is damaged ({problem}). Nothing was restored. Take another backup.");
            }

            new Migrator(DatabaseProvider.Sqlite, ConnectionString, clock).Apply();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new CannotStartException($"'{directory}' cannot be read or copied beside the database: {exception.Message} Nothing was restored.", exception);
        }
    }

    private void Compare()
    {
        if (!File.Exists(_database))
        {
            return;
        }

        try
        {
            Since = SqliteBackup.Compare(_database, _copy);
        }
        catch (SqliteException exception)
        {
            WhyNotCompared = exception.Message;
        }
    }
}
