using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>Opens connections with the settings durability and concurrency rest on.</summary>
internal static class SqliteConnections
{
    private const int BusySeconds = 5;

    public static PreparedConnection Open(string connectionString, int cacheKilobytes = 2000)
    {
        // The library's own retries end with the busy timeout, not 25 s after it.
        var connection = new SqliteConnection(connectionString) { DefaultTimeout = BusySeconds };
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            // FULL: a commit is on disk before anybody hears of it. No automatic checkpoints: they would run inside commits.
            settings.CommandText = $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA busy_timeout = {BusySeconds}000;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -{cacheKilobytes};
                """;
            settings.ExecuteNonQuery();
            return new PreparedConnection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
