using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Worker.Referral;

/// <summary>An offer window has ended without an answer: the offer expires and the next clinic is asked, in one transaction.</summary>
public sealed class ExpireOffer(Database database, ReferralOffers offers) : IHandle<FollowUpDue>
{
    public async Task HandleAsync(FollowUpDue message, MessageContext context, CancellationToken cancellation)
    {
        var followUp = await database.ReadAsync(session => FollowUpStore.FindAsync(session, message.FollowUpId), cancellation)
            ?? throw new NotYetVisibleException($"Follow-up {message.FollowUpId} is not visible yet.");
        if (followUp.Kind != FollowUpKind.OfferExpiry)
        {
            throw new InvalidOperationException($"Nothing is defined for a follow-up of kind {followUp.Kind}.");
        }

        var (inquiry, referral) = await database.ReadAsync(
            async session => (await InquiryStore.FindAsync(session, followUp.InquiryId), await ReferralStore.FindAsync(session, followUp.AboutId)),
            cancellation);
        if (inquiry is null || referral is null || !ReferralTransitions.IsOpen(referral.State))
        {
            return;
        }

        var plan = inquiry.State == InquiryState.Referred ? await offers.PlanAsync(inquiry, ended: referral.Id, cancellation) : null;
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Expire);
                await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
                if (plan is not null)
                {
                    await ReferralOffers.ApplyAsync(tx, inquiry, plan, $"expired {referral.ClinicCode}");
                }
            },
            cancellation: cancellation);
        offers.Committed(plan);
    }
}
