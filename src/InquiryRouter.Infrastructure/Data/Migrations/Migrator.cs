using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using InquiryRouter.Infrastructure.Data.Sqlite;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Migrations;

/// <summary>What the schema of a database is, compared with the scripts of this program.</summary>
/// <param name="Pending">Names of scripts not applied yet, in order.</param>
/// <param name="Problem">Why nothing may be applied, or null.</param>
public sealed record SchemaStatus(IReadOnlyList<string> Pending, string? Problem)
{
    public bool IsCurrent => Pending.Count == 0 && Problem is null;
}

/// <summary>
/// Applies sql/&lt;dialect&gt; in order with DbUp: each script in a transaction, journalled by name and checksum, one process at a time.
/// </summary>
public sealed class Migrator(DatabaseProvider provider, string connectionString, TimeProvider clock)
{
    private const int NotADatabase = 26;
    private static readonly TimeSpan s_lockWait = TimeSpan.FromSeconds(60);

    // An index of a large table takes more than the half minute that a command has by itself.
    private static readonly TimeSpan s_longestBatch = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<SqlScript> _scripts =
        MigrationScripts.Of(provider == DatabaseProvider.Sqlite ? new SqliteDialect() : new SqlServer.SqlServerDialect());

    public SchemaStatus Status()
    {
        if (provider == DatabaseProvider.Sqlite && !File.Exists(SqliteFileLock.FileOf(connectionString)))
        {
            return new SchemaStatus([.. _scripts.Select(s => s.Name)], null);
        }

        return Reaching(() =>
        {
            using var connection = Connect();
            connection.Open();
            var journal = new ChecksumJournal(() => throw new InvalidOperationException(), provider == DatabaseProvider.SqlServer, clock);
            return Compare(journal.Read(connection.CreateCommand));
        });
    }

    /// <summary>Brings the schema up to date; does nothing when it is.</summary>
    /// <returns>The scripts applied.</returns>
    /// <exception cref="CannotStartException">A shipped script was changed, the schema is newer than the program, or a script failed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public IReadOnlyList<string> Apply() => Reaching(() =>
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = SqliteFileLock.FileOf(connectionString);
            using var held = HoldFile(file + ".migrate-lock");
            var applied = ApplyUnderLock();

            // What SQLite makes beside it later has the rights of the file.
            foreach (var name in new[] { file, file + "-wal", file + "-shm" })
            {
                OwnFile.Protect(name);
            }

            return applied;
        }

        // Not from the pool: there the lock would outlive the connection.
        using var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        HoldApplicationLock(connection);
        return ApplyUnderLock();
    });

    private T Reaching<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == NotADatabase)
        {
            throw new CannotStartException(
                $"'{SqliteFileLock.FileOf(connectionString)}' is not a SQLite database. Set Data:Directory or Database:ConnectionString to another place.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CannotStartException(
                $"'{SqliteFileLock.FileOf(connectionString)}' cannot be written: {exception.Message} Set Data:Directory or Database:ConnectionString to a place this user may write to.", exception);
        }
        catch (System.Data.Common.DbException exception)
        {
            throw new DatabaseUnavailableException("The database cannot be opened.", exception);
        }
    }

    private IReadOnlyList<string> ApplyUnderLock()
    {
        var status = Status();
        if (status.Problem is not null)
        {
            throw new CannotStartException(status.Problem);
        }

        if (status.IsCurrent)
        {
            return [];
        }

        var result = Build().PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(s => s.Name)]
            : throw new CannotStartException($"Script {result.ErrorScript?.Name} failed and was rolled back: {result.Error.Message}", result.Error);
    }

    private SchemaStatus Compare(IReadOnlyList<(string Name, string Checksum)> applied)
    {
        foreach (var (name, checksum) in applied)
        {
            var script = _scripts.FirstOrDefault(s => s.Name == name);
            if (script is null)
            {
                return new SchemaStatus([], $"The database has script {name}, which this program does not: it was migrated by a newer version. Start that version.");
            }

            if (MigrationScripts.Checksum(script) != checksum)
            {
                return new SchemaStatus([], $"Script {name} was applied with other content than this program has. A shipped script is never changed: add a new one.");
            }
        }

        return new SchemaStatus([.. _scripts.Select(s => s.Name).Except(applied.Select(a => a.Name), StringComparer.Ordinal)], null);
    }

    private UpgradeEngine Build()
    {
        UpgradeEngineBuilder builder = provider == DatabaseProvider.Sqlite
            ? DeployChanges.To.SqliteDatabase(connectionString)
            : DeployChanges.To.SqlDatabase(connectionString);
        builder = builder.WithScripts(_scripts).WithTransactionPerScript().WithVariablesDisabled().WithExecutionTimeout(s_longestBatch).LogTo(new NoLog());
        builder.Configure(c => c.Journal = new ChecksumJournal(() => c.ConnectionManager, provider == DatabaseProvider.SqlServer, clock));
        return builder.Build();
    }

    // Only to look: whoever asks what the schema is leaves everything as it is.
    private System.Data.Common.DbConnection Connect() =>
        provider == DatabaseProvider.Sqlite
            ? SqliteReader.Connect(connectionString)
            : new SqlConnection(connectionString);

    private static FileStream HoldFile(string path)
    {
        OwnDirectory.Create(Path.GetDirectoryName(path)!);
        var until = DateTime.UtcNow + s_lockWait;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < until)
            {
                Thread.Sleep(50);
            }
        }
    }

    // Released when the connection closes.
    private static void HoldApplicationLock(SqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            DECLARE @result INT;
            EXEC @result = sp_getapplock @Resource = N'InquiryRouter.Migrate', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 60000;
            SELECT @result;
            """;
        command.CommandTimeout = 90;
        var result = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (result < 0)
        {
            throw new CannotStartException("Another process has been migrating this database for a minute. Try again when it is done.");
        }
    }

    private sealed class NoLog : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args)
        {
        }

        public void LogDebug(string format, params object[] args)
        {
        }

        public void LogInformation(string format, params object[] args)
        {
        }

        public void LogWarning(string format, params object[] args)
        {
        }

        public void LogError(string format, params object[] args)
        {
        }

        public void LogError(Exception ex, string format, params object[] args)
        {
        }
    }
}
