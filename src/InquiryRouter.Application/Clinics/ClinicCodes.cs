namespace InquiryRouter.Application.Clinics;

/// <summary>Why a clinic could not do something: codes of <see cref="Outcome.NotPossible"/>.</summary>
public static class ClinicCodes
{
    /// <summary>The offer has ended, or the clinic does not have the patient.</summary>
    public const string Ended = Refusals.Ended;

    /// <summary>The patient does not agree that clinics see the inquiry.</summary>
    public const string NoConsent = Refusals.NoConsent;

    /// <summary>It is nobody in the clinic's record.</summary>
    public const string NotAColleague = "not-a-colleague";

    /// <summary>More than a referral is forwarded in good faith.</summary>
    public const string TooManyForwards = "too-many-forwards";

    /// <summary>A pause does not end on this day.</summary>
    public const string NoDayOfAPause = "no-day-of-a-pause";
}
