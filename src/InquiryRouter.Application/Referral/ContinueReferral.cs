using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// A clinic has answered, or the patient has about its quote: after a no, after a yes that was taken back, and when it gave the patient back, as many
/// clinics are asked as the policy wants at a time. A yes needs nothing more here.
/// </summary>
public sealed class ContinueReferral(Work work, ReferralOffers offers) : IHandle<ReferralAnswered>
{
    public async Task HandleAsync(ReferralAnswered message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, referral) = await work.ReadAsync(
            async session => (await InquiryStore.FindAsync(session, message.InquiryId), await ReferralStore.FindAsync(session, message.ReferralId)),
            cancellation);
        if (inquiry is null || referral is null || referral.Version < message.Version)
        {
            throw new NotYetVisibleException($"Referral {message.ReferralId} is not yet at version {message.Version}.");
        }

        if (!ReferralPlanner.GoesOnAfter(referral.State, inquiry.State))
        {
            return;
        }

        // Somebody else may have seen to what follows: then as many clinics are asked as the policy wants, and the plan is to wait.
        var plan = await offers.PlanAsync(inquiry, ended: null, afterNo: referral.State is ReferralState.Declined or ReferralState.Returned, cancellation);
        await work.ApplyAsync(context, plan.Steps(inquiry), cancellation);
        offers.Committed(plan);
    }
}
