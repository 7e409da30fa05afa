using InquiryRouter.Core.Referral;

namespace InquiryRouter.Application;

/// <summary>What a patient or a clinic cannot do now, as an outcome.</summary>
public static class Refusals
{
    /// <summary>A code of <see cref="Outcome.NotPossible"/>: its time is over, or has not come.</summary>
    public const string Ended = "ended";

    /// <summary>A code of <see cref="Outcome.NotPossible"/>: the patient does not agree that clinics see the inquiry.</summary>
    public const string NoConsent = "no-consent";

    internal static Outcome AsOutcome(this Refusal refusal) => refusal switch
    {
        Refusal.AlreadyDone => Outcome.AlreadyDone.It,
        Refusal.NoConsent => new Outcome.NotPossible(NoConsent),
        Refusal.Ended => new Outcome.NotPossible(Ended),
    };
}
