using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Referral;

/// <summary>A match was found: the first offer.</summary>
public sealed class OfferReferral(Database database, ReferralOffers offers) : IHandle<InquiryMatched>
{
    public async Task HandleAsync(InquiryMatched message, MessageContext context, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => session.FindAtAsync(message.InquiryId, message.Version), cancellation) is not { } inquiry)
        {
            return;
        }

        var plan = await offers.PlanAsync(inquiry, ended: null, afterNo: false, cancellation);
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
