using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// Moves committed pages from the write-ahead log into the database file beside the writer, which then only has to begin the log anew. A
/// log that is never begun anew grows, and every read has to search it.
/// </summary>
internal sealed partial class SqliteCheckpointer : IDisposable
{
    private const int LongLog = 4000;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly string _connectionString;
    private readonly SqliteWriter _writer;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopping = new(initialState: false);
    private readonly Thread _thread;

    public SqliteCheckpointer(string connectionString, SqliteWriter writer, ILogger log)
    {
        _connectionString = connectionString;
        _writer = writer;
        _log = log;
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
            if (commits == seen)
            {
                continue;
            }

            seen = commits;
            try
            {
                connection ??= SqliteConnections.Open(_connectionString);
                if (Checkpoint(connection) > LongLog)
                {
                    _writer.RestartLog();
                }
            }
            catch (Exception exception)
            {
                LogFailed(exception);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be checkpointed; trying again.")]
    private partial void LogFailed(Exception exception);
}
