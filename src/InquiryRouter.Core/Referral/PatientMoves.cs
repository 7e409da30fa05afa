using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Referral;

/// <summary>A move of the inquiry that follows from what its patient did.</summary>
/// <param name="Reasons">With a hold: why.</param>
public sealed record PatientMove(InquiryTrigger Trigger, params IReadOnlyList<HoldReason> Reasons);

/// <summary>Where an inquiry goes by what its patient does; null: it stays where it is, and only its history tells of it.</summary>
public sealed class PatientMoves(PatientFacts facts)
{
    /// <summary>
    /// A new emergency holds the inquiry, as it would have at the beginning. Where a clinic has the patient, a hold would take it away.
    /// </summary>
    public bool EmergencyHolds =>
        facts is { AwaitsScreening: false, Urgent: false, State: not (InquiryState.Accepted or InquiryState.Booked) };

    /// <summary>
    /// No other clinic is asked. When it is over, nothing more happens; where a clinic has the patient, nobody else is asked; before
    /// screening there is nothing to hold, since it reads the consent itself. What routing waited for is asked again when it goes on; what
    /// screening found stays.
    /// </summary>
    public PatientMove? ConsentWithdrawn =>
        facts.IsOver || facts.AwaitsScreening || facts.State is InquiryState.Accepted or InquiryState.Booked or InquiryState.Quarantined
            ? null
            : new PatientMove(
                InquiryTrigger.Hold,
                [HoldReason.NoConsentToShare, .. OfScreening().Where(r => r != HoldReason.NoConsentToShare)]);

    /// <summary>What was held only for this goes on.</summary>
    public PatientMove? ConsentGiven
    {
        get
        {
            if (facts.State is not (InquiryState.Held or InquiryState.AwaitingPatient) || !facts.Reasons.Contains(HoldReason.NoConsentToShare))
            {
                return null;
            }

            // Who was asked something else as well has answered with it, or will: a coordinator looks.
            HoldReason[] left =
            [
                .. facts.Reasons.Where(r => r != HoldReason.NoConsentToShare && r != HoldReason.ConsentAsked)
                    .Select(r => r == HoldReason.QuestionAsked ? HoldReason.PatientAnswered : r),
            ];
            return left.Length > 0 ? new PatientMove(InquiryTrigger.Hold, left) : new PatientMove(InquiryTrigger.Release);
        }
    }

    /// <summary>The patient has added information, or answered a question.</summary>
    /// <param name="emergency">It has words of an emergency.</param>
    public PatientMove? Written(bool emergency)
    {
        if (emergency && EmergencyHolds)
        {
            return new PatientMove(InquiryTrigger.Hold, [HoldReason.Emergency, .. OfScreening()]);
        }

        if (facts.State != InquiryState.AwaitingPatient)
        {
            return null;
        }

        // What a coordinator asked, a coordinator reads.
        if (facts.Reasons.Contains(HoldReason.QuestionAsked) || facts.Reasons.Contains(HoldReason.ConsentAsked))
        {
            return new PatientMove(
                InquiryTrigger.Hold,
                [HoldReason.PatientAnswered, .. facts.Reasons.Where(r => r != HoldReason.QuestionAsked && r != HoldReason.ConsentAsked)]);
        }

        // When the clinics had come to an end, asking the same ones the same question comes to that end again: a coordinator reads it.
        return facts.Reasons.Contains(HoldReason.NoClinicLeft) || facts.Reasons.Contains(HoldReason.OfferLimit)
            ? new PatientMove(InquiryTrigger.Hold, facts.Reasons)
            : new PatientMove(InquiryTrigger.Release);
    }

    /// <summary>
    /// The patient has told of their health. Where a clinic has them it reads the answers, and a hold would take them away.
    /// </summary>
    /// <param name="emergency">The answers have words of an emergency.</param>
    /// <param name="found">What the answers hold the inquiry for and those before did not.</param>
    public PatientMove? ToldOfHealth(bool emergency, IReadOnlyList<HoldReason> found)
    {
        if (emergency && EmergencyHolds)
        {
            return new PatientMove(InquiryTrigger.Hold, [HoldReason.Emergency, .. found.Union(OfScreening())]);
        }

        return facts.IsOver || facts.AwaitsScreening || found.All(facts.Reasons.Contains)
            || facts.State is InquiryState.Accepted or InquiryState.Booked or InquiryState.Quarantined
                ? null
                : new PatientMove(InquiryTrigger.Hold, [.. found.Union(OfScreening())]);
    }

    /// <summary>Mail reaches the patient again: what was held only because it did not goes on.</summary>
    public PatientMove? AddressCorrected
    {
        get
        {
            if (facts.State != InquiryState.Held || !facts.Reasons.Contains(HoldReason.PatientUnreachable))
            {
                return null;
            }

            var left = UnreachablePatient.ReasonsLeft(facts.Reasons);
            return left.Count > 0 ? new PatientMove(InquiryTrigger.Hold, left) : new PatientMove(InquiryTrigger.Release);
        }
    }

    /// <summary>The inquiry is open again, unless another clinic has the patient.</summary>
    public PatientMove? QuoteDeclined(PatientReferral declined) =>
        facts.State == InquiryState.Referred
        || (facts.State == InquiryState.Accepted && declined.IsAccepted && !facts.Referrals.Any(r => r.N != declined.N && r.HasPatient))
            ? new PatientMove(InquiryTrigger.Decline)
            : null;

    /// <summary>The patient has chosen a clinic that had only quoted: their choice is the yes.</summary>
    public PatientMove? QuoteChosen => facts.State == InquiryState.Referred ? new PatientMove(InquiryTrigger.Accept) : null;

    private IEnumerable<HoldReason> OfScreening() => facts.Reasons.Where(HoldReason.IsOfScreening);
}
