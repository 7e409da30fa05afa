namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// Moves committed pages from the write-ahead log into the database file beside the writer, which then only has to begin the log anew. A
/// log that is never begun anew grows, and every read has to search it. Looks, too, whether the file is still there.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private const int LongLog = 4000;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly string _connectionString;
    private readonly SqliteWriter _writer;
    private readonly SqliteFileWatch _file;
    private readonly OutageLog _outage;
    private readonly ManualResetEventSlim _stopping = new(initialState: false);
    private readonly Thread _thread;

    public SqliteCheckpointer(string connectionString, SqliteWriter writer, SqliteFileWatch file, OutageLog outage)
    {
        _connectionString = connectionString;
        _writer = writer;
        _file = file;
        _outage = outage;
        _thread = new Thread(Loop) { IsBackground = true, Name = "SQLite checkpoints" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Loop()
    {
        KeptConnection? connection = null;
        long seen = 0;
        while (!_stopping.Wait(s_interval))
        {
            var commits = _writer.Commits;
            try
            {
                if (connection is null && commits == seen)
                {
                    continue;
                }

                connection ??= SqliteConnections.Open(_connectionString);
                if (!_file.Look(connection) || commits == seen)
                {
                    continue;
                }

                seen = commits;
                if (Checkpoint(connection) > LongLog)
                {
                    _writer.RestartLog();
                }
            }
            catch (Exception exception)
            {
                _outage.Failed(exception);
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    /// <summary>Copies what no reader is in the way of; returns the length of the log in pages.</summary>
    private static long Checkpoint(KeptConnection connection)
    {
        using var command = connection.Inner.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetInt64(1) : 0;
    }
}
