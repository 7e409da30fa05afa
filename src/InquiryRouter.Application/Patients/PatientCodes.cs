namespace InquiryRouter.Application.Patients;

/// <summary>Why an offer was taken back because of something the patient did; stored as the referral's reason.</summary>
public static class WithdrawReason
{
    public const string PatientDeclined = "patient-declined";
    public const string PatientWithdrew = "patient-withdrew";
    public const string ConsentWithdrawn = "consent-withdrawn";
    public const string Corrected = "corrected";
}

/// <summary>Lines of the history that only the patient writes.</summary>
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
}

/// <summary>What the page says after something was done: a code in its address.</summary>
public static class StatusNotice
{
    public const string Parameter = "done";
    public const string QuoteDeclined = "quote-declined";
    public const string IdentityShown = "identity-shown";
    public const string IdentityHidden = "identity-hidden";
    public const string ConsentGiven = "consent-given";
    public const string ConsentWithdrawn = "consent-withdrawn";
    public const string Added = "added";
    public const string CheckedIn = "checked-in";
    public const string Withdrawn = "withdrawn";
    public const string ContactCorrected = "contact-corrected";
    public const string Corrected = "corrected";

    /// <summary>There is no page any more to say it on; the link says so by itself.</summary>
    public const string Erased = "erased";

    /// <summary>The clinic no longer meets a requirement: it is not shown who the patient is.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>Something else has happened meanwhile: nothing was changed.</summary>
    public const string Moved = "moved";

    public static readonly IReadOnlyList<string> All =
    [
        QuoteDeclined, IdentityShown, IdentityHidden, ConsentGiven, ConsentWithdrawn, Added, CheckedIn, Withdrawn, ContactCorrected, Corrected, Lapsed, Moved,
    ];
}
