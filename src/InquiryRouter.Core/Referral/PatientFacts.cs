using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Referral;

/// <summary>What it depends on what a patient can do, and what follows from it.</summary>
public sealed record PatientFacts
{
    public required InquiryState State { get; init; }

    /// <summary>Why it is held or closed.</summary>
    public required IReadOnlyList<HoldReason> Reasons { get; init; }

    /// <summary>It is held for an emergency.</summary>
    public required bool Urgent { get; init; }

    /// <summary>Screening has not looked at it yet: it reads what is committed before it.</summary>
    public required bool AwaitsScreening { get; init; }

    /// <summary>The patient agrees that clinics see the inquiry.</summary>
    public required bool Shares { get; init; }

    /// <summary>First to last.</summary>
    public required IReadOnlyList<PatientReferral> Referrals { get; init; }

    /// <summary>Nothing more happens with it.</summary>
    public bool IsOver => State is InquiryState.Closed or InquiryState.Erased;

    /// <summary>A clinic has it in hand: what is asked for cannot be changed under its feet.</summary>
    public bool IsInHand => Referrals.Any(r => ReferralTransitions.IsInHand(r.State));

    public PatientReferral? Referral(int n) => Referrals.FirstOrDefault(r => r.N == n);

    /// <summary>
    /// The clinic may see who the patient is, now or when they choose so: one that is asked or has the inquiry, and of an inquiry that has
    /// ended the one that treated them.
    /// </summary>
    public bool Concerns(PatientReferral referral) =>
        IsOver ? referral is { State: ReferralState.Completed, IsDisclosed: true } : referral.IsCurrent;

    /// <summary>The clinic sees at this moment who the patient is.</summary>
    public bool Sees(PatientReferral referral) => IdentityRule.MaySee(referral.State, referral.IsDisclosed, Shares, referral.Choice);

    /// <summary>
    /// The clinic is told of what the patient writes for all: it has them in hand, or can answer its offer, and decides better for having
    /// read it. Whether it reads who they are is another question (<see cref="Sees"/>).
    /// </summary>
    public bool ReadsInformation(PatientReferral referral) => Shares && (ReferralTransitions.IsInHand(referral.State)
        || (ReferralTransitions.IsOpen(referral.State) && State == InquiryState.Referred));

    /// <summary>The clinic is told of the answer to its question: it may still act on it.</summary>
    public bool ReadsAnswer(PatientReferral referral) => Shares && referral.IsCurrent;
}

/// <summary>One clinic's part in it.</summary>
public sealed record PatientReferral
{
    /// <summary>1 for the clinic that was asked first, and so on.</summary>
    public required int N { get; init; }

    public required ReferralState State { get; init; }

    /// <summary>Why it ended, as a code.</summary>
    public required string? Reason { get; init; }

    /// <summary>The clinic has said yes, or the patient has chosen its quote, and that stands.</summary>
    public required bool IsAccepted { get; init; }

    /// <summary>It was shown who the patient is, and may see it as long as they agree.</summary>
    public required bool IsDisclosed { get; init; }

    /// <summary>It was shown who the patient is, whatever it may see now.</summary>
    public required bool WasDisclosed { get; init; }

    /// <summary>Whether the patient lets it see who they are; null: they have not chosen.</summary>
    public required bool? Choice { get; init; }

    /// <summary>The patient has said that what the clinic reports is not so.</summary>
    public bool IsDisputed { get; init; }

    /// <summary>The clinic is asked, or has the inquiry in hand.</summary>
    public bool IsCurrent => ReferralTransitions.IsOpen(State) || ReferralTransitions.IsInHand(State);

    /// <summary>The clinic has said yes and has the patient still.</summary>
    public bool HasPatient => IsAccepted && ReferralTransitions.IsInHand(State);
}
