using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// A clinic has answered, or the patient has about its quote: after a no, after a yes that was taken back, and when it gave the patient back, as many
/// clinics are asked as the policy wants at a time. A yes needs nothing more here.
/// </summary>
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

        var next = referral.State is ReferralState.Declined or ReferralState.Withdrawn or ReferralState.Returned or ReferralState.Viewed && inquiry.State == InquiryState.Referred;
        if (!next && !(referral.State == ReferralState.Returned && inquiry.State == InquiryState.Matched))
        {
            return;
        }

        // Somebody else may have seen to what follows: then as many clinics are asked as the policy wants, and the plan is to wait.
        var plan = await offers.PlanAsync(inquiry, ended: null, afterNo: referral.State is ReferralState.Declined or ReferralState.Returned, cancellation);
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
