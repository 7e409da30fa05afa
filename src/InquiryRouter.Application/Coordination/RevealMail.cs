using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// Shows a person of ours what a mail about an inquiry says, and to whom it went. That they asked is on record before it is shown; for
/// minutes the page can be loaded again.
/// </summary>
public sealed partial class RevealMail(Work work, MailWriter mails)
{
    private const int MostMails = 200;

    /// <returns>What shows it to them, and to nobody else. Null: there is no such mail about it.</returns>
    public Task<Guid?> RunAsync(string reference, Guid mailId, UserId user, Actor who, CancellationToken cancellation) =>

        // An id: it opens this mail and no other.
        new Reveal("mail", KeptKind.Mail, mailId.ToByteArray()).RunAsync(
            work, reference, async session => (await FindAsync(session, reference, mailId))?.Inquiry, user, who, cancellation);

    /// <summary>A mail, and what it says once that is on record.</summary>
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="mailId">Which mail.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="shown">What they were given; null: nothing.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>Null: there is no such mail about it.</returns>
    public async Task<RevealedMail?> ReadAsync(string reference, Guid mailId, UserId user, Guid? shown, CancellationToken cancellation)
    {
        var (found, asked, body) = await work.ReadAsync(
            async session =>
            {
                if (await FindAsync(session, reference, mailId) is not { } mail)
                {
                    return default;
                }

                var asked = shown is { } id && await KeptPageStore.FindAsync(session, id, user, KeptKind.Mail) is { Sealed: { } kept }
                    && kept.AsSpan().SequenceEqual(mailId.ToByteArray());
                return (mail.Mail, asked, asked ? await MailStore.FindBodyAsync(session, Claimed(mail.Inquiry, mail.Mail)) : null);
            },
            cancellation);
        return found is null ? null : new RevealedMail(found, asked, body is null ? null : Open(body));
    }

    private MailText? Open(SealedMail body)
    {
        try
        {
            var content = mails.Open(body);
            return new MailText(content.ToName, content.ToAddress, content.Subject, Link().Replace(content.Text, "[link]"), content.Language);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static async Task<FoundMail?> FindAsync(Session session, string reference, Guid mailId) =>
        await InquiryStore.FindIdAsync(session, reference) is { } id
        && (await CaseStore.ListMailsAsync(session, id, MostMails)).FirstOrDefault(m => m.Id == mailId) is { } mail
            ? new FoundMail(id, mail) : null;

    private static ClaimedMail Claimed(InquiryId inquiryId, CaseMail mail) => new()
    {
        Seq = 0, Id = mail.Id, InquiryId = inquiryId, AboutId = mail.AboutId, Kind = Enum.Parse<MailKind>(mail.Kind), Attempts = 0, Unknowns = 0,
        CreatedAt = mail.CreatedAt,
    };

    private sealed record FoundMail(InquiryId Inquiry, CaseMail Mail);

    // Whoever has the link of a patient or a clinic answers as them.
    [GeneratedRegex("https?://[^ \n]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}

/// <summary>A mail about an inquiry.</summary>
/// <param name="Mail">As it is listed.</param>
/// <param name="IsAsked">That it is read is on record.</param>
/// <param name="Text">What it says; null: nobody asked, or it is not kept any more.</param>
public sealed record RevealedMail(CaseMail Mail, bool IsAsked, MailText? Text);

/// <summary>What a mail says, without the links in it.</summary>
/// <param name="Language">ISO 639-1; null: not known.</param>
public sealed record MailText(string ToName, string ToAddress, string Subject, string Text, string? Language);
