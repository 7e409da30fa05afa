using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// An offer window has ended without an answer, or a quote without the patient's decision: it ends and the next clinic is asked, in one transaction.
/// </summary>
public sealed class ExpireOffer(Database database, NetworkCache networks, ReferralOffers offers, MailWriter mails) : IHandle<FollowUpDue>
{
    // More than clocks of two machines differ.
    private static readonly TimeSpan s_another = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(FollowUpDue message, MessageContext context, CancellationToken cancellation)
    {
        var followUp = await database.ReadAsync(session => FollowUpStore.FindAsync(session, message.FollowUpId), cancellation)
            ?? throw new NotYetVisibleException($"Follow-up {message.FollowUpId} is not visible yet.");
        if (followUp.Kind is not (FollowUpKind.OfferExpiry or FollowUpKind.QuoteExpiry))
        {
            return;
        }

        // It was given another moment after it had fired: a yes that was taken back, a new quote.
        if (followUp.DueAt - database.Clock.GetUtcNow() > s_another)
        {
            return;
        }

        var network = await networks.CurrentAsync(cancellation);
        var (inquiry, referral, patient) = await database.ReadAsync(
            async session => (
                await InquiryStore.FindAsync(session, followUp.InquiryId), await ReferralStore.FindAsync(session, followUp.AboutId),
                await InquiryStore.FindPatientAsync(session, followUp.InquiryId)),
            cancellation);
        if (inquiry is null || referral is null || !(followUp.Kind == FollowUpKind.OfferExpiry
            ? ReferralTransitions.IsOpen(referral.State)
            : referral is { State: ReferralState.Quoted, AcceptedAt: null }))
        {
            return;
        }

        var silent = followUp.Kind == FollowUpKind.OfferExpiry;
        var (trigger, reason) = silent ? (ReferralTrigger.Expire, (string?)null) : (ReferralTrigger.Withdraw, WithdrawReason.QuoteEnded);
        var plan = inquiry.State == InquiryState.Referred ? await offers.PlanAsync(inquiry, ended: referral.Id, afterNo: silent, cancellation) : null;
        var told = silent && patient is not null && network.ByCode.TryGetValue(referral.ClinicCode, out var clinic)
            ? mails.OfferExpired(inquiry, patient, referral.Id, clinic, referral.OfferUntil)
            : null;
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await ReferralStore.MoveAsync(tx, referral, trigger, reason);
                await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
                if (told is not null)
                {
                    // A clinic that took its yes back may let the same offer expire after all; once is enough.
                    await MailStore.TryAddAsync(tx, told);
                }

                if (plan is not null)
                {
                    await ReferralOffers.ApplyAsync(tx, inquiry, plan, $"{reason ?? "expired"} {referral.ClinicCode}");
                }
            },
            cancellation: cancellation);
        offers.Committed(plan);
    }
}
