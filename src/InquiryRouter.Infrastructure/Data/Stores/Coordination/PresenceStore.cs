using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>Somebody who looks at an inquiry now.</summary>
public sealed record Viewer
{
    public required string Reference { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>They have typed something about it just now.</summary>
    public required bool Writing { get; init; }
}

/// <summary>One inquiry that is looked at, or the newest work alone.</summary>
public sealed record LiveRow
{
    /// <summary>The newest piece of work; null: there never was one.</summary>
    public required long? Newest { get; init; }

    /// <summary>Null: nobody looks at any.</summary>
    public required string? Reference { get; init; }

    /// <summary>The last line of its history.</summary>
    public required int? Line { get; init; }

    public required UserId? UserId { get; init; }

    public required bool? Writing { get; init; }
}

/// <summary>
/// Who looks at which inquiry: a row a person and inquiry, in the database because colleagues may come in by another process.
/// Nothing of the pipeline
/// writes or reads it.
/// </summary>
public static class PresenceStore
{
    /// <summary>So long somebody counts as there after their page has last said so.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private const string IsWriting = "CASE WHEN P.WritingAt > @since THEN 1 ELSE 0 END AS Writing";

    /// <summary>Somebody is there.</summary>
    /// <param name="tx">The unit of work.</param>
    /// <param name="user">Who.</param>
    /// <param name="inquiryId">What they look at.</param>
    /// <param name="writing">They write as well.</param>
    public static async Task SeenAsync(Tx tx, UserId user, InquiryId inquiryId, bool writing)
    {
        var row = new { User = user.Value, inquiryId, tx.Now, writingAt = writing ? tx.Now : (DateTimeOffset?)null };
        if (await tx.ExecuteAsync(
            """
            UPDATE Presence SET SeenAt = @Now, WritingAt = COALESCE(@writingAt, WritingAt)
            WHERE InquiryId = @inquiryId AND UserId = @User
            """,
            row) > 0)
        {
            return;
        }

        try
        {
            await tx.ExecuteAsync(
                "INSERT INTO Presence (InquiryId, UserId, SeenAt, WritingAt) VALUES (@inquiryId, @User, @Now, @writingAt)", row);
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("They came in by another page at the same moment.", exception);
        }
    }

    /// <summary>They have left.</summary>
    public static Task LeaveAsync(Tx tx, UserId user, InquiryId inquiryId) => tx.ExecuteAsync(
        "DELETE FROM Presence WHERE InquiryId = @inquiryId AND UserId = @User", new { User = user.Value, inquiryId });

    /// <summary>Everybody who is there, wherever.</summary>
    public static async Task<IReadOnlyList<Viewer>> ListAsync(Session session) =>
        [.. await session.QueryAsync<Viewer>(
            $"""
            SELECT I.Reference, P.UserId, {IsWriting} FROM Presence P INNER JOIN Inquiry I ON I.Id = P.InquiryId
            WHERE P.SeenAt > @since ORDER BY P.Seq
            """,
            new { since = session.Now - Life })];

    /// <summary>
    /// What pages that are open must hear of, in one question: the newest work, and of each inquiry that is looked at how far
    /// it has come.
    /// </summary>
    public static async Task<IReadOnlyList<LiveRow>> WatchAsync(Session session) =>
        [.. await session.QueryAsync<LiveRow>(
            $"""
            SELECT N.Newest, V.Reference, V.Line, V.UserId, V.Writing FROM (SELECT MAX(Seq) AS Newest FROM Work) N
            LEFT JOIN (SELECT I.Reference, I.AuditCount AS Line, P.UserId, {IsWriting}
                FROM Presence P INNER JOIN Inquiry I ON I.Id = P.InquiryId WHERE P.SeenAt > @since) V ON 1 = 1
            """,
            new { since = session.Now - Life })];

    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("Presence", "Seq", "SeenAt < @before"), new { before, take });
}
