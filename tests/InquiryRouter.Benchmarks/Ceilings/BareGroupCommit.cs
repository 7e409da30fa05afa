using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Benchmarks.Ceilings;

/// <summary>
/// One writer that inserts what callers hand in, everything that waits in one transaction, and answers when it is on the disk: with
/// the write-ahead log and full synchronisation, as the server has them.
/// </summary>
internal static class BareGroupCommit
{
    private const int Count = 50_000;

    /// <param name="file">Of a database that is made for it, on the disk the server's data is on.</param>
    /// <param name="callers">As many as the scenarios have connections.</param>
    /// <param name="bytes">Of a row.</param>
    /// <param name="cancel">Ends it in the middle.</param>
    public static async Task<Ceiling> MeasureAsync(string file, int callers, int bytes, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE Row (Id INTEGER PRIMARY KEY, Body BLOB NOT NULL)");
        var waiting = Channel.CreateUnbounded<TaskCompletionSource>(new UnboundedChannelOptions { SingleReader = true });
        var body = new byte[bytes];
        Random.Shared.NextBytes(body);
        var writing = Task.Run(() => WriteAsync(connection, waiting.Reader, body), cancel);
        var perSecond = await Measured.PerSecondAsync(callers, Count, InsertAsync, cancel);
        waiting.Writer.Complete();
        await writing;
        return new Ceiling("bare group commit", perSecond, FormattableString.Invariant($"rows of {bytes:N0} bytes on the disk, SQLite, {callers} callers"));

        Task InsertAsync(int caller)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Writer.TryWrite(done);
            return done.Task;
        }
    }

    private static async Task WriteAsync(SqliteConnection connection, ChannelReader<TaskCompletionSource> waiting, byte[] body)
    {
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Row (Body) VALUES (@body)";
        insert.Parameters.AddWithValue("@body", body);
        insert.Prepare();
        var batch = new List<TaskCompletionSource>();
        while (await waiting.WaitToReadAsync())
        {
            Run(connection, "BEGIN IMMEDIATE");
            while (waiting.TryRead(out var one))
            {
                insert.ExecuteNonQuery();
                batch.Add(one);
            }

            Run(connection, "COMMIT");
            batch.ForEach(one => one.SetResult());
            batch.Clear();
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
