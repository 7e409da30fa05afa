namespace InquiryRouter.Infrastructure.Data;

/// <summary>What waits.</summary>
/// <param name="Number">How many.</param>
/// <param name="Oldest">Since when; null: nothing waits.</param>
public sealed record Backlog(long Number, DateTimeOffset? Oldest)
{
    /// <param name="session">A session.</param>
    /// <param name="sql">Answers with one row: a Number, and an Oldest.</param>
    internal static async Task<Backlog> AskAsync(Session session, string sql)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(sql);
        return new Backlog(row!.Number, row.Oldest);
    }

    private sealed class Row
    {
        public long Number { get; init; }

        public DateTimeOffset? Oldest { get; init; }
    }
}
