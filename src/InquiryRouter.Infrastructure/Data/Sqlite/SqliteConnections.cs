using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>Opens connections with the settings durability and concurrency rest on.</summary>
internal static class SqliteConnections
{
    /// <summary>How long a connection waits for another process.</summary>
    public const string BusyTimeout = "PRAGMA busy_timeout = 5000";

    private const int BusySeconds = 5;
    private const int MultiThread = 2;
    private const int MemoryStatus = 9;

    static SqliteConnections()
    {
        // Before the first connection of the process: each has one user at a time, so SQLite need not lock them, nor count its memory.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(MultiThread);
        _ = SQLitePCL.raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <summary>A connection that is not open yet.</summary>
    public static SqliteConnection Create(string connectionString) =>
        // The library's own retries end with the busy timeout, not 25 s after it.
        new(connectionString) { DefaultTimeout = BusySeconds };

    /// <param name="connectionString">Names the file.</param>
    /// <param name="cacheKilobytes">For its pages.</param>
    /// <param name="durable">False: for a file that is made anew when the machine fails.</param>
    public static KeptConnection Open(string connectionString, int cacheKilobytes = 2000, bool durable = true)
    {
        var connection = Create(connectionString);
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            // FULL: a commit is on disk before anybody hears of it. No automatic checkpoints: they would run inside commits.
            // Secure delete: what is deleted is overwritten, also in pages that become free.
            settings.CommandText = $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {(durable ? "FULL" : "OFF")};
                {BusyTimeout};
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA secure_delete = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -{cacheKilobytes};
                """;
            settings.ExecuteNonQuery();
            return new KeptConnection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
