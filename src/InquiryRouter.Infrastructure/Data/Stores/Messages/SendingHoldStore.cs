using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>Nothing is sent and nothing goes on by itself: the database was restored, and nobody has yet seen what would be sent.</summary>
public sealed record SendingHold
{
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the backup was made; null: not known.</summary>
    public required DateTimeOffset? BackupAt { get; init; }

    /// <summary>Who restored it.</summary>
    public required string Who { get; init; }
}

/// <summary>Something that goes on once sending is resumed.</summary>
public sealed record HeldBack
{
    /// <summary>A kind of mail, message or follow-up.</summary>
    public required string What { get; init; }

    public required long Number { get; init; }

    public required DateTimeOffset Oldest { get; init; }
}

/// <summary>
/// The one row that holds all sending. Whoever claims a message or a mail asks for it in the claim itself, so that no process of any age goes past it.
/// </summary>
public static class SendingHoldStore
{
    private const int OnlyId = 1;

    public static Task<SendingHold?> FindAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<SendingHold>("SELECT Since, BackupAt, Who FROM SendingHold");

    /// <summary>Holds from now on; one that is held already says of the newest restoring.</summary>
    public static async Task HoldAsync(Tx tx, DateTimeOffset? backupAt, Actor who)
    {
        await tx.ExecuteAsync("DELETE FROM SendingHold");
        await tx.ExecuteAsync(
            "INSERT INTO SendingHold (Id, Since, BackupAt, Who) VALUES (@OnlyId, @Now, @backupAt, @Name)", new { OnlyId, tx.Now, backupAt, who.Name });
    }

    /// <returns>False: nothing was held.</returns>
    public static async Task<bool> EndAsync(Tx tx) => await tx.ExecuteAsync("DELETE FROM SendingHold") == 1;

    /// <summary>Mails that wait, by kind.</summary>
    public static async Task<IReadOnlyList<HeldBack>> ListMailsAsync(Session session) =>
        [.. await session.QueryAsync<HeldBack>(
            "SELECT Kind AS What, COUNT(*) AS Number, MIN(CreatedAt) AS Oldest FROM Mail WHERE State < 2 GROUP BY Kind ORDER BY Kind")];

    /// <summary>Messages between stages that wait, by type.</summary>
    public static async Task<IReadOnlyList<HeldBack>> ListMessagesAsync(Session session) =>
        [.. await session.QueryAsync<HeldBack>(
            "SELECT Type AS What, COUNT(*) AS Number, MIN(CreatedAt) AS Oldest FROM Outbox WHERE State = 0 GROUP BY Type ORDER BY Type")];

    /// <summary>Promises that have fallen due, by kind.</summary>
    public static async Task<IReadOnlyList<HeldBack>> ListDueAsync(Session session) =>
        [.. await session.QueryAsync<HeldBack>(
            "SELECT Kind AS What, COUNT(*) AS Number, MIN(DueAt) AS Oldest FROM FollowUp WHERE State = 0 AND DueAt <= @Now GROUP BY Kind ORDER BY Kind",
            new { session.Now })];

    /// <summary>References of inquiries that were between the form and their first clinic: each is offered to a clinic once sending is resumed.</summary>
    public static async Task<IReadOnlyList<string>> ListOnTheirWayAsync(Session session, int take) =>
        [.. (await session.QueryAsync<ReferenceRow>(
            session.Dialect.First(
                "I.Reference",
                """
                FROM Inquiry I WHERE I.State IN ('Received', 'Screened', 'Matched')
                    AND EXISTS (SELECT 1 FROM Outbox O WHERE O.InquiryId = I.Id AND O.State = 0) ORDER BY I.Seq
                """),
            new { take })).Select(r => r.Reference)];

    private sealed class ReferenceRow
    {
        public string Reference { get; init; } = string.Empty;
    }
}
