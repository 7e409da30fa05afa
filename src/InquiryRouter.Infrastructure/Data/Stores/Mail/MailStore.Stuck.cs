using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Infrastructure.Data.Stores.Mail;

/// <summary>A mail that stands still until a person looks: ids and codes, nothing of what it says.</summary>
public sealed record StuckMail
{
    /// <summary>Where the next page begins.</summary>
    public long Seq { get; init; }

    public required Guid Id { get; init; }

    /// <summary>Empty: about no inquiry.</summary>
    public required InquiryId InquiryId { get; init; }

    /// <summary>Of its inquiry; null: there is none.</summary>
    public string? Reference { get; init; }

    public required MailKind Kind { get; init; }

    public required MailState State { get; init; }

    /// <summary>Why, as a code of <see cref="MailCause"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>Why a person has set it aside; null: nobody has.</summary>
    public string? SetAsideBecause { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int Attempts { get; init; }

    /// <summary>Its text is still there: it can be sent again.</summary>
    public required bool HasText { get; init; }
}

/// <summary>Stuck mails of one cause and state.</summary>
/// <param name="Oldest">When the oldest was decided on.</param>
/// <param name="Newest">When the newest was.</param>
public sealed record StuckCause(string Cause, MailState State, long Count, DateTimeOffset Oldest, DateTimeOffset Newest);

/// <summary>A try that was no success.</summary>
public sealed record MailTry
{
    public required Guid MailId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Codes: the cause, and those of the server's answer.</summary>
    public required string Outcome { get; init; }
}

/// <summary>Where a mail stands that is not sent any more by itself, and what it is about.</summary>
public sealed record EndedMail
{
    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    public required Guid AboutId { get; init; }

    public ReferralId? SubjectId { get; init; }

    public required MailKind Kind { get; init; }

    public required MailState State { get; init; }
}

/// <content>Mails that stand still: looked at, sent again, set aside. Nothing here is done by the sender.</content>
public static partial class MailStore
{
    // As the index says it.
    private const string IsStuck = "State > 2 AND State <> 7";

    // SQL Server takes at most 2,100 parameters a statement.
    private const int IdsAtOnce = 500;

    private const int LongestReason = 200;

    /// <summary>Mails that were refused, went to a dead or suppressed address, are unconfirmed or were set aside, oldest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="cause">Only those of this cause; null: all.</param>
    /// <param name="most">How many at most.</param>
    public static async Task<IReadOnlyList<StuckMail>> ListStuckAsync(Session session, string? cause, int most)
    {
        const string OfMail = "M.Id, M.InquiryId, M.Kind, M.State, COALESCE(M.LastError, 'unknown') AS Cause, M.CreatedAt, M.Attempts";
        const string OfOthers = "I.Reference, A.Reason AS SetAsideBecause, CASE WHEN B.MailId IS NULL THEN 0 ELSE 1 END AS HasText";
        const string Inquiries = "LEFT JOIN Inquiry I ON I.Id = M.InquiryId";
        const string Others = "LEFT JOIN MailAside A ON A.MailId = M.Id LEFT JOIN MailBody B ON B.MailId = M.Id";
        return [.. await session.QueryAsync<StuckMail>(
            cause is null
                ? session.Dialect.First($"{OfMail}, {OfOthers}", $"FROM Mail M {Inquiries} {Others} WHERE M.State > 2 AND M.State <> 7 ORDER BY M.Seq")
                : session.Dialect.First(
                    $"{OfMail}, {OfOthers}", $"FROM Mail M {Inquiries} {Others} WHERE M.State > 2 AND M.State <> 7 AND COALESCE(M.LastError, 'unknown') = @cause ORDER BY M.Seq"),
            new { cause, take = most })];
    }

    /// <summary>How many there are of each cause, most first.</summary>
    public static async Task<IReadOnlyList<StuckCause>> CountStuckByCauseAsync(Session session) =>
        [.. (await session.QueryAsync<StuckCauseRow>(
            $"""
            SELECT COALESCE(LastError, 'unknown') AS Cause, State, COUNT(*) AS Number, MIN(CreatedAt) AS Oldest, MAX(CreatedAt) AS Newest
            FROM Mail WHERE {IsStuck} GROUP BY COALESCE(LastError, 'unknown'), State ORDER BY COUNT(*) DESC, MIN(CreatedAt)
            """)).Select(r => new StuckCause(r.Cause, r.State, r.Number, r.Oldest, r.Newest))];

    /// <summary>The tries of these mails, at most a thousand, that were no success, each oldest first; of very many the newest.</summary>
    public static async Task<ILookup<Guid, MailTry>> ListTriesAsync(Session session, IReadOnlyCollection<Guid> mailIds) =>
        (await session.QueryAsync<MailTry>("SELECT MailId, At, Outcome FROM MailTry WHERE MailId IN @mailIds ORDER BY Seq", new { mailIds }))
            .ToLookup(t => t.MailId);

    public static Task<EndedMail?> FindAsync(Session session, Guid mailId) =>
        session.QuerySingleOrDefaultAsync<EndedMail>("SELECT Id, InquiryId, AboutId, SubjectId, Kind, State FROM Mail WHERE Id = @mailId", new { mailId });

    private static readonly int[] s_arriving =
        [(int)MailState.Queued, (int)MailState.Sending, (int)MailState.Sent, (int)MailState.Unconfirmed];

    /// <summary>Whether another mail of the kind about the same inquiry, written with it or later, has arrived or still may.</summary>
    public static async Task<bool> HasArrivingBesideAsync(Session session, EndedMail mail) => await session.QuerySingleOrDefaultAsync<int>(
        """
        SELECT COUNT(*) FROM Mail
        WHERE InquiryId = @InquiryId AND Kind = @Kind AND Id <> @Id AND State IN @arriving
            AND CreatedAt >= (SELECT CreatedAt FROM Mail WHERE Id = @Id)
        """,
        new { mail.InquiryId, Kind = mail.Kind.ToString(), mail.Id, arriving = s_arriving }) > 0;

    /// <summary>Sends mails again as if they had never been tried, those set aside too; what stands elsewhere, or has no text any more, stays as it is.</summary>
    /// <returns>How many are sent again.</returns>
    public static async Task<int> RequeueAsync(Tx tx, IReadOnlyCollection<Guid> ids)
    {
        tx.WakeAfterCommit(Wake.Mail);
        var requeued = 0;
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            requeued += await tx.ExecuteAsync(
                $"""
                UPDATE Mail SET State = 0, NextAt = @Now, Attempts = 0, Unknowns = 0, DeferredSince = NULL, LeaseOwner = NULL
                WHERE Id IN @some AND {IsStuck} AND EXISTS (SELECT 1 FROM MailBody B WHERE B.MailId = Mail.Id)
                """,
                new { some, tx.Now });
            await ForgetAsideAsync(tx, some);
            await WorkLedger.LookAtMailsAsync(tx, some);
        }

        return requeued;
    }

    /// <summary>Mails that wait since before a moment go no further until a person decides.</summary>
    /// <param name="tx">A transaction.</param>
    /// <param name="until">The moment.</param>
    /// <param name="cause">Why, as a code.</param>
    /// <returns>How many.</returns>
    public static async Task<int> ParkWaitingAsync(Tx tx, DateTimeOffset until, string cause)
    {
        var ids = (await tx.QueryAsync<WaitingRow>("SELECT Id FROM Mail WHERE State < 2 AND CreatedAt <= @until", new { until })).Select(r => r.Id).ToList();
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            await tx.ExecuteAsync("UPDATE Mail SET State = 4, LastError = @cause, LeaseOwner = NULL WHERE Id IN @some AND State < 2", new { some, cause });
            await WorkLedger.LookAtMailsAsync(tx, some);
        }

        return ids.Count;
    }

    /// <summary>Puts stuck mails away.</summary>
    /// <param name="tx">A transaction.</param>
    /// <param name="ids">Which; those that do not stand still stay as they are.</param>
    /// <param name="reason">Why, in a few words that name nobody.</param>
    /// <returns>How many were put away.</returns>
    /// <exception cref="ConflictException">Somebody else puts one of them away at this moment.</exception>
    public static async Task<int> SetAsideAsync(Tx tx, IReadOnlyCollection<Guid> ids, string reason)
    {
        var aside = 0;
        try
        {
            foreach (var some in ids.Chunk(IdsAtOnce))
            {
                await tx.ExecuteAsync(
                    $"INSERT INTO MailAside (MailId, State, Reason, At) SELECT Id, State, @reason, @Now FROM Mail WHERE Id IN @some AND {IsStuck} AND State <> 8",
                    new { some, reason = reason.Length > LongestReason ? reason[..LongestReason] : reason, tx.Now });
                aside += await tx.ExecuteAsync($"UPDATE Mail SET State = 8 WHERE Id IN @some AND {IsStuck} AND State <> 8", new { some });
                await WorkLedger.LookAtMailsAsync(tx, some);
            }
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("A mail was set aside at the same moment.", exception);
        }

        return aside;
    }

    /// <summary>Takes mails that were set aside back to where they stood.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> TakeBackAsync(Tx tx, IReadOnlyCollection<Guid> ids)
    {
        var back = 0;
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            back += await tx.ExecuteAsync(
                """
                UPDATE Mail SET State = (SELECT A.State FROM MailAside A WHERE A.MailId = Mail.Id)
                WHERE Id IN @some AND State = 8 AND EXISTS (SELECT 1 FROM MailAside A WHERE A.MailId = Mail.Id)
                """,
                new { some });
            await ForgetAsideAsync(tx, some);
            await WorkLedger.LookAtMailsAsync(tx, some);
        }

        return back;
    }

    // Of those that are set aside no more.
    private static Task<int> ForgetAsideAsync(Tx tx, Guid[] some) => tx.ExecuteAsync(
        "DELETE FROM MailAside WHERE MailId IN @some AND NOT EXISTS (SELECT 1 FROM Mail M WHERE M.Id = MailAside.MailId AND M.State = 8)", new { some });

    /// <summary>Deletes up to <paramref name="take"/> tries from before <paramref name="before"/>.</summary>
    public static Task<int> SweepTriesAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("MailTry", "Seq", "At < @before"), new { before, take });

    private sealed class StuckCauseRow
    {
        public string Cause { get; init; } = string.Empty;

        public MailState State { get; init; }

        public long Number { get; init; }

        public DateTimeOffset Oldest { get; init; }

        public DateTimeOffset Newest { get; init; }
    }

    private sealed class WaitingRow
    {
        public Guid Id { get; init; }
    }
}
