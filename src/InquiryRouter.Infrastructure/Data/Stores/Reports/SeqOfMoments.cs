namespace InquiryRouter.Infrastructure.Data.Stores.Reports;

/// <summary>
/// Which numbers the inquiries of a time have. They grow with the moment of receipt, so that no index on it is needed, which intake would pay for.
/// </summary>
public static class SeqOfMoments
{
    /// <summary>Those of one moment are stored within so much time of it: by several machines, whose clocks differ.</summary>
    private static readonly TimeSpan s_disorder = TimeSpan.FromHours(1);

    /// <summary>From which number on, and before which, all are that were received in a time; some others may be among them.</summary>
    public static async Task<(long From, long Before)> RangeAsync(Session session, DateTimeOffset since, DateTimeOffset before) =>
        (await FirstAsync(session, since - s_disorder), await FirstAsync(session, before + s_disorder));

    /// <summary>When the oldest was received; null: there is none.</summary>
    public static async Task<DateTimeOffset?> OldestAsync(Session session) => (await NextAsync(session, 0))?.ReceivedAt;

    // About twenty questions of a row each, among a million.
    private static async Task<long> FirstAsync(Session session, DateTimeOffset moment)
    {
        var low = 0L;
        var high = (await session.QuerySingleOrDefaultAsync<long?>("SELECT MAX(Seq) FROM Inquiry") ?? 0) + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await NextAsync(session, middle) is { } next && next.Seq < high && next.ReceivedAt < moment)
            {
                low = next.Seq + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static Task<Place?> NextAsync(Session session, long seq) => session.QuerySingleOrDefaultAsync<Place>(
        session.Dialect.First("Seq, ReceivedAt", "FROM Inquiry WHERE Seq >= @seq ORDER BY Seq"), new { seq, take = 1 });

    private sealed class Place
    {
        public long Seq { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }
    }
}
