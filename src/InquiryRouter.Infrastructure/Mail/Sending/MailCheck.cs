using System.Security.Cryptography;
using System.Text.Json;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>Whether a claimed mail may still be sent: what must not be is ended with the reason, the rest is opened.</summary>
public sealed partial class MailCheck(
    Database database, MailLedger ledger, MailWriter writer, KeyedHash hash, MailOptions options, ILogger<MailCheck> log)
{
    // A file written again replaces the same bytes: nothing about it stays unknown.
    private bool Repeatable => options.Transport == MailTransportKind.Pickup;

    /// <summary>Ends the mails that must not be sent, and opens the others.</summary>
    public async Task<List<ReadyMail>> CheckAsync(Guid lease, IReadOnlyList<ClaimedMail> claimed, CancellationToken stopping)
    {
        var (ready, ended) = await database.ReadAsync(
            async session =>
            {
                var (ready, ended) = (new List<ReadyMail>(claimed.Count), new List<(ClaimedMail Mail, MailState State, string Reason)>());
                foreach (var mail in claimed)
                {
                    if (mail.Unknowns > MailRetry.UnknownsBorne(mail.Kind) && !Repeatable)
                    {
                        ended.Add((mail, MailState.Unconfirmed, MailCause.UnknownTwice));
                    }
                    else if (await MailStore.FindBodyAsync(session, mail) is not { } body || !await IsWantedAsync(session, mail))
                    {
                        ended.Add((mail, MailState.Cancelled, "no-longer-relevant"));
                    }
                    else
                    {
                        if (TryOpen(mail, body) is not { } content)
                        {
                            ended.Add((mail, MailState.Parked, MailCause.Unreadable));
                            continue;
                        }

                        // The patient has corrected their address since: it goes to the new one, with the link that opens.
                        if (writer.Readdressed(mail.Kind, body, content) is { } readdressed)
                        {
                            if (MailKinds.MayBeUnsubscribed(mail.Kind))
                            {
                                // Its way to unsubscribe ended with the address.
                                ended.Add((mail, MailState.Cancelled, "address-changed"));
                                continue;
                            }

                            content = readdressed;
                        }

                        var addressHash = hash.OfAddress(content.ToAddress);
                        if (await MailStore.IsSuppressedAsync(session, addressHash))
                        {
                            ended.Add((mail, MailState.Suppressed, MailCause.Suppressed));
                        }
                        else if (MailKinds.MayBeUnsubscribed(mail.Kind) && await MailStore.IsUnsubscribedAsync(session, addressHash))
                        {
                            ended.Add((mail, MailState.Cancelled, "unsubscribed"));
                        }
                        else
                        {
                            ready.Add(new ReadyMail(lease, mail, content, addressHash));
                        }
                    }
                }

                return (ready, ended);
            },
            stopping);

        foreach (var (mail, state, reason) in ended)
        {
            await ledger.EndAsync(lease, mail, new MailStep(state), mail.Unknowns, reason, stopping: stopping);
        }

        return ready;
    }

    private MailContent? TryOpen(ClaimedMail mail, SealedMail body)
    {
        try
        {
            return writer.Open(body);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            LogUnreadable(exception, mail.Kind, mail.Id);
            return null;
        }
    }

    private static async Task<bool> IsWantedAsync(Session session, ClaimedMail mail) =>
        MailRelevance.IsWanted(
            mail.Kind, await InquiryStore.FindStateAsync(session, mail.InquiryId),
            await ReferralStore.FindStateAsync(session, mail.SubjectId ?? new ReferralId(mail.AboutId)),
            mail.Kind switch
            {
                MailKind.NeedsInformation or MailKind.CoordinatorQuestion or MailKind.PatientQuestion =>
                    await NoteStore.HasAnswerAsync(session, mail.AboutId),
                MailKind.CheckIn => await InquiryStore.WantsNoCheckInsAsync(session, mail.InquiryId),
                MailKind.DeleteRequest => mail.SubjectId is { } referral && await IdentityChoiceStore.MaySeeAsync(session, referral),
                _ => false,
            });

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} cannot be read and is parked. Is the master key the one it was sealed under?")]
    private partial void LogUnreadable(Exception exception, MailKind kind, Guid mailId);
}
