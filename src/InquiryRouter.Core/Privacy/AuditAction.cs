namespace InquiryRouter.Core.Privacy;

/// <summary>
/// Lines of the history that only the patient writes. A move of the inquiry has a line of its own, which is called after what moved it.
/// </summary>
public static class AuditAction
{
    /// <summary>Detail: the clinic's code.</summary>
    public const string IdentityShown = "identity-shown";

    /// <summary>Detail: the clinic's code.</summary>
    public const string IdentityHidden = "identity-hidden";

    public const string ConsentGiven = "consent-given";
    public const string ConsentWithdrawn = "consent-withdrawn";
    public const string InformationAdded = "information-added";

    /// <summary>Detail: the code of the answer.</summary>
    public const string CheckedIn = "check-in";

    /// <summary>Detail: the clinic's code.</summary>
    public const string QuoteDeclined = "quote-declined";

    public const string ContactCorrected = "contact-corrected";
    public const string Unsubscribed = "unsubscribed";
}
