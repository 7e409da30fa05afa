using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;

namespace InquiryRouter.Infrastructure.Data.Stores.Mail;

/// <summary>Where a mail stands that was tried again. Ids and codes only.</summary>
public sealed record MailNow
{
    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    public required MailKind Kind { get; init; }

    public required MailState State { get; init; }

    /// <summary>Since it was sent again.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next, while it waits.</summary>
    public required DateTimeOffset NextAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public string? LastError { get; init; }

    public string? Reference { get; init; }
}

/// <content>
/// What stands still, as a page shows it. "Seq + 0" is no key: the index of what stands still is read, which is small, and not every mail in its order.
/// </content>
public static partial class MailStore
{
    /// <summary>Mails that stand still in one state, of one cause, oldest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="cause">Only those of this cause; null: all.</param>
    /// <param name="state">Where they stand.</param>
    /// <param name="after">The <see cref="StuckMail.Seq"/> of the last one seen; 0: from the beginning.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<StuckMail>> ListStuckGroupAsync(Session session, string? cause, MailState state, long after, int take)
    {
        const string OfMail = "M.Seq, M.Id, M.InquiryId, M.Kind, M.State, COALESCE(M.LastError, 'unknown') AS Cause, M.CreatedAt, M.Attempts";
        const string OfOthers = "I.Reference, A.Reason AS SetAsideBecause, CASE WHEN B.MailId IS NULL THEN 0 ELSE 1 END AS HasText";
        return [.. await session.QueryAsync<StuckMail>(
            session.Dialect.First(
                $"{OfMail}, {OfOthers}",
                """
                FROM Mail M LEFT JOIN Inquiry I ON I.Id = M.InquiryId LEFT JOIN MailAside A ON A.MailId = M.Id LEFT JOIN MailBody B ON B.MailId = M.Id
                WHERE M.State > 2 AND M.State <> 7 AND M.State = @state AND M.Seq + 0 > @after
                    AND (@cause IS NULL OR COALESCE(M.LastError, 'unknown') = @cause)
                ORDER BY M.Seq + 0
                """),
            new { cause, state = (int)state, after, take })];
    }

    /// <summary>Mails to addresses that took none, newest first.</summary>
    public static async Task<IReadOnlyList<MailNow>> ListToDeadAddressesAsync(Session session, int take) =>
        [.. await session.QueryAsync<MailNow>(
            session.Dialect.First(
                "M.Id, M.InquiryId, M.Kind, M.State, M.Attempts, M.NextAt, M.SentAt, M.LastError",
                "FROM Mail M WHERE M.State > 2 AND M.State <> 7 AND M.State IN (3, 6) ORDER BY M.Seq + 0 DESC"),
            new { take })];

    /// <summary>Where these mails stand, at most a thousand; those that are there no more are not among them.</summary>
    public static async Task<IReadOnlyList<MailNow>> FindNowAsync(Session session, IReadOnlyCollection<Guid> ids) =>
        [.. await session.QueryAsync<MailNow>(
            """
            SELECT M.Id, M.InquiryId, M.Kind, M.State, M.Attempts, M.NextAt, M.SentAt, M.LastError, I.Reference
            FROM Mail M LEFT JOIN Inquiry I ON I.Id = M.InquiryId WHERE M.Id IN @ids
            """,
            new { ids })];

    /// <summary>What waits to be sent.</summary>
    public static Task<Backlog> BacklogAsync(Session session) =>
        Backlog.AskAsync(session, "SELECT COUNT(*) AS Number, MIN(CreatedAt) AS Oldest FROM Mail WHERE State < 2");

    /// <summary>Mails that were refused for another reason than their address: a person has to look.</summary>
    public static Task<Backlog> ParkedAsync(Session session) =>
        Backlog.AskAsync(session, "SELECT COUNT(*) AS Number, MIN(CreatedAt) AS Oldest FROM Mail WHERE State > 2 AND State <> 7 AND State = 4");
}
