namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>Where a message stands that was tried again. Ids and codes only.</summary>
public sealed record MessageNow
{
    public required Guid MessageId { get; init; }

    public required string Type { get; init; }

    /// <summary>As <see cref="OutboxStore"/> counts them.</summary>
    public required int State { get; init; }

    /// <summary>Since it was sent again.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next, while it waits.</summary>
    public required DateTimeOffset NextAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public string? LastError { get; init; }

    public string? Reference { get; init; }
}

/// <content>What is out of the way, as a page shows it.</content>
public static partial class OutboxStore
{
    /// <summary>What is parked of one cause and type, oldest first.</summary>
    /// <param name="session">Where to ask.</param>
    /// <param name="cause">Of this cause.</param>
    /// <param name="type">The event's name.</param>
    /// <param name="after">The <see cref="ParkedMessage.Seq"/> of the last one seen; 0: from the beginning.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<ParkedMessage>> ListParkedGroupAsync(Session session, string cause, string type, long after, int take) =>
        [.. await session.QueryAsync<ParkedMessage>(
            session.Dialect.First(
                "O.Seq, O.MessageId, O.Type, O.LastError AS Cause, O.CreatedAt, O.SetAsideReason, I.Reference",
                """
                FROM Outbox O LEFT JOIN Inquiry I ON I.Id = O.InquiryId
                WHERE O.State = 2 AND O.Seq > @after AND O.LastError = @cause AND O.Type = @type ORDER BY O.Seq
                """),
            new { cause, type, after, take })];

    /// <summary>Where these messages stand, at most a thousand; those that are there no more are not among them.</summary>
    public static async Task<IReadOnlyList<MessageNow>> FindNowAsync(Session session, IReadOnlyCollection<Guid> messageIds) =>
        [.. await session.QueryAsync<MessageNow>(
            """
            SELECT O.MessageId, O.Type, O.State, O.Attempts, O.NextAt, O.SentAt, O.LastError, I.Reference
            FROM Outbox O LEFT JOIN Inquiry I ON I.Id = O.InquiryId WHERE O.MessageId IN @messageIds
            """,
            new { messageIds })];
}
