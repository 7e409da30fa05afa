using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Worker.Referral;

/// <summary>
/// An offer window has ended without an answer, or a quote without the patient's decision: it ends and the next clinic is asked, in one transaction.
/// </summary>
public sealed class ExpireOffer(Database database, ReferralOffers offers) : IHandle<FollowUpDue>
{
    // More than clocks of two machines differ.
    private static readonly TimeSpan s_another = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(FollowUpDue message, MessageContext context, CancellationToken cancellation)
    {
        var followUp = await database.ReadAsync(session => FollowUpStore.FindAsync(session, message.FollowUpId), cancellation)
            ?? throw new NotYetVisibleException($"Follow-up {message.FollowUpId} is not visible yet.");
        if (followUp.Kind is not (FollowUpKind.OfferExpiry or FollowUpKind.QuoteExpiry))
        {
            throw new InvalidOperationException($"Nothing is defined for a follow-up of kind {followUp.Kind}.");
        }

        // It was given another moment after it had fired: a yes that was taken back, a new quote.
        if (followUp.DueAt - database.Clock.GetUtcNow() > s_another)
        {
            return;
        }

        var (inquiry, referral) = await database.ReadAsync(
            async session => (await InquiryStore.FindAsync(session, followUp.InquiryId), await ReferralStore.FindAsync(session, followUp.AboutId)),
            cancellation);
        if (inquiry is null || referral is null || !(followUp.Kind == FollowUpKind.OfferExpiry
            ? ReferralTransitions.IsOpen(referral.State)
            : referral is { State: ReferralState.Quoted, AcceptedAt: null }))
        {
            return;
        }

        var (trigger, reason) = followUp.Kind == FollowUpKind.OfferExpiry ? (ReferralTrigger.Expire, (string?)null) : (ReferralTrigger.Withdraw, "quote-ended");
        var plan = inquiry.State == InquiryState.Referred ? await offers.PlanAsync(inquiry, ended: referral.Id, cancellation) : null;
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await ReferralStore.MoveAsync(tx, referral, trigger, reason);
                await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
                if (plan is not null)
                {
                    await ReferralOffers.ApplyAsync(tx, inquiry, plan, $"{reason ?? "expired"} {referral.ClinicCode}");
                }
            },
            cancellation: cancellation);
        offers.Committed(plan);
    }
}
