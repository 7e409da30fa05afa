using InquiryRouter.Core.Intake;

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

    /// <summary>The clinic takes its yes back: it was a slip, and its first hour is not over.</summary>
    Undo,

    /// <summary>The clinic takes a no back, or would take the patient after its time was over.</summary>
    Reopen,

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
        (ReferralState.Accepted, ReferralTrigger.Undo) => ReferralState.Viewed,
        (ReferralState.Declined or ReferralState.Expired, ReferralTrigger.Reopen) => ReferralState.Viewed,

        // The patient shows a clinic that has quoted on the summary who they are: then it has the patient.
        (ReferralState.Quoted, ReferralTrigger.Accept) => ReferralState.Quoted,
        (ReferralState.Offered or ReferralState.Viewed, ReferralTrigger.Decline) => ReferralState.Declined,
        (ReferralState.Offered or ReferralState.Viewed, ReferralTrigger.Expire) => ReferralState.Expired,
        (ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked, ReferralTrigger.Return) => ReferralState.Returned,
        (ReferralState.Offered or ReferralState.Viewed or ReferralState.Accepted or ReferralState.Quoted, ReferralTrigger.Quote) => ReferralState.Quoted,
        (ReferralState.Accepted or ReferralState.Quoted, ReferralTrigger.Book) => ReferralState.Booked,
        (ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked, ReferralTrigger.Complete) => ReferralState.Completed,
        (ReferralState.Offered or ReferralState.Viewed or ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked,
            ReferralTrigger.Withdraw) => ReferralState.Withdrawn,
        _ => null,
    };

    /// <summary>The clinic still has to answer.</summary>
    public static bool IsOpen(ReferralState state) => state is ReferralState.Offered or ReferralState.Viewed;

    /// <summary>
    /// The clinic still has to answer, and cannot as long as the inquiry is with a person or on its way back from them: its time stands still, and
    /// begins anew when the inquiry goes on.
    /// </summary>
    public static bool IsPaused(ReferralState referral, InquiryState inquiry) => IsOpen(referral)
        && inquiry is InquiryState.Held or InquiryState.Received or InquiryState.Screened or InquiryState.Matched;

    /// <summary>It takes one of the places of clinics that are asked at a time: the clinic still has to answer, or the patient has to decide on its quote.</summary>
    public static bool IsAwaited(ReferralState state) => IsOpen(state) || state == ReferralState.Quoted;

    /// <summary>The clinic has the inquiry in hand: it has said yes, or given a quote on which the patient has not decided.</summary>
    public static bool IsInHand(ReferralState state) => state is ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked;
}
