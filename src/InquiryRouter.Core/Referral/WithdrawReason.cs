namespace InquiryRouter.Core.Referral;

/// <summary>
/// Why a referral was taken back from a clinic that had not given it up: stored as its reason. The code of a gate is one as well.
/// </summary>
public static class WithdrawReason
{
    /// <summary>The patient said no to the clinic's quote.</summary>
    public const string PatientDeclined = "patient-declined";

    public const string PatientWithdrew = "patient-withdrew";
    public const string ConsentWithdrawn = "consent-withdrawn";

    /// <summary>The patient asks for something else now.</summary>
    public const string Corrected = "corrected";

    /// <summary>Another clinic has the patient.</summary>
    public const string Placed = "placed";

    /// <summary>The quote's time is over, and the patient has not decided.</summary>
    public const string QuoteEnded = "quote-ended";

    public const string Erased = "erased";

    /// <summary>A coordinator has closed the inquiry.</summary>
    public const string Closed = "closed";

    /// <summary>The clinic's mail server does not take the offer.</summary>
    public const string MailUndeliverable = "mail-undeliverable";
}
