using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Mail;

/// <summary>What follows when a patient's address takes no mail.</summary>
public enum UnreachableStep
{
    /// <summary>The inquiry is over, or a person reads it before anything else.</summary>
    Nothing,

    /// <summary>A person must call them before it goes on.</summary>
    Hold,

    /// <summary>A clinic has them in hand: a hold would take them away from there. The coordinators are told.</summary>
    Tell,
}

/// <summary>Decides it.</summary>
public static class UnreachablePatient
{
    /// <param name="inquiry">Where the inquiry stands.</param>
    /// <param name="referrals">Where its referrals stand.</param>
    public static UnreachableStep Step(InquiryState inquiry, IEnumerable<ReferralState> referrals) => inquiry switch
    {
        InquiryState.Closed or InquiryState.Erased or InquiryState.Quarantined => UnreachableStep.Nothing,
        InquiryState.Accepted or InquiryState.Booked => UnreachableStep.Tell,
        _ => referrals.Any(ReferralTransitions.IsInHand) ? UnreachableStep.Tell : UnreachableStep.Hold,
    };

    /// <summary>Why it is held from then on. What screening found stays; what routing waited for is asked again when it goes on.</summary>
    public static IReadOnlyList<HoldReason> Reasons(IReadOnlyList<HoldReason> before) =>
        [HoldReason.PatientUnreachable, .. before.Where(r => r != HoldReason.PatientUnreachable && HoldReason.IsOfScreening(r))];

    /// <summary>Why it is held when the address was corrected; none: it goes on.</summary>
    public static IReadOnlyList<HoldReason> ReasonsLeft(IReadOnlyList<HoldReason> before) => [.. before.Where(r => r != HoldReason.PatientUnreachable)];
}
