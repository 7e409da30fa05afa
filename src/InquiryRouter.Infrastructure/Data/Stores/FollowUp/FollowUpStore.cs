using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Infrastructure.Data.Stores.FollowUp;

/// <summary>A promise about time.</summary>
public sealed record FollowUpRecord
{
    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    public required FollowUpKind Kind { get; init; }

    /// <summary>What it is about: the referral, for an offer's expiry.</summary>
    public required Guid AboutId { get; init; }

    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>What falls due, and when. Written with the change that makes the promise; the clock only asks what is due.</summary>
public static class FollowUpStore
{
    public static Task AddAsync(Tx tx, InquiryId inquiryId, FollowUpKind kind, int n, Guid aboutId, DateTimeOffset dueAt) =>
        tx.ExecuteAsync(
            """
            INSERT INTO FollowUp (Id, InquiryId, Kind, N, AboutId, DueAt, State)
            VALUES (@Id, @inquiryId, @Kind, @n, @aboutId, @dueAt, 0)
            """,
            new { Id = Guid.CreateVersion7(tx.Now), inquiryId, Kind = kind.ToString(), n, aboutId, dueAt });

    /// <summary>Makes the promise for a moment, or for another one than before. One that was made for this moment is not made again, kept or cancelled.</summary>
    /// <exception cref="ConflictException">Another worker makes it at this moment.</exception>
    public static async Task PromiseAsync(Tx tx, InquiryId inquiryId, FollowUpKind kind, int n, Guid aboutId, DateTimeOffset dueAt)
    {
        var promise = new { inquiryId, Kind = kind.ToString(), n, dueAt };
        if (await tx.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM FollowUp WHERE InquiryId = @inquiryId AND Kind = @Kind AND N = @n", promise) > 0)
        {
            await tx.ExecuteAsync("UPDATE FollowUp SET State = 0, DueAt = @dueAt WHERE InquiryId = @inquiryId AND Kind = @Kind AND N = @n AND DueAt <> @dueAt", promise);
            return;
        }

        try
        {
            await AddAsync(tx, inquiryId, kind, n, aboutId, dueAt);
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"A {kind} of inquiry {inquiryId} was added at the same moment.", exception);
        }
    }

    public static Task<FollowUpRecord?> FindAsync(Session session, Guid id) =>
        session.QuerySingleOrDefaultAsync<FollowUpRecord>("SELECT Id, InquiryId, Kind, AboutId, DueAt FROM FollowUp WHERE Id = @id", new { id });

    /// <summary>The answer came in time: nothing is due any more.</summary>
    public static Task<int> CancelAsync(Tx tx, InquiryId inquiryId, FollowUpKind kind, int n) =>
        tx.ExecuteAsync(
            "UPDATE FollowUp SET State = 2 WHERE InquiryId = @inquiryId AND Kind = @Kind AND N = @n AND State = 0",
            new { inquiryId, Kind = kind.ToString(), n });

    /// <summary>Makes it due at another moment, whether it was there before or not.</summary>
    public static async Task SetAsync(Tx tx, InquiryId inquiryId, FollowUpKind kind, int n, Guid aboutId, DateTimeOffset dueAt)
    {
        if (await tx.ExecuteAsync(
            "UPDATE FollowUp SET State = 0, DueAt = @dueAt WHERE InquiryId = @inquiryId AND Kind = @Kind AND N = @n", new { inquiryId, Kind = kind.ToString(), n, dueAt }) == 0)
        {
            await AddAsync(tx, inquiryId, kind, n, aboutId, dueAt);
        }
    }

    /// <summary>The answer was taken back: what it had cancelled, or what had fired beside it, is due again at another moment.</summary>
    public static Task<int> ReviveAsync(Tx tx, InquiryId inquiryId, FollowUpKind kind, int n, DateTimeOffset dueAt) =>
        tx.ExecuteAsync(
            "UPDATE FollowUp SET State = 0, DueAt = @dueAt WHERE InquiryId = @inquiryId AND Kind = @Kind AND N = @n AND State IN (1, 2)",
            new { inquiryId, Kind = kind.ToString(), n, dueAt });

    /// <summary>None of a kind is due any more.</summary>
    public static Task<int> StopAsync(Tx tx, InquiryId inquiryId, FollowUpKind kind) =>
        tx.ExecuteAsync("UPDATE FollowUp SET State = 2 WHERE InquiryId = @inquiryId AND Kind = @Kind AND State = 0", new { inquiryId, Kind = kind.ToString() });

    /// <summary>
    /// Turns up to <paramref name="take"/> due follow-ups into messages, in one transaction: neither forgotten nor fired twice, however
    /// many workers ask.
    /// </summary>
    /// <returns>How many were due.</returns>
    public static async Task<int> FireDueAsync(Tx tx, int take)
    {
        var due = (await tx.QueryAsync<FiredRow>(
            tx.Dialect.Claim("FollowUp", "State = 1, FiredAt = @now", "State = 0 AND DueAt <= @now", "DueAt, Seq", "Id", "InquiryId"),
            new { now = tx.Now, take })).ToList();
        foreach (var row in due)
        {
            await OutboxStore.AddAsync(tx, new FollowUpDue { InquiryId = row.InquiryId, FollowUpId = row.Id });
        }

        return due.Count;
    }

    /// <summary>When the next one falls due; null: nothing is promised.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(Session session) =>
        (await session.QuerySingleOrDefaultAsync<DueRow>("SELECT MIN(DueAt) AS At FROM FollowUp WHERE State = 0"))?.At;

    private sealed class DueRow
    {
        public DateTimeOffset? At { get; init; }
    }

    private sealed class FiredRow
    {
        public Guid Id { get; init; }

        public InquiryId InquiryId { get; init; }
    }
}
