using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Referral;

/// <summary>A match was found: the first offer.</summary>
public sealed class OfferReferral(Work work, ReferralOffers offers) : IHandle<InquiryMatched>
{
    public async Task HandleAsync(InquiryMatched message, MessageContext context, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => session.FindAtAsync(message.InquiryId, message.Version), cancellation) is not { } inquiry)
        {
            return;
        }

        var plan = await offers.PlanAsync(inquiry, ended: null, afterNo: false, cancellation);
        await work.ApplyAsync(context, plan.Steps(inquiry), cancellation);
        offers.Committed(plan);
    }
}
