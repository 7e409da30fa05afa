using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// SQLite has one writer: it runs many waiting units of work in one transaction, and every caller waits for
/// the shared commit. Readers have connections of their own and run on the caller's thread.
/// </summary>
public sealed class SqliteDatabase : Database
{
    // Below it the next burst of inquiries may not find room for its write-ahead log.
    private const long LeastRoom = 16 << 20;

    private readonly string _connectionString;
    private readonly string _directory;
    private readonly SqliteFileWatch _file;
    private readonly OutageLog _outage;
    private readonly SqliteWriter _writer;
    private readonly SqliteCheckpointer _checkpointer;
    private readonly ConcurrentBag<KeptConnection> _readers = [];

    /// <param name="connectionString">Names the file.</param>
    /// <param name="clock">The time of what is written.</param>
    /// <param name="signals">Who is woken by commits.</param>
    /// <param name="log">For what fails.</param>
    /// <param name="durable">False: a commit waits for no disk. Only for a file that is made anew when the machine fails.</param>
    public SqliteDatabase(string connectionString, TimeProvider clock, CommitSignals signals, ILogger<SqliteDatabase> log, bool durable = true)
        : base(new SqliteDialect(), clock, signals)
    {
        TypeHandlers.Register();
        // The pool of Microsoft.Data.Sqlite would only add a second one below ours. A file that is not there is not made: it would be an empty one.
        _connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString();
        var file = SqliteFileLock.FileOf(connectionString);
        _directory = Path.GetDirectoryName(file)!;
        _file = new SqliteFileWatch(file, clock, log);
        _outage = new OutageLog(clock, log);
        _writer = new SqliteWriter(_connectionString, Dialect, clock, signals, _file, _outage, log, durable);
        _checkpointer = new SqliteCheckpointer(_connectionString, _writer, _file, _outage);
    }

    public override string? Trouble =>
        _file.IsGone ? "The database file was deleted or replaced."
        : HasNoRoom() ? "The disk of the database is full."
        : _outage.Lasts ? "The database does not answer."
        : null;

    public override Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default)
    {
        var work = new WriteUnit<T>(unit, cancellation);
        _writer.Enqueue(work, priority);
        return work.Completion;
    }

    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        _file.ThrowIfGone();
        try
        {
            if (!_readers.TryTake(out var connection))
            {
                connection = SqliteConnections.Open(_connectionString);
            }

            try
            {
                // One snapshot for all its questions.
                connection.Run("BEGIN");
                var answer = questions(new Session(connection, null, Dialect, Clock.GetUtcNow()));
                if (!answer.IsCompleted)
                {
                    throw new InvalidOperationException("A question to the database waited for something that is not the database.");
                }

                var result = answer.GetAwaiter().GetResult();
                connection.Run("COMMIT");
                _readers.Add(connection);
                return Task.FromResult(result);
            }
            catch
            {
                // Whatever state it is in, a new one begins clean.
                connection.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (Dialect.IsUnavailable(exception))
        {
            _outage.Failed(exception);
            throw new DatabaseUnavailableException("The SQLite file cannot be read.", exception);
        }
    }

    public override Task<bool> ScrubAsync() => _writer.EmptyLogAsync();

    private bool HasNoRoom()
    {
        try
        {
            return new DriveInfo(_directory).AvailableFreeSpace < LeastRoom;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not every file system says so.
            return false;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _checkpointer.Dispose();
        _writer.Dispose();
        while (_readers.TryTake(out var connection))
        {
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
