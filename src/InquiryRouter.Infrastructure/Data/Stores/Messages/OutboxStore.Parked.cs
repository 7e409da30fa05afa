using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>A message that is out of the way. Ids and codes only.</summary>
public sealed record ParkedMessage
{
    /// <summary>Grows with each message: where the next page begins.</summary>
    public required long Seq { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>The event's name.</summary>
    public required string Type { get; init; }

    /// <summary>Why, as a code: the kind of the last failure, or one of <see cref="OutboxStore"/>.</summary>
    public required string Cause { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the inquiry it is about; null: there is none, or the message cannot be read.</summary>
    public required string? Reference { get; init; }

    /// <summary>Why a person has put it away; null: it waits for one.</summary>
    public required string? SetAsideReason { get; init; }
}

/// <summary>Parked messages of one cause and type.</summary>
public sealed record ParkedGroup
{
    public required string Cause { get; init; }

    public required string Type { get; init; }

    public required long Messages { get; init; }

    public required DateTimeOffset Oldest { get; init; }

    public required DateTimeOffset Newest { get; init; }
}

/// <summary>A message that the broker gave up on.</summary>
/// <param name="MessageId">Its own id.</param>
/// <param name="InquiryId">The inquiry it is about; null: it cannot be read.</param>
/// <param name="Type">The event's name, or <see cref="OutboxStore.Unreadable"/>.</param>
/// <param name="Body">As the outbox keeps it; what cannot be read, as it was.</param>
/// <param name="Queue">Where it was not handled.</param>
/// <param name="Reason">The broker's code.</param>
public sealed record DeadLetter(Guid MessageId, InquiryId? InquiryId, string Type, string Body, string Queue, string Reason);

/// <summary>What is out of the way: parked, or set aside.</summary>
public static partial class OutboxStore
{
    /// <summary>The cause of a message that was sent again and again, and that nobody has handled: its inquiry stands still.</summary>
    public const string NotHandled = "NotHandled";

    /// <summary>The type and the cause of what was found among the dead letters and is none of our events.</summary>
    public const string Unreadable = "Unreadable";

    private const string ParkedColumns = "O.Seq, O.MessageId, O.Type, O.LastError AS Cause, O.CreatedAt, O.SetAsideReason, I.Reference";

    /// <summary>What is parked, by cause and type.</summary>
    public static async Task<IReadOnlyList<ParkedGroup>> CountParkedAsync(Session session) =>
        [.. await session.QueryAsync<ParkedGroup>(
            """
            SELECT LastError AS Cause, Type, COUNT(*) AS Messages, MIN(CreatedAt) AS Oldest, MAX(CreatedAt) AS Newest FROM Outbox
            WHERE State = 2 GROUP BY LastError, Type ORDER BY LastError, Type
            """)];

    /// <summary>What is parked, oldest first.</summary>
    /// <param name="session">Where to ask.</param>
    /// <param name="cause">Only of this cause; null: of every.</param>
    /// <param name="after">The last one of the page before; 0 for the first page.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<ParkedMessage>> ListParkedAsync(Session session, string? cause, long after, int take) =>
        [.. await session.QueryAsync<ParkedMessage>(
            session.Dialect.First(
                ParkedColumns,
                """
                FROM Outbox O LEFT JOIN Inquiry I ON I.Id = O.InquiryId
                WHERE O.State = 2 AND O.Seq > @after AND (@cause IS NULL OR O.LastError = @cause) ORDER BY O.Seq
                """),
            new { cause, after, take })];

    /// <summary>What a person has put away, oldest first.</summary>
    /// <inheritdoc cref="ListParkedAsync"/>
    public static async Task<IReadOnlyList<ParkedMessage>> ListSetAsideAsync(Session session, string? cause, long after, int take) =>
        [.. await session.QueryAsync<ParkedMessage>(
            session.Dialect.First(
                ParkedColumns,
                """
                FROM Outbox O LEFT JOIN Inquiry I ON I.Id = O.InquiryId
                WHERE O.State = 3 AND O.Seq > @after AND (@cause IS NULL OR O.LastError = @cause) ORDER BY O.Seq
                """),
            new { cause, after, take })];

    /// <summary>Sends parked messages again, under their own ids: what was handled of them before is recognised.</summary>
    /// <param name="tx">Of the person's request.</param>
    /// <param name="messageIds">At most a thousand; those that are not parked are left alone.</param>
    /// <param name="who">Whose wish it is.</param>
    /// <returns>How many.</returns>
    public static async Task<int> RequeueAsync(Tx tx, IReadOnlyCollection<Guid> messageIds, Actor who)
    {
        tx.WakeAfterCommit(Wake.Outbox);
        return await MoveAsync(
            tx, messageIds, 2, OutboxHistory.Requeued, who,
            """
            UPDATE Outbox SET State = 0, NextAt = @Now, Attempts = 0, Resends = 0, LastError = NULL
            WHERE State = 2 AND MessageId IN @parked
            """);
    }

    /// <summary>Puts parked messages away: nobody is told of them any more.</summary>
    /// <param name="tx">Of the person's request.</param>
    /// <param name="messageIds">At most a thousand; those that are not parked are left alone.</param>
    /// <param name="reason">Why, for whoever looks later; it is deleted when the inquiry is erased.</param>
    /// <param name="who">Whose wish it is.</param>
    /// <returns>How many.</returns>
    public static Task<int> SetAsideAsync(Tx tx, IReadOnlyCollection<Guid> messageIds, string reason, Actor who) =>
        MoveAsync(
            tx, messageIds, 2, OutboxHistory.SetAside, who,
            "UPDATE Outbox SET State = 3, SetAsideReason = @reason WHERE State = 2 AND MessageId IN @parked", Shorten(reason));

    /// <summary>Takes messages back that were set aside: they are parked as before.</summary>
    /// <param name="tx">Of the person's request.</param>
    /// <param name="messageIds">At most a thousand; those that are not set aside are left alone.</param>
    /// <param name="who">Whose wish it is.</param>
    /// <returns>How many.</returns>
    public static Task<int> TakeBackAsync(Tx tx, IReadOnlyCollection<Guid> messageIds, Actor who) =>
        MoveAsync(
            tx, messageIds, 3, OutboxHistory.TakenBack, who,
            "UPDATE Outbox SET State = 2, SetAsideReason = NULL WHERE State = 3 AND MessageId IN @parked");

    /// <summary>
    /// Parks what the broker gave up on. The row of the message is there still, or is made again. One that is on its way again, parked, or
    /// set aside stays as it is.
    /// </summary>
    public static async Task ParkDeadLetterAsync(Tx tx, DeadLetter letter)
    {
        var cause = await CauseAsync(tx, letter);
        var row = new { letter.MessageId, letter.InquiryId, Destination = Bus, letter.Type, letter.Body, cause, tx.Now };
        var parked = await tx.ExecuteAsync(
            "UPDATE Outbox SET State = 2, LastError = @cause WHERE MessageId = @MessageId AND State = 1", row);
        if (parked == 0)
        {
            parked = await tx.ExecuteAsync(
                """
                INSERT INTO Outbox (MessageId, InquiryId, Destination, Type, Body, State, NextAt, Attempts, CreatedAt, SentAt, LastError)
                SELECT @MessageId, @InquiryId, @Destination, @Type, @Body, 2, @Now, 0, @Now, @Now, @cause
                WHERE NOT EXISTS (SELECT 1 FROM Outbox WHERE MessageId = @MessageId)
                """,
                row);
        }

        if (parked > 0)
        {
            await OutboxHistory.RecordAsync(tx, [letter.MessageId], OutboxHistory.DeadLettered, letter.Queue, letter.Reason);
            await WorkLedger.LookAtMessagesAsync(tx, [letter.MessageId]);
        }
    }

    // What the consumers could not get over says more than that the broker gave up.
    private static async Task<string> CauseAsync(Session session, DeadLetter letter) =>
        letter.Type == Unreadable ? Unreadable
        : (await OutboxHistory.OfAsync(session, [letter.MessageId]))[letter.MessageId]
            .Where(e => e.Action == OutboxHistory.Failed).MaxBy(e => e.LastAt)?.Detail ?? letter.Reason;

    private static async Task<int> MoveAsync(
        Tx tx, IReadOnlyCollection<Guid> messageIds, int from, string action, Actor who, string update, string? reason = null)
    {
        var rows = await tx.QueryAsync<ParkedRow>(
            "SELECT MessageId AS Id FROM Outbox WHERE State = @from AND MessageId IN @messageIds", new { from, messageIds });
        Guid[] parked = [.. rows.Select(r => r.Id)];
        if (parked.Length == 0)
        {
            return 0;
        }

        // Who comes second waits here for who was first, and reads anew what is left.
        if (await tx.ExecuteAsync(update, new { tx.Now, parked, reason }) is var moved && moved != parked.Length)
        {
            throw new ConflictException("Somebody else did the same to some of these messages at this moment.");
        }

        await OutboxHistory.RecordAsync(tx, parked, action, $"{who.Kind} {who.Name}");
        await WorkLedger.LookAtMessagesAsync(tx, parked, who);
        return moved;
    }

    private sealed class ParkedRow
    {
        public Guid Id { get; init; }
    }
}
