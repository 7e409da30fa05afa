using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;

namespace InquiryRouter.Infrastructure.Data.Stores.Mail;

/// <summary>Somebody makes us write to an address that nobody has shown to be theirs.</summary>
/// <param name="Kind">Of the mail.</param>
/// <param name="InquiryId">What it is about; null: nothing is known by that address.</param>
/// <param name="Address">Keyed hash of where it would go.</param>
/// <param name="Asker">Keyed hash of who asks; null: it does not count.</param>
/// <param name="Withheld">No mail goes out.</param>
public sealed record MailRequest(MailKind Kind, InquiryId? InquiryId, byte[] Address, byte[]? Asker, bool Withheld = false);

/// <summary>What was asked for lately, for <see cref="MailAllowance"/>. Rows are forgotten after two days.</summary>
public static class MailRequestStore
{
    /// <summary>Longer than anything is counted.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>What is withheld, so that screening does not send it after all, however long an inquiry waits for that.</summary>
    public static readonly TimeSpan WithheldKept = TimeSpan.FromDays(30);

    /// <summary>
    /// Counts it, unless as many went to its address, or were caused by who asks, as may: then it stands there as withheld. For one address, one
    /// unit of work after the other.
    /// </summary>
    /// <param name="tx">The unit of work.</param>
    /// <param name="request">Not withheld so far.</param>
    /// <param name="mostByAsker">
    /// Mails of its kind that who asks may cause in an hour, a few more when they ask at the same moment; null: they have no limit.
    /// </param>
    /// <returns>Whether the mail may go out.</returns>
    public static async Task<bool> TakeAsync(Tx tx, MailRequest request, int? mostByAsker = null)
    {
        await tx.HoldAsync($"mail to {Convert.ToHexString(request.Address)}");
        var withheld = await IsSpentAsync(tx, request)
            || (mostByAsker is { } most && request.Asker is { } asker
                && await CountSentByAsync(tx, request.Kind, asker, tx.Now - MailAllowance.Hour) >= most);
        await AddAsync(tx, request with { Withheld = withheld });
        return !withheld;
    }

    public static Task AddAsync(Tx tx, MailRequest request) => tx.ExecuteAsync(
        """
        INSERT INTO MailRequest (InquiryId, Kind, Address, Asker, Withheld, At)
        VALUES (@InquiryId, @Kind, @Address, @Asker, @Withheld, @Now)
        """,
        new { InquiryId = request.InquiryId?.Value, Kind = request.Kind.ToString(), request.Address, request.Asker, request.Withheld, tx.Now });

    /// <summary>Mails of a kind that went to an address since a moment.</summary>
    public static Task<int> CountToAsync(Session session, MailKind kind, byte[] address, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM MailRequest WHERE Address = @address AND Kind = @Kind AND Withheld = 0 AND At > @since",
            new { address, Kind = kind.ToString(), since });

    /// <summary>Whether as many mails of its kind went to its address within a day as may.</summary>
    public static async Task<bool> IsSpentAsync(Session session, MailRequest request) =>
        await CountToAsync(session, request.Kind, request.Address, session.Now - MailAllowance.Day) >= MailAllowance.ToOneAddress(request.Kind);

    /// <summary>Mails of a kind that somebody has caused since a moment.</summary>
    public static Task<int> CountSentByAsync(Session session, MailKind kind, byte[] asker, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM MailRequest WHERE Asker = @asker AND Kind = @Kind AND Withheld = 0 AND At > @since",
            new { asker, Kind = kind.ToString(), since });

    /// <summary>The mail about an inquiry is not sent after all: it does not count.</summary>
    public static Task<int> WithholdAsync(Tx tx, MailKind kind, InquiryId inquiryId) =>
        tx.ExecuteAsync(
            "UPDATE MailRequest SET Withheld = 1 WHERE InquiryId = @inquiryId AND Kind = @Kind", new { inquiryId, Kind = kind.ToString() });

    /// <summary>How often somebody has asked for a kind since a moment.</summary>
    public static Task<int> CountByAsync(Session session, MailKind kind, byte[] asker, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM MailRequest WHERE Asker = @asker AND Kind = @Kind AND At > @since",
            new { asker, Kind = kind.ToString(), since });

    /// <summary>Whether a mail about an inquiry is not to be sent.</summary>
    public static async Task<bool> IsWithheldAsync(Session session, MailKind kind, InquiryId inquiryId) =>
        await session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM MailRequest WHERE InquiryId = @inquiryId AND Kind = @Kind AND Withheld = 1",
            new { inquiryId, Kind = kind.ToString() }) > 0;

    /// <summary>Forgets some of what counts no more.</summary>
    public static Task<int> SweepAsync(Tx tx, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("MailRequest", "Seq", "At < @before AND (Withheld = 0 OR At < @withheldBefore)"),
            new { before = tx.Now - Kept, withheldBefore = tx.Now - WithheldKept, take });

    /// <summary>How many mails of a kind were not sent since a moment, because too many had been asked for.</summary>
    public static Task<long> CountWithheldAsync(Session session, MailKind kind, DateTimeOffset since) => session.QuerySingleOrDefaultAsync<long>(
        "SELECT COUNT(*) FROM MailRequest WHERE At >= @since AND Kind = @kind AND Withheld = 1", new { since, kind = kind.ToString() });
}
