using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>An inquiry as a card of the board, with how many are in its column.</summary>
public sealed record BoardRow
{
    public required string Reference { get; init; }

    public required InquiryState State { get; init; }

    public required bool Urgent { get; init; }

    public required string ConditionCode { get; init; }

    public required string Country { get; init; }

    /// <summary>Since when it has not moved.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public required long Total { get; init; }
}

/// <summary>How many are in a state.</summary>
public sealed record StateCount
{
    public required InquiryState State { get; init; }

    public required long Number { get; init; }
}

/// <summary>What the board asks for: the first of each column, never all of them.</summary>
public static class BoardStore
{
    private const string Columns = "I.Reference, I.State, I.Urgent, I.ConditionCode, I.Country, I.ChangedAt";

    /// <summary>How many wait for somebody, by state: of all there are, by an index that has nothing else.</summary>
    public static async Task<IReadOnlyList<StateCount>> CountWaitingAsync(Session session) =>
        [.. await session.QueryAsync<StateCount>(
            "SELECT State, COUNT(*) AS Number FROM Inquiry WHERE State IN ('Held', 'AwaitingPatient', 'Quarantined') GROUP BY State")];

    /// <summary>Those that wait in a state, longest first.</summary>
    public static async Task<IReadOnlyList<BoardRow>> ListWaitingAsync(Session session, InquiryState state, int take) =>
        [.. await session.QueryAsync<BoardRow>(
            session.Dialect.First(
                $"{Columns}, 0 AS Total",
                "FROM Inquiry I WHERE I.State IN ('Held', 'AwaitingPatient', 'Quarantined') AND I.State = @state ORDER BY I.Seq"),
            new { state = state.ToString(), take })];

    /// <summary>Held ones, urgent first, then by when somebody has to have looked at them.</summary>
    public static async Task<IReadOnlyList<BoardRow>> ListHeldAsync(Session session, int take) =>
        [.. await session.QueryAsync<BoardRow>(
            session.Dialect.First(
                $"{Columns}, 0 AS Total",
                """
                FROM Work W INNER JOIN Inquiry I ON I.Id = W.InquiryId
                WHERE W.ClosedAt IS NULL AND W.Kind IN ('EmergencyWords', 'Held') AND I.State = 'Held' ORDER BY W.Urgent DESC, W.DueAt, W.Seq
                """),
            new { take })];

    /// <summary>
    /// Those on their way, among the newest inquiries: urgent ones first, then those that have not moved for longest. No index says in which
    /// state they are, and no page may read them all.
    /// </summary>
    /// <param name="session">A session.</param>
    /// <param name="lookedAt">How many inquiries are looked at.</param>
    /// <param name="take">How many of each state.</param>
    public static async Task<IReadOnlyList<BoardRow>> ListOnTheWayAsync(Session session, int lookedAt, int take)
    {
        var newest = await session.QuerySingleOrDefaultAsync<long?>("SELECT MAX(Seq) FROM Inquiry") ?? 0;
        return [.. await session.QueryAsync<BoardRow>(
            """
            SELECT T.Reference, T.State, T.Urgent, T.ConditionCode, T.Country, T.ChangedAt, T.Total FROM (
                SELECT Reference, State, Urgent, ConditionCode, Country, ChangedAt, COUNT(*) OVER (PARTITION BY State) AS Total,
                    ROW_NUMBER() OVER (PARTITION BY State ORDER BY Urgent DESC, ChangedAt, Seq) AS Place
                FROM Inquiry WHERE Seq > @floor AND State IN ('Received', 'Screened', 'Matched', 'Referred', 'Accepted', 'Booked')) T
            WHERE T.Place <= @take ORDER BY T.State, T.Place
            """,
            new { floor = newest - lookedAt, take })];
    }
}
