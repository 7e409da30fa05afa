namespace InquiryRouter.Core.Referral;

/// <summary>Staged disclosure: an anonymous summary first, who the patient is only when the clinic has them in hand and the patient agrees.</summary>
public static class IdentityRule
{
    /// <summary>Whether a clinic may see who the patient is.</summary>
    /// <param name="state">Where the referral stands.</param>
    /// <param name="disclosed">It was shown, or is shown now: by the clinic's yes, or by the patient's choice.</param>
    /// <param name="consents">The patient agrees that clinics see the inquiry.</param>
    /// <param name="choice">What the patient chose for this clinic; null: nothing.</param>
    public static bool MaySee(ReferralState state, bool disclosed, bool consents, bool? choice) =>
        consents && disclosed && choice is not false && (ReferralTransitions.IsInHand(state) || state == ReferralState.Completed);
}
