namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>Something that happened to a message that did not get through at once.</summary>
public sealed record OutboxHistoryEntry
{
    public required Guid MessageId { get; init; }

    /// <summary>A code of <see cref="OutboxHistory"/>.</summary>
    public required string Action { get; init; }

    /// <summary>A consumer, a queue, the relay, the clock, or a person.</summary>
    public required string Who { get; init; }

    /// <summary>Why, as a code; empty: nothing more is to be said.</summary>
    public required string Detail { get; init; }

    public required int Times { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>
/// What has become of messages and mails that did not get through at once. The same thing happening again counts in one row, so that a message that
/// fails for ever has a short history; one that gets through has none.
/// </summary>
public static class OutboxHistory
{
    /// <summary>A consumer could not handle it.</summary>
    public const string Failed = "failed";

    public const string Parked = "parked";

    /// <summary>The broker gave up on it.</summary>
    public const string DeadLettered = "dead-lettered";

    /// <summary>Nobody had handled it, and the clock sent it again.</summary>
    public const string SentAgain = "sent-again";

    public const string Requeued = "requeued";

    public const string SetAside = "set-aside";

    public const string TakenBack = "taken-back";

    private const string NobodyNeedsIt = "MessageId NOT IN (SELECT MessageId FROM Outbox) "
        + "AND NOT EXISTS (SELECT 1 FROM Mail M WHERE M.Id = MessageId AND M.State NOT IN (2, 7))";

    private const int LongestWho = 100;
    private const int LongestDetail = 200;

    /// <summary>Adds the same to the history of each of these: messages in the outbox, and mails.</summary>
    /// <param name="tx">With the change that it tells of.</param>
    /// <param name="messageIds">At most a thousand, of messages or of mails.</param>
    /// <param name="action">A code of this class.</param>
    /// <param name="who">A consumer, a queue, the relay, the clock, or a person.</param>
    /// <param name="detail">A code.</param>
    /// <exception cref="ConflictException">The same was added by somebody else at this moment.</exception>
    public static async Task RecordAsync(Tx tx, IReadOnlyCollection<Guid> messageIds, string action, string who, string detail = "")
    {
        var entry = new { messageIds, action, who = Shorten(who, LongestWho), detail = Shorten(detail, LongestDetail), tx.Now };
        await tx.ExecuteAsync(
            """
            UPDATE OutboxHistory SET Times = Times + 1, LastAt = @Now
            WHERE MessageId IN @messageIds AND Action = @action AND Who = @who AND Detail = @detail
            """,
            entry);
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO OutboxHistory (MessageId, Action, Who, Detail, Times, FirstAt, LastAt)
                SELECT T.Id, @action, @who, @detail, 1, @Now, @Now
                FROM (
                    SELECT MessageId AS Id FROM Outbox WHERE MessageId IN @messageIds
                    UNION ALL
                    SELECT Id FROM Mail WHERE Id IN @messageIds) T
                WHERE NOT EXISTS (
                    SELECT 1 FROM OutboxHistory H
                    WHERE H.MessageId = T.Id AND H.Action = @action AND H.Who = @who AND H.Detail = @detail)
                """,
                entry);
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"The history of a message was written to at the same moment ({action}).", exception);
        }
    }

    /// <summary>The histories of these messages, each oldest first.</summary>
    public static async Task<ILookup<Guid, OutboxHistoryEntry>> OfAsync(Session session, IReadOnlyCollection<Guid> messageIds) =>
        (await session.QueryAsync<OutboxHistoryEntry>(
            """
            SELECT MessageId, Action, Who, Detail, Times, FirstAt, LastAt FROM OutboxHistory
            WHERE MessageId IN @messageIds ORDER BY FirstAt, LastAt
            """,
            new { messageIds })).ToLookup(e => e.MessageId);

    /// <summary>Deletes up to <paramref name="take"/> entries of messages that are not in the outbox any more, and of mails that were sent or cancelled.</summary>
    public static Task<int> SweepAsync(Tx tx, int take) =>
        tx.ExecuteAsync(
            tx.Dialect.DeleteSome("OutboxHistory", "MessageId, Action, Who, Detail", NobodyNeedsIt),
            new { take });

    private static string Shorten(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
