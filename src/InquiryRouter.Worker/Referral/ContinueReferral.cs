using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Worker.Referral;

/// <summary>A clinic has answered: after a no, the next one is asked. A yes needs nothing more here.</summary>
public sealed class ContinueReferral(Database database, ReferralOffers offers) : IHandle<ReferralAnswered>
{
    public async Task HandleAsync(ReferralAnswered message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, referrals) = await database.ReadAsync(
            async session => (await InquiryStore.FindAsync(session, message.InquiryId), await ReferralStore.ListAsync(session, message.InquiryId)),
            cancellation);
        var answered = referrals.FirstOrDefault(r => r.Id == message.ReferralId);
        if (inquiry is null || answered is null || answered.Version < message.Version)
        {
            throw new NotYetVisibleException($"Referral {message.ReferralId} is not yet at version {message.Version}.");
        }

        // Only the newest offer's no moves the inquiry; whoever else moved it has seen to what follows.
        if (answered.State != ReferralState.Declined || answered != referrals[^1] || inquiry.State != InquiryState.Referred)
        {
            return;
        }

        var plan = await offers.PlanAsync(inquiry, cancellation);
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await ReferralOffers.ApplyAsync(tx, inquiry, plan);
            },
            cancellation: cancellation);
    }
}
