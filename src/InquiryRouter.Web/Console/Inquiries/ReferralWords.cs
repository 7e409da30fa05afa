using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>Where an offer to a clinic stands, in words.</summary>
internal static class ReferralWords
{
    public static string State(ReferralState state) => state switch
    {
        ReferralState.Offered => "asked",
        ReferralState.Viewed => "has looked at it",
        ReferralState.Accepted => "said yes",
        ReferralState.Declined => "said no",
        ReferralState.Expired => "did not answer in time",
        ReferralState.Withdrawn => "taken back by us",
        ReferralState.Returned => "gave the patient back",
        ReferralState.Quoted => "named a price",
        ReferralState.Booked => "booked",
        ReferralState.Completed => "treated",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>What ended it was the clinic's answer; else it was ours, or time.</summary>
    public static bool IsAnswer(ReferralState state) => state is not (ReferralState.Withdrawn or ReferralState.Expired);

    /// <summary>Null: there is none.</summary>
    public static string? Reason(string? code) => code is null ? null
        : TakeBackReason.All.Contains(code, StringComparer.Ordinal) ? ActionWords.TakeBack(code) : code.Replace('-', ' ');
}
