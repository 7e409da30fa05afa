namespace InquiryRouter.Web.Patient;

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
    public const string HealthSaved = "health-saved";
    public const string CheckedIn = "checked-in";
    public const string Withdrawn = "withdrawn";
    public const string ContactCorrected = "contact-corrected";
    public const string Corrected = "corrected";

    /// <summary>The message alone.</summary>
    public const string MessageCorrected = "message-corrected";

    /// <summary>A clinic was asked something.</summary>
    public const string Asked = "asked";

    /// <summary>What a clinic reports is not so.</summary>
    public const string Disputed = "disputed";

    /// <summary>The clock they live by was chosen.</summary>
    public const string ZoneChosen = "zone-chosen";

    public const string LinkReplaced = "link-replaced";

    /// <summary>There is no page any more to say it on; the link says so by itself.</summary>
    public const string Erased = "erased";

    /// <summary>The clinic no longer meets a requirement: it is not shown who the patient is.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>The address was changed too often to be changed again now.</summary>
    public const string ChangedOften = "changed-often";

    /// <summary>Something else has happened meanwhile: nothing was changed.</summary>
    public const string Moved = "moved";

    public static readonly IReadOnlyList<string> All =
    [
        QuoteDeclined, IdentityShown, IdentityHidden, ConsentGiven, ConsentWithdrawn, Added, HealthSaved, CheckedIn, Withdrawn, ContactCorrected,
        Corrected, MessageCorrected, ZoneChosen, Asked, Disputed, LinkReplaced, Lapsed, ChangedOften, Moved,
    ];
}
