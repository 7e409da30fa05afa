namespace InquiryRouter.Infrastructure.Data.SqlServer;

/// <summary>A setting of the database that operators choose: a migration cannot, and should not.</summary>
public static class SnapshotReads
{
    /// <summary>Whether who reads is shown what was committed last, instead of waiting for who writes (READ_COMMITTED_SNAPSHOT).</summary>
    public static Task<bool> AreOnAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<bool>("SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME()");
}
