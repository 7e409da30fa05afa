using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Mail;

/// <summary>A mail that was claimed for sending.</summary>
public sealed record ClaimedMail
{
    public required long Seq { get; init; }

    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    /// <summary>What makes it one mail.</summary>
    public required Guid AboutId { get; init; }

    /// <summary>The referral it is about, where <see cref="AboutId"/> is not.</summary>
    public ReferralId? SubjectId { get; init; }

    public required MailKind Kind { get; init; }

    public required int Attempts { get; init; }

    /// <summary>How often it was handed over without learning the outcome.</summary>
    public required int Unknowns { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when the server has been saying "not now" to it; null: it has not.</summary>
    public DateTimeOffset? DeferredSince { get; init; }

    /// <summary>In which trace it was written; null: nobody watched.</summary>
    public string? Trace { get; init; }
}

/// <summary>The content of a mail as it is stored.</summary>
public sealed record SealedMail
{
    /// <summary>The patient's key or the mail's own, wrapped by the master key.</summary>
    public required byte[] WrappedKey { get; init; }

    public required byte[] Sealed { get; init; }

    /// <summary>Who the patient is now, sealed under the same key; null for a mail that is not to them.</summary>
    public byte[]? Patient { get; init; }
}

/// <summary>A mail that is ready to be stored: its content was rendered and sealed before the transaction.</summary>
/// <param name="Id">Makes the Message-ID.</param>
/// <param name="InquiryId">Empty: about no inquiry.</param>
/// <param name="AboutId">One mail of a kind about it, ever.</param>
/// <param name="Kind">Which mail.</param>
/// <param name="Sealed">The content.</param>
public sealed record NewMail(Guid Id, InquiryId InquiryId, Guid AboutId, MailKind Kind, byte[] Sealed)
{
    /// <summary>The referral it is about, where <see cref="AboutId"/> is not: asked before it is sent.</summary>
    public ReferralId? SubjectId { get; init; }

    /// <summary>Its own key, when it is not sealed under the patient's.</summary>
    public WrappedKey? OwnKey { get; init; }
}

/// <summary>An address nothing is sent to, and why; the hash says nothing about it.</summary>
public sealed record SuppressedAddress
{
    public required byte[] AddressHash { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Mails: decided with the change they report, sent after its commit.</summary>
public static partial class MailStore
{
    private const int MostTriesKept = 20;

    public static async Task AddAsync(Tx tx, NewMail mail)
    {
        tx.WakeAfterCommit(Wake.Mail);
        await tx.ExecuteAsync(
            """
            INSERT INTO Mail (Id, InquiryId, AboutId, SubjectId, Kind, State, NextAt, Attempts, Unknowns, CreatedAt, Trace)
            VALUES (@Id, @InquiryId, @AboutId, @SubjectId, @Kind, 0, @Now, 0, 0, @Now, @Trace)
            """,
            new { mail.Id, mail.InquiryId, mail.AboutId, mail.SubjectId, Kind = mail.Kind.ToString(), tx.Now, tx.Trace });
        await tx.ExecuteAsync("INSERT INTO MailBody (MailId, Sealed) VALUES (@Id, @Sealed)", new { mail.Id, mail.Sealed });
        if (mail.OwnKey is { } key)
        {
            await tx.ExecuteAsync(
                "INSERT INTO MailKey (MailId, MasterKeyId, WrappedKey) VALUES (@Id, @MasterKeyId, @Key)", new { mail.Id, key.MasterKeyId, Key = key.Bytes });
        }
    }

    /// <summary>Stores it unless there is one of its kind about the same; for mails that several events may ask for.</summary>
    /// <returns>False when there was one.</returns>
    /// <exception cref="ConflictException">Another one was stored at the same moment.</exception>
    public static async Task<bool> TryAddAsync(Tx tx, NewMail mail)
    {
        if (await tx.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM Mail WHERE AboutId = @AboutId AND Kind = @Kind", new { mail.AboutId, Kind = mail.Kind.ToString() }) > 0)
        {
            return false;
        }

        try
        {
            await AddAsync(tx, mail);
            return true;
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"A mail {mail.Kind} about {mail.AboutId} was stored at the same moment.", exception);
        }
    }

    /// <summary>True when there is a mail of the kind about it.</summary>
    public static async Task<bool> IsWrittenAsync(Session session, MailKind kind, Guid aboutId) => await session.QuerySingleOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM Mail WHERE AboutId = @aboutId AND Kind = @kind", new { aboutId, kind = kind.ToString() }) > 0;

    /// <summary>What a mail says, with the key it is sealed under; null when the patient was erased.</summary>
    public static Task<SealedMail?> FindBodyAsync(Session session, ClaimedMail mail) =>
        session.QuerySingleOrDefaultAsync<SealedMail>(
            MailKinds.MayHaveOwnKey(mail.Kind)
                ? """
                  SELECT COALESCE(K.WrappedKey, P.WrappedKey) AS WrappedKey, B.Sealed
                  FROM MailBody B LEFT JOIN MailKey K ON K.MailId = B.MailId LEFT JOIN InquiryPatient P ON P.InquiryId = @InquiryId
                  WHERE B.MailId = @Id AND (K.WrappedKey IS NOT NULL OR P.WrappedKey IS NOT NULL)
                  """
                : MailKinds.Audience(mail.Kind) == MailAudience.Patient
                ? "SELECT P.WrappedKey, B.Sealed, P.Sealed AS Patient FROM MailBody B INNER JOIN InquiryPatient P ON P.InquiryId = @InquiryId WHERE B.MailId = @Id"
                : "SELECT P.WrappedKey, B.Sealed FROM MailBody B INNER JOIN InquiryPatient P ON P.InquiryId = @InquiryId WHERE B.MailId = @Id",
            new { mail.InquiryId, mail.Id });

    /// <summary>
    /// Takes due mails under a lease. One found in Sending had a worker that died in the middle: its outcome is unknown, and counted so.
    /// </summary>
    public static async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(Tx tx, Guid lease, DateTimeOffset until, int take) =>
        [.. await tx.QueryAsync<ClaimedMail>(
            tx.Dialect.Claim(
                "Mail",
                "LeaseOwner = @lease, NextAt = @until, Attempts = Attempts + 1, Unknowns = Unknowns + State, State = 0",
                "State < 2 AND NextAt <= @now AND NOT EXISTS (SELECT 1 FROM SendingHold)",
                "NextAt, Seq",
                "Seq", "Id", "InquiryId", "AboutId", "SubjectId", "Kind", "Attempts", "Unknowns", "CreatedAt", "DeferredSince", "Trace"),
            new { lease, until, now = tx.Now, take })];

    /// <summary>Commits to sending, once or again under the same lease; false when it was lost to another worker.</summary>
    public static async Task<bool> BeginAsync(Tx tx, Guid lease, long seq, DateTimeOffset until) =>
        await tx.ExecuteAsync(
            "UPDATE Mail SET State = 1, NextAt = @until WHERE Seq = @seq AND LeaseOwner = @lease AND State < 2",
            new { until, seq, lease }) == 1;

    /// <summary>Records what became of it, if the lease still holds. The own key of a mail that is done with is destroyed, and its text with it.</summary>
    /// <param name="tx">A transaction.</param>
    /// <param name="lease">The claim.</param>
    /// <param name="mail">As it was claimed.</param>
    /// <param name="step">What follows.</param>
    /// <param name="unknowns">How often the outcome has been unknown, this attempt included.</param>
    /// <param name="error">A short code, or null.</param>
    /// <param name="reply">The codes of the server's answer, or null.</param>
    public static async Task<int> EndAsync(Tx tx, Guid lease, ClaimedMail mail, MailStep step, int unknowns, string? error, string? reply = null)
    {
        var ended = await tx.ExecuteAsync(
            """
            UPDATE Mail SET State = @State, NextAt = @NextAt, Unknowns = @unknowns, LastError = @error, LeaseOwner = NULL, DeferredSince = @DeferredSince,
                SentAt = CASE WHEN @State = 2 THEN @Now ELSE SentAt END
            WHERE Seq = @Seq AND LeaseOwner = @lease AND State < 2
            """,
            new { State = (int)step.State, NextAt = step.NextAt ?? tx.Now, unknowns, error, step.DeferredSince, mail.Seq, lease, tx.Now });
        if (ended == 0)
        {
            return 0;
        }

        if (step.State is not (MailState.Sent or MailState.Cancelled))
        {
            await AddTryAsync(tx, mail, reply is null ? error : $"{error} {reply}");
        }

        if (step.State is MailState.Parked or MailState.Unconfirmed)
        {
            await WorkLedger.LookAtMailsAsync(tx, [mail.Id]);
        }

        var stuck = step.State is not (MailState.Sent or MailState.Cancelled) && MailKinds.KeepsTextWhileStuck(mail.Kind);
        if (step.State != MailState.Queued && !stuck && MailKinds.MayHaveOwnKey(mail.Kind)
            && await tx.ExecuteAsync("DELETE FROM MailKey WHERE MailId = @Id", new { mail.Id }) > 0)
        {
            await tx.ExecuteAsync("DELETE FROM MailBody WHERE MailId = @Id", new { mail.Id });
        }

        return ended;
    }

    /// <summary>Gives back a mail that is known not to have been handed over: it is due at once, and the attempt does not count.</summary>
    public static Task<int> GiveBackAsync(Tx tx, Guid lease, ClaimedMail mail) =>
        tx.ExecuteAsync(
            "UPDATE Mail SET State = 0, NextAt = @Now, LeaseOwner = NULL, Attempts = @attempts WHERE Seq = @Seq AND LeaseOwner = @lease AND State < 2",
            new { tx.Now, attempts = mail.Attempts - 1, mail.Seq, lease });

    /// <summary>Ends every lease, so that what a dead process held is due at once. Only for a process that knows it is alone.</summary>
    public static Task<int> EndLeasesAsync(Tx tx) =>
        tx.ExecuteAsync("UPDATE Mail SET NextAt = @Now WHERE State < 2 AND LeaseOwner IS NOT NULL", new { tx.Now });

    /// <summary>The mails of a kind to the patients of these inquiries since a moment.</summary>
    public static async Task<IReadOnlyList<MailedAt>> ListSinceAsync(
        Session session, MailKind kind, IReadOnlyCollection<InquiryId> inquiries, DateTimeOffset since) =>
        inquiries.Count == 0 ? [] : [.. await session.QueryAsync<MailedAt>(
            "SELECT InquiryId, CreatedAt FROM Mail WHERE InquiryId IN @inquiries AND Kind = @kind AND CreatedAt > @since",
            new { inquiries = inquiries.Select(i => i.Value), kind = kind.ToString(), since })];

    /// <summary>What each mail of a kind that was written for a subject of an inquiry is about, first to last.</summary>
    public static async Task<IReadOnlyList<Guid>> ListAboutAsync(
        Session session, InquiryId inquiryId, MailKind kind, ReferralId subjectId) =>
        [.. (await session.QueryAsync<AboutRow>(
            "SELECT AboutId FROM Mail WHERE InquiryId = @inquiryId AND Kind = @kind AND SubjectId = @subjectId ORDER BY Seq",
            new { inquiryId, kind = kind.ToString(), subjectId })).Select(r => r.AboutId)];

    /// <summary>Mails by state.</summary>
    public static async Task<IReadOnlyDictionary<MailState, long>> CountAsync(Session session) =>
        (await session.QueryAsync<CountRow>("SELECT State, COUNT(*) AS Number FROM Mail GROUP BY State")).ToDictionary(r => r.State, r => r.Number);

    /// <summary>When the mail that has waited longest was decided on; null: none waits.</summary>
    public static async Task<DateTimeOffset?> OldestWaitingAsync(Session session) =>
        (await session.QuerySingleOrDefaultAsync<OldestRow>("SELECT MIN(CreatedAt) AS At FROM Mail WHERE State < 2"))?.At;

    public static async Task<bool> IsSuppressedAsync(Session session, byte[] addressHash) =>
        await session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM Suppression WHERE AddressHash = @addressHash", new { addressHash }) > 0;

    public static async Task SuppressAsync(Tx tx, byte[] addressHash, string reason)
    {
        if (!await IsSuppressedAsync(tx, addressHash))
        {
            try
            {
                await tx.ExecuteAsync("INSERT INTO Suppression (AddressHash, Reason, At) VALUES (@addressHash, @reason, @Now)", new { addressHash, reason, tx.Now });
            }
            catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
            {
                throw new ConflictException("The address was suppressed at the same moment.", exception);
            }
        }
    }

    /// <summary>Addresses nothing is sent to, newest first.</summary>
    public static async Task<IReadOnlyList<SuppressedAddress>> ListSuppressedAsync(Session session, int most) =>
        [.. await session.QueryAsync<SuppressedAddress>(session.Dialect.First("AddressHash, Reason, At", "FROM Suppression ORDER BY At DESC"), new { take = most })];

    /// <returns>False when it was not suppressed.</returns>
    public static async Task<bool> UnsuppressAsync(Tx tx, byte[] addressHash) =>
        await tx.ExecuteAsync("DELETE FROM Suppression WHERE AddressHash = @addressHash", new { addressHash }) == 1;

    /// <summary>True when who reads this address wants no check-ins and no marketing.</summary>
    public static async Task<bool> IsUnsubscribedAsync(Session session, byte[] addressHash) =>
        await session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM Unsubscription WHERE AddressHash = @addressHash", new { addressHash }) > 0;

    /// <returns>False when it was unsubscribed before.</returns>
    /// <exception cref="ConflictException">It was unsubscribed at the same moment.</exception>
    public static async Task<bool> UnsubscribeAsync(Tx tx, byte[] addressHash)
    {
        if (await IsUnsubscribedAsync(tx, addressHash))
        {
            return false;
        }

        try
        {
            await tx.ExecuteAsync("INSERT INTO Unsubscription (AddressHash, At) VALUES (@addressHash, @Now)", new { addressHash, tx.Now });
            return true;
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The address was unsubscribed at the same moment.", exception);
        }
    }

    private sealed class AboutRow
    {
        public Guid AboutId { get; init; }
    }

    // Of many tries the newest are kept.
    private static async Task AddTryAsync(Tx tx, ClaimedMail mail, string? outcome)
    {
        await tx.ExecuteAsync(
            "INSERT INTO MailTry (MailId, At, Outcome) VALUES (@Id, @Now, @outcome)", new { mail.Id, tx.Now, outcome = outcome ?? "unknown" });
        if (mail.Attempts > MostTriesKept)
        {
            var kept = (await tx.QueryAsync<long>("SELECT Seq FROM MailTry WHERE MailId = @Id ORDER BY Seq DESC", new { mail.Id })).Take(MostTriesKept).LastOrDefault();
            await tx.ExecuteAsync("DELETE FROM MailTry WHERE MailId = @Id AND Seq < @kept", new { mail.Id, kept });
        }
    }

    private sealed class OldestRow
    {
        public DateTimeOffset? At { get; init; }
    }

    private sealed class CountRow
    {
        public MailState State { get; init; }

        public long Number { get; init; }
    }
}

/// <summary>That a mail was written, and when.</summary>
public sealed record MailedAt
{
    public required InquiryId InquiryId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
