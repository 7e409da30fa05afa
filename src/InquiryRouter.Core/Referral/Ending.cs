using InquiryRouter.Core.FollowUp;

namespace InquiryRouter.Core.Referral;

/// <summary>How a referral ends, and what ends with it.</summary>
/// <param name="Trigger">Decline, Expire, Withdraw, Return or Complete.</param>
/// <param name="Reason">A code that is stored with it; null: the trigger says it.</param>
/// <param name="FreesPlace">Its place in the clinic's week goes to another patient.</param>
/// <param name="Cancels">What does not fall due any more; a reminder asks before it is sent whether there is still something to remind of.</param>
public sealed record Ending(ReferralTrigger Trigger, string? Reason, bool FreesPlace, IReadOnlyList<FollowUpKind> Cancels)
{
    private static readonly FollowUpKind[] s_ofAnOffer = [FollowUpKind.OfferExpiry, FollowUpKind.QuoteExpiry];

    /// <param name="trigger">What ends it.</param>
    /// <param name="reason">A code; null: the trigger says it.</param>
    /// <param name="acceptedAt">When the clinic said yes: one that was accepted has used its place.</param>
    public static Ending Of(ReferralTrigger trigger, string? reason, DateTimeOffset? acceptedAt) =>
        new(trigger, reason, acceptedAt is null, s_ofAnOffer);
}
