using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>A message that was claimed for delivery.</summary>
public sealed record OutboxMessage
{
    public required long Seq { get; init; }

    public required Guid MessageId { get; init; }

    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>Claims so far, this one included.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>In which trace it was written; null: nobody watched.</summary>
    public string? Trace { get; init; }
}

/// <summary>What waits in the outbox.</summary>
/// <param name="Parked">Out of the way after failing, and waiting for a person.</param>
/// <param name="SetAside">Put away by a person.</param>
public sealed record OutboxBacklog(long Waiting, long Parked, long SetAside, DateTimeOffset? OldestWaiting);

/// <summary>
/// Messages on their way. Written with the change they report; relayed after the commit. State 0 waits, 1 is sent, 2 is parked: it kept
/// failing, or nobody handled it; 3 is set aside by a person.
/// </summary>
public static partial class OutboxStore
{
    private const string Bus = "bus";

    /// <summary>Puts an event into the transaction of the change it reports.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="message">The event.</param>
    /// <param name="heldBack">How long it is kept before it is sent.</param>
    public static Task AddAsync(Tx tx, IEvent message, TimeSpan heldBack = default) => AddAsync(tx, message, resends: 0, heldBack);

    private static Task<int> AddAsync(Tx tx, IEvent message, int resends, TimeSpan heldBack = default)
    {
        tx.WakeAfterCommit(Wake.Outbox);
        var (type, body) = EventTypes.Write(message);
        return tx.ExecuteAsync(
            """
            INSERT INTO Outbox (MessageId, InquiryId, Destination, Type, Body, State, NextAt, Attempts, Resends, CreatedAt, Trace)
            VALUES (@MessageId, @InquiryId, @Destination, @Type, @Body, 0, @NextAt, 0, @resends, @Now, @Trace)
            """,
            new
            {
                MessageId = Guid.CreateVersion7(tx.Now), message.InquiryId, Destination = Bus, Type = type, Body = body, tx.Now,
                NextAt = tx.Now + heldBack, resends, tx.Trace,
            });
    }

    /// <summary>
    /// Takes up to <paramref name="take"/> due messages under a lease. Until it ends nobody else gets them; afterwards anybody may.
    /// </summary>
    /// <param name="tx">The transaction of the claim; commit it before publishing.</param>
    /// <param name="lease">A new id for each claim: the fence of what follows.</param>
    /// <param name="until">When the lease ends.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<OutboxMessage>> ClaimAsync(Tx tx, Guid lease, DateTimeOffset until, int take)
    {
        var claimed = await tx.QueryAsync<OutboxMessage>(
            tx.Dialect.Claim(
                "Outbox",
                "LeaseOwner = @lease, LeaseUntil = @until, NextAt = @until, Attempts = Attempts + 1",
                "State = 0 AND NextAt <= @now AND NOT EXISTS (SELECT 1 FROM SendingHold)",
                "NextAt, Seq",
                "Seq", "MessageId", "Type", "Body", "Attempts", "CreatedAt", "Trace"),
            new { lease, until, now = tx.Now, take });
        return [.. claimed.OrderBy(m => m.Seq)];
    }

    /// <summary>Marks messages as delivered; those whose lease was lost meanwhile are left to their new owner.</summary>
    public static Task<int> MarkSentAsync(Tx tx, Guid lease, IReadOnlyCollection<long> delivered) =>
        tx.ExecuteAsync(
            "UPDATE Outbox SET State = 1, SentAt = @Now, LeaseOwner = NULL, LeaseUntil = NULL, LastError = NULL WHERE LeaseOwner = @lease AND State = 0 AND Seq IN @delivered",
            new { tx.Now, lease, delivered });

    /// <summary>Gives a message back for a later attempt.</summary>
    /// <param name="countsAsAttempt">False when the broker or the database was down: that says nothing about the message.</param>
    public static Task<int> GiveBackAsync(Tx tx, Guid lease, OutboxMessage message, DateTimeOffset nextAt, string error, bool countsAsAttempt) =>
        tx.ExecuteAsync(
            """
            UPDATE Outbox SET NextAt = @nextAt, LeaseOwner = NULL, LeaseUntil = NULL, LastError = @error, Attempts = @attempts
            WHERE Seq = @Seq AND LeaseOwner = @lease AND State = 0
            """,
            new { nextAt, error = Shorten(error), message.Seq, lease, attempts = countsAsAttempt ? message.Attempts : message.Attempts - 1 });

    /// <summary>Takes a message that keeps failing out of the way, where a person can see it.</summary>
    public static async Task<int> ParkAsync(Tx tx, Guid lease, OutboxMessage message, string error)
    {
        var parked = await tx.ExecuteAsync(
            """
            UPDATE Outbox SET State = 2, LeaseOwner = NULL, LeaseUntil = NULL, LastError = @error
            WHERE Seq = @Seq AND LeaseOwner = @lease AND State = 0
            """,
            new { error = Shorten(error), message.Seq, lease });
        if (parked > 0)
        {
            await OutboxHistory.RecordAsync(tx, [message.MessageId], OutboxHistory.Parked, "relay", error);
            await WorkLedger.LookAtMessagesAsync(tx, [message.MessageId]);
        }

        return parked;
    }

    /// <summary>Ends every lease. Only for a process that knows it is alone: what its predecessor had claimed is due at once.</summary>
    public static Task<int> EndLeasesAsync(Tx tx) =>
        tx.ExecuteAsync("UPDATE Outbox SET NextAt = @Now, LeaseOwner = NULL, LeaseUntil = NULL WHERE State = 0 AND LeaseOwner IS NOT NULL", new { tx.Now });

    public static async Task<OutboxBacklog> BacklogAsync(Session session)
    {
        var row = await session.QuerySingleOrDefaultAsync<BacklogRow>(
            """
            SELECT (SELECT COUNT(*) FROM Outbox WHERE State = 0) AS Waiting,
                (SELECT COUNT(*) FROM Outbox WHERE State = 2) AS Parked,
                (SELECT COUNT(*) FROM Outbox WHERE State = 3) AS SetAside,
                (SELECT MIN(CreatedAt) FROM Outbox WHERE State = 0) AS OldestWaiting
            """);
        return new OutboxBacklog(row!.Waiting, row.Parked, row.SetAside, row.OldestWaiting);
    }

    /// <summary>Messages on their way.</summary>
    public static Task<Backlog> WaitingAsync(Session session) =>
        Backlog.AskAsync(session, "SELECT COUNT(*) AS Number, MIN(CreatedAt) AS Oldest FROM Outbox WHERE State = 0");

    /// <summary>Messages that nobody could handle.</summary>
    public static Task<Backlog> ParkedAsync(Session session) =>
        Backlog.AskAsync(session, "SELECT COUNT(*) AS Number, MIN(CreatedAt) AS Oldest FROM Outbox WHERE State = 2");

    /// <summary>Deletes up to <paramref name="take"/> messages delivered before <paramref name="before"/>.</summary>
    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        // Up to the first row that is too young: the table is not read to its end to find that nothing is old.
        tx.ExecuteAsync(
            tx.Dialect.DeleteSome("Outbox", "Seq", "State = 1 AND SentAt < @before AND Seq < COALESCE((SELECT MIN(Seq) FROM Outbox WHERE CreatedAt >= @before), CAST(9223372036854775807 AS BIGINT))"),
            new { before, take });

    private static string Shorten(string error) => error.Length <= 200 ? error : error[..200];

    private sealed class BacklogRow
    {
        public long Waiting { get; init; }

        public long Parked { get; init; }

        public long SetAside { get; init; }

        public DateTimeOffset? OldestWaiting { get; init; }
    }
}
