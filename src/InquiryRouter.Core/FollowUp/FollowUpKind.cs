namespace InquiryRouter.Core.FollowUp;

/// <summary>What falls due. Stored by name.</summary>
public enum FollowUpKind
{
    /// <summary>A clinic's offer window ends.</summary>
    OfferExpiry,

    /// <summary>A quote was given on the summary, and the patient has not decided on it.</summary>
    QuoteExpiry,

    /// <summary>Half of a clinic's offer window is over.</summary>
    OfferReminder,

    /// <summary>The patient is asked how it is going.</summary>
    CheckIn,
}
