using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Worker.Referral;

/// <summary>A clinic has answered: after a no, the next one is asked. A yes needs nothing more here: clinics that were asked beside it keep their time to answer.</summary>
public sealed class ContinueReferral(Database database, ReferralOffers offers) : IHandle<ReferralAnswered>
{
    public async Task HandleAsync(ReferralAnswered message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, referral) = await database.ReadAsync(
            async session => (await InquiryStore.FindAsync(session, message.InquiryId), await ReferralStore.FindAsync(session, message.ReferralId)),
            cancellation);
        if (inquiry is null || referral is null || referral.Version < message.Version)
        {
            throw new NotYetVisibleException($"Referral {message.ReferralId} is not yet at version {message.Version}.");
        }

        if (referral.State != ReferralState.Declined || inquiry.State != InquiryState.Referred)
        {
            return;
        }

        // Somebody else may have seen to what follows: then as many clinics are asked as the policy wants, and the plan is to wait.
        var plan = await offers.PlanAsync(inquiry, ended: null, cancellation);
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await ReferralOffers.ApplyAsync(tx, inquiry, plan);
            },
            cancellation: cancellation);
        offers.Committed(plan);
    }
}
