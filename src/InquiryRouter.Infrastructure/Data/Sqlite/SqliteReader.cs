using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// A database that is only looked at: not a byte of its directory changes, whether a server runs on it, was killed on it, or was
/// stopped in order.
/// </summary>
public sealed class SqliteReader : Database
{
    private readonly string _connectionString;

    public SqliteReader(string connectionString, TimeProvider clock, CommitSignals signals)
        : base(new SqliteDialect(), clock, signals)
    {
        TypeHandlers.Register();
        _connectionString = connectionString;
    }

    public override string? Trouble => null;

    /// <summary>A connection that leaves everything as it is, not open yet.</summary>
    public static SqliteConnection Connect(string connectionString)
    {
        var file = SqliteFileLock.FileOf(connectionString);

        // Stopped in order, it leaves no log; SQLite would make one, and the memory that connections share, to read the file. With a log
        // there is such memory: it is read as it is, or, when nobody keeps it any more, done without.
        var mode = File.Exists(file + "-wal") && File.Exists(file + "-shm") ? "mode=ro&readonly_shm=1" : "mode=ro&immutable=1";
        var name = $"file:{Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal)}?{mode}";
        return SqliteConnections.Create(
            new SqliteConnectionStringBuilder(connectionString) { DataSource = name, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
    }

    public override Task<T> WriteAsync<T>(
        Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default) =>
        throw new InvalidOperationException("This database is only looked at.");

    public override async Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default)
    {
        try
        {
            await using var connection = new KeptConnection(Connect(_connectionString));
            connection.Open();

            // One snapshot for all its questions.
            connection.Run("BEGIN");
            var result = await questions(new Session(connection, null, Dialect, Clock.GetUtcNow()));
            connection.Run("COMMIT");
            return result;
        }
        catch (Exception exception) when (Dialect.IsUnavailable(exception))
        {
            throw new DatabaseUnavailableException("The SQLite file cannot be read.", exception);
        }
    }

    public override Task<bool> ScrubAsync() => throw new InvalidOperationException("This database is only looked at.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
