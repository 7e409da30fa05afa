using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Operations;

/// <summary>The event that an inquiry waits for, made again: the one that was sent is not in the outbox any more.</summary>
internal static class NewEvents
{
    public static async Task<IEvent> ForAsync(Session session, StandingInquiry inquiry) => inquiry.State switch
    {
        InquiryState.Received => new InquiryReceived { InquiryId = inquiry.Id, Version = inquiry.Version },
        InquiryState.Screened => new InquiryCleared { InquiryId = inquiry.Id, Version = inquiry.Version },
        InquiryState.Matched => await MatchedAsync(session, inquiry),
        InquiryState.Referred => await AnsweredAsync(session, inquiry.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(inquiry), inquiry.State, "It stands between no stages."),
    };

    private static async Task<IEvent> MatchedAsync(Session session, StandingInquiry inquiry) =>
        await MatchStore.FindCandidatesAsync(session, inquiry.Id) is { } match
            ? new InquiryMatched { InquiryId = inquiry.Id, Version = inquiry.Version, MatchId = match.Id }
            : throw new InvalidOperationException($"Inquiry {inquiry.Id} is matched without a stored match.");

    // The clinic that said no last.
    private static async Task<IEvent> AnsweredAsync(Session session, InquiryId inquiryId)
    {
        var referrals = await ReferralStore.ListAsync(session, inquiryId);
        var last = referrals
            .Where(r => r.State is ReferralState.Declined or ReferralState.Withdrawn or ReferralState.Returned)
            .MaxBy(r => r.AnsweredAt) ?? referrals[^1];
        return new ReferralAnswered { InquiryId = inquiryId, ReferralId = last.Id, Version = last.Version };
    }
}
