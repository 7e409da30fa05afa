namespace InquiryRouter.Core.FollowUp;

/// <summary>What falls due. Stored by name.</summary>
public enum FollowUpKind
{
    /// <summary>A clinic's offer window ends.</summary>
    OfferExpiry,

    /// <summary>A quote was given on the summary, and the patient has not decided on it.</summary>
    QuoteExpiry,
}
