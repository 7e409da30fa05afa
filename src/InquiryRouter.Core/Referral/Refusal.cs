namespace InquiryRouter.Core.Referral;

/// <summary>Why a patient or a clinic cannot do something now.</summary>
public enum Refusal
{
    /// <summary>They have done so before.</summary>
    AlreadyDone,

    /// <summary>Its time is over, or has not come: the inquiry or the offer has ended, or the clinic does not have the patient.</summary>
    Ended,

    /// <summary>The patient does not agree that clinics see the inquiry.</summary>
    NoConsent,
}
