using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>The one thread that writes. Group commit: whoever waits when a transaction begins is in it.</summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private const int MostUnits = 256;

    // The more people wait for an answer, the less of a commit the stages behind the intake get; never nothing.
    private const int UnitsTogether = 64;
    private const int PersonWeighs = 4;
    private const int LeastBackground = 2;

    private const int CacheKilobytes = 8_000;

    // Writers wait while the log is emptied: no longer than this for a reader.
    private const string ShortTimeout = "PRAGMA busy_timeout = 500";

    private readonly string _connectionString;
    private readonly Dialect _dialect;
    private readonly TimeProvider _clock;
    private readonly CommitSignals _signals;
    private readonly SqliteFileWatch _file;
    private readonly OutageLog _outage;
    private readonly ILogger _log;
    private readonly bool _durable;
    private readonly Lock _lock = new();
    private readonly Queue<WriteUnit> _interactive = new();
    private readonly Queue<WriteUnit> _background = new();
    private readonly AutoResetEvent _waiting = new(initialState: false);
    private readonly Thread _thread;
    private readonly Queue<TaskCompletionSource<bool>> _emptyLog = new();
    private KeptConnection? _connection;
    private bool _stopping;
    private volatile bool _restartLog;
    private long _commits;

    public SqliteWriter(
        string connectionString, Dialect dialect, TimeProvider clock, CommitSignals signals, SqliteFileWatch file, OutageLog outage, ILogger log,
        bool durable)
    {
        _connectionString = connectionString;
        _file = file;
        _outage = outage;
        _dialect = dialect;
        _clock = clock;
        _signals = signals;
        _log = log;
        _durable = durable;
        _thread = new Thread(Loop) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    /// <summary>Transactions committed so far.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Asks for the write-ahead log to begin anew before the next transaction.</summary>
    public void RestartLog() => _restartLog = true;

    public void Enqueue(WriteUnit unit, Priority priority)
    {
        bool wasEmpty;
        lock (_lock)
        {
            if (_stopping)
            {
                unit.Abort(new DatabaseUnavailableException("The database is being closed."));
                return;
            }

            wasEmpty = _interactive.Count == 0 && _background.Count == 0;
            (priority == Priority.Interactive ? _interactive : _background).Enqueue(unit);
        }

        if (wasEmpty)
        {
            _waiting.Set();
        }
    }

    /// <summary>Moves the whole write-ahead log into the file and empties it, between two transactions; false when a reader was in the way.</summary>
    public Task<bool> EmptyLogAsync()
    {
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_stopping)
            {
                return Task.FromResult(false);
            }

            _emptyLog.Enqueue(asked);
        }

        _waiting.Set();
        return asked.Task;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
        }

        _waiting.Set();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Loop()
    {
        var batch = new List<WriteUnit>(MostUnits);
        while (true)
        {
            EmptyLogWhenAsked();
            TakeWaiting(batch);
            if (batch.Count > 0)
            {
                RunBatch(batch);
                batch.Clear();
                continue;
            }

            lock (_lock)
            {
                var idle = _interactive.Count == 0 && _background.Count == 0 && _emptyLog.Count == 0;
                if (_stopping && idle)
                {
                    break;
                }

                if (!idle)
                {
                    continue;
                }
            }

            _waiting.WaitOne();
        }

        _connection?.Dispose();
    }

    private void EmptyLogWhenAsked()
    {
        var asked = new List<TaskCompletionSource<bool>>();
        lock (_lock)
        {
            while (_emptyLog.TryDequeue(out var one))
            {
                asked.Add(one);
            }
        }

        if (asked.Count == 0)
        {
            return;
        }

        var emptied = false;
        try
        {
            _connection ??= SqliteConnections.Open(_connectionString, CacheKilobytes, _durable);
            _connection.Run(ShortTimeout);
            using (var command = _connection.Inner.CreateCommand())
            {
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                using var reader = command.ExecuteReader();
                emptied = reader.Read() && reader.GetInt64(0) == 0;
            }

            _connection.Run(SqliteConnections.BusyTimeout);
        }
        catch (Exception exception)
        {
            LogNotEmptied(exception);
            _connection?.Dispose();
            _connection = null;
        }

        asked.ForEach(a => a.TrySetResult(emptied));
    }

    private void TakeWaiting(List<WriteUnit> batch)
    {
        lock (_lock)
        {
            while (batch.Count < MostUnits && _interactive.TryDequeue(out var unit))
            {
                batch.Add(unit);
            }

            var room = batch.Count == 0 ? MostUnits : Math.Max(LeastBackground, UnitsTogether - (PersonWeighs * batch.Count));
            while (room-- > 0 && _background.TryDequeue(out var unit))
            {
                batch.Add(unit);
            }
        }
    }

    private void RunBatch(List<WriteUnit> batch)
    {
        try
        {
            // A file that was put in its place is not the one this program was started on.
            _file.ThrowIfGone();
            _connection ??= SqliteConnections.Open(_connectionString, CacheKilobytes, _durable);
            if (_restartLog)
            {
                _restartLog = false;
                // An opportunity only: nobody's commit waits for a long reader.
                _connection.Run("PRAGMA busy_timeout = 0");
                _connection.Run("PRAGMA wal_checkpoint(RESTART)");
                _connection.Run(SqliteConnections.BusyTimeout);
            }

            _connection.Run("BEGIN IMMEDIATE");
            if (!RunTogether(_connection, batch))
            {
                // Again, each behind a savepoint of its own. Failures are rare, and a savepoint copies every page that is changed after it.
                _connection.Run("ROLLBACK");
                _connection.Run("BEGIN IMMEDIATE");
                RunApart(_connection, batch);
            }

            _connection.Run("COMMIT");
            _file.Check(_connection);
            Interlocked.Increment(ref _commits);
            _outage.Works();
        }
        catch (Exception exception)
        {
            _outage.Failed(exception);
            // Whatever state the connection is in, a new one begins clean.
            _connection?.Dispose();
            _connection = null;
            var reason = new DatabaseUnavailableException("The SQLite file cannot be written.", exception);
            foreach (var unit in batch)
            {
                unit.Abort(reason);
            }

            return;
        }

        var wakes = Wake.None;
        foreach (var unit in batch)
        {
            wakes |= unit.Failed ? Wake.None : unit.Wakes;
            unit.Complete();
        }

        _signals.Raise(wakes);
    }

    private bool RunTogether(KeptConnection connection, List<WriteUnit> batch)
    {
        foreach (var unit in batch)
        {
            if (!unit.Run(Begin(connection)))
            {
                return false;
            }
        }

        return true;
    }

    private void RunApart(KeptConnection connection, List<WriteUnit> batch)
    {
        foreach (var unit in batch)
        {
            connection.Run("SAVEPOINT unit");
            if (!unit.Run(Begin(connection)))
            {
                // Fails when SQLite has already ended the transaction (disk full): then the whole batch does.
                connection.Run("ROLLBACK TO unit");
            }

            connection.Run("RELEASE unit");
        }
    }

    private Tx Begin(KeptConnection connection) => new(connection, null, _dialect, _clock.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be emptied after an erasure; trying again.")]
    private partial void LogNotEmptied(Exception exception);
}
