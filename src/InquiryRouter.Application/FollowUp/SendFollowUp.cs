using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.FollowUp;

/// <summary>A follow-up that is a mail has fallen due: a clinic is reminded of an offer it has not answered, a patient asked how it is going. Each at most once.</summary>
public sealed class SendFollowUp(Work work, NetworkCache networks, MailWriter mails) : IHandle<FollowUpDue>
{
    private static readonly TimeSpan s_minimumBetweenCheckIns = TimeSpan.FromHours(20);

    public async Task HandleAsync(FollowUpDue message, MessageContext context, CancellationToken cancellation)
    {
        var followUp = await work.ReadAsync(session => session.FollowUpAsync(message.FollowUpId), cancellation);
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
        var (inquiry, referral, patient) = await work.ReadAsync(session => session.AboutAsync(followUp), cancellation);
        if (patient is null || inquiry is null || referral is null
            || !MailRelevance.IsWanted(kind.Value, inquiry.State, referral.State, answered: kind == MailKind.CheckIn && inquiry.WantsNoCheckIns))
        {
            return;
        }

        var mail = kind == MailKind.CheckIn
            ? await CheckInAsync(inquiry, patient, referral, followUp, cancellation)
            : Reminder(inquiry, patient, referral, network);
        if (mail is not null)
        {
            await work.ApplyAsync(context, [mail], cancellation);
        }
    }

    // After a standstill several fall due at once, and two clinics may have said yes: the patient is asked once a day.
    private async Task<SendMailOnce?> CheckInAsync(
        InquiryRecord inquiry, SealedPatient patient, ReferralRecord referral, FollowUpRecord followUp, CancellationToken cancellation)
    {
        var since = work.Now - s_minimumBetweenCheckIns;
        if ((await work.ReadAsync(session => MailStore.ListSinceAsync(session, MailKind.CheckIn, [inquiry.Id], since), cancellation)).Count > 0)
        {
            return null;
        }

        var token = AccessLinkStore.NewToken();
        return new SendMailOnce(
            mails.CheckIn(inquiry, patient, followUp.Id, referral.Id, token),
            new NewLink(AccessLinkStore.Hash(token), LinkPurpose.Unsubscribe, inquiry.Id.Value, AccessLinkStore.StatusLifetime));
    }

    // After a standstill the reminder falls due with the end it reminds of.
    private SendMailOnce? Reminder(InquiryRecord inquiry, SealedPatient patient, ReferralRecord referral, NetworkSnapshot network)
    {
        if (referral.OfferUntil <= work.Now || !network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            return null;
        }

        var token = AccessLinkStore.NewToken();
        return new SendMailOnce(
            mails.OfferReminder(inquiry, patient, referral.Id, clinic, referral.OfferUntil, token), NewLink.ToReferral(token, referral.Id, clinic.Email));
    }
}
