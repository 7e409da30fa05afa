using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.FollowUp;

/// <summary>A follow-up that is a mail has fallen due: a clinic is reminded of an offer it has not answered, a patient asked how it is going. Each at most once.</summary>
public sealed class SendFollowUps(Database database, NetworkCache networks, MailWriter mails) : IHandle<FollowUpDue>
{
    private static readonly TimeSpan s_day = TimeSpan.FromHours(20);

    public async Task HandleAsync(FollowUpDue message, MessageContext context, CancellationToken cancellation)
    {
        var followUp = await database.ReadAsync(session => FollowUpStore.FindAsync(session, message.FollowUpId), cancellation)
            ?? throw new NotYetVisibleException($"Follow-up {message.FollowUpId} is not visible yet.");
        MailKind? kind = followUp.Kind switch
        {
            FollowUpKind.OfferReminder => MailKind.OfferReminder,
            FollowUpKind.CheckIn => MailKind.CheckIn,
            _ => null,
        };
        if (kind is null)
        {
            return;
        }

        var network = await networks.CurrentAsync(cancellation);
        var (inquiry, referral, patient, stopped) = await database.ReadAsync(
            async session => (
                await InquiryStore.FindAsync(session, followUp.InquiryId), await ReferralStore.FindAsync(session, followUp.AboutId),
                await InquiryStore.FindPatientAsync(session, followUp.InquiryId), await InquiryStore.WantsNoCheckInsAsync(session, followUp.InquiryId)),
            cancellation);
        if (patient is null || inquiry is null || referral is null || !MailRelevance.IsWanted(kind.Value, inquiry.State, referral.State, stopped))
        {
            return;
        }

        // After a standstill the reminder falls due with the end it reminds of.
        if (kind == MailKind.OfferReminder && referral.OfferUntil <= database.Clock.GetUtcNow())
        {
            return;
        }

        // After a standstill several fall due at once, and two clinics may have said yes: the patient is asked once a day.
        if (kind == MailKind.CheckIn && (await database.ReadAsync(
            session => MailStore.ListSinceAsync(session, MailKind.CheckIn, [inquiry.Id], database.Clock.GetUtcNow() - s_day), cancellation)).Count > 0)
        {
            return;
        }

        var token = AccessLinkStore.NewToken();
        NewMail mail;
        (LinkPurpose Purpose, Guid Subject, TimeSpan Lifetime) link;
        if (kind == MailKind.CheckIn)
        {
            mail = mails.CheckIn(inquiry, patient, followUp.Id, referral.Id, token);
            link = (LinkPurpose.Unsubscribe, inquiry.Id, AccessLinkStore.StatusLifetime);
        }
        else if (network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            mail = mails.OfferReminder(inquiry, patient, referral.Id, clinic, referral.OfferUntil, token);
            link = (LinkPurpose.Referral, referral.Id, AccessLinkStore.ReferralLifetime);
        }
        else
        {
            return;
        }

        var hash = AccessLinkStore.Hash(token);
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                if (await MailStore.TryAddAsync(tx, mail))
                {
                    await AccessLinkStore.AddAsync(tx, hash, link.Purpose, link.Subject, link.Lifetime);
                }
            },
            cancellation: cancellation);
    }
}
