using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// An offer window has ended without an answer, or a quote without the patient's decision: it ends and the next clinic is asked, in one transaction.
/// </summary>
public sealed class ExpireOffer(Work work, NetworkCache networks, ReferralOffers offers, MailWriter mails) : IHandle<FollowUpDue>
{
    // More than clocks of two machines differ.
    private static readonly TimeSpan s_another = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(FollowUpDue message, MessageContext context, CancellationToken cancellation)
    {
        var followUp = await work.ReadAsync(session => session.FollowUpAsync(message.FollowUpId), cancellation);
        if (followUp.Kind is not (FollowUpKind.OfferExpiry or FollowUpKind.QuoteExpiry))
        {
            return;
        }

        // It was given another moment after it had fired: a yes that was taken back, a new quote.
        if (followUp.DueAt - work.Now > s_another)
        {
            return;
        }

        var network = await networks.CurrentAsync(cancellation);
        var (inquiry, referral, patient) = await work.ReadAsync(session => session.AboutAsync(followUp), cancellation);
        if (inquiry is null || referral is null || !(followUp.Kind == FollowUpKind.OfferExpiry
            ? ReferralTransitions.IsOpen(referral.State)
            : referral is { State: ReferralState.Quoted, AcceptedAt: null }))
        {
            return;
        }

        // The clinic could not answer: its time begins anew when the inquiry goes on. It may have done so since the follow-up was read.
        var silent = followUp.Kind == FollowUpKind.OfferExpiry;
        if (ReferralTransitions.IsPaused(referral.State, inquiry.State) || (silent && referral.OfferUntil - work.Now > s_another))
        {
            return;
        }

        var after = silent ? OfferEnd.Expired(referral.ClinicCode) : OfferEnd.QuoteEnded(referral.ClinicCode);
        var plan = inquiry.State == InquiryState.Referred ? await offers.PlanAsync(inquiry, ended: referral.Id, afterNo: silent, cancellation) : null;
        var told = silent && patient is not null && network.ByCode.TryGetValue(referral.ClinicCode, out var clinic)
            ? mails.OfferExpired(inquiry, patient, referral.Id, clinic, referral.OfferUntil)
            : null;
        await work.ApplyAsync(
            context,
            [
                silent ? referral.By(ReferralTrigger.Expire) : referral.By(ReferralTrigger.Withdraw, after.Why),

                // A clinic that took its yes back may let the same offer expire after all; once is enough.
                SendMailOnce.If(told),
                .. plan?.Steps(inquiry, after) ?? [],
            ],
            cancellation);
        offers.Committed(plan);
    }
}
