namespace InquiryRouter.Core.Referral;

/// <summary>Where one offer of one inquiry to one clinic stands.</summary>
public enum ReferralState
{
    Offered,
    Viewed,
    Accepted,
    Declined,
    Expired,
    Withdrawn,
    Returned,
    Quoted,
    Booked,
    Completed,
}

/// <summary>What moves a referral.</summary>
public enum ReferralTrigger
{
    View,
    Accept,
    Decline,
    Expire,
    Withdraw,
    Return,
    Quote,
    Book,
    Complete,
}

/// <summary>The one transition table of a referral.</summary>
public static class ReferralTransitions
{
    /// <summary>The state after <paramref name="trigger"/>, or null when the step is not allowed from <paramref name="from"/>.</summary>
    public static ReferralState? Next(ReferralState from, ReferralTrigger trigger) => (from, trigger) switch
    {
        (ReferralState.Offered, ReferralTrigger.View) => ReferralState.Viewed,
        (ReferralState.Offered or ReferralState.Viewed, ReferralTrigger.Accept) => ReferralState.Accepted,
        (ReferralState.Offered or ReferralState.Viewed, ReferralTrigger.Decline) => ReferralState.Declined,
        (ReferralState.Offered or ReferralState.Viewed, ReferralTrigger.Expire) => ReferralState.Expired,
        (ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked, ReferralTrigger.Return) => ReferralState.Returned,
        (ReferralState.Accepted or ReferralState.Quoted, ReferralTrigger.Quote) => ReferralState.Quoted,
        (ReferralState.Accepted or ReferralState.Quoted, ReferralTrigger.Book) => ReferralState.Booked,
        (ReferralState.Booked, ReferralTrigger.Complete) => ReferralState.Completed,
        (ReferralState.Offered or ReferralState.Viewed or ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked,
            ReferralTrigger.Withdraw) => ReferralState.Withdrawn,
        _ => null,
    };

    /// <summary>The clinic still has to answer.</summary>
    public static bool IsOpen(ReferralState state) => state is ReferralState.Offered or ReferralState.Viewed;
}
