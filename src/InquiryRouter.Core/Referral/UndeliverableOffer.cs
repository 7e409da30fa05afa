namespace InquiryRouter.Core.Referral;

/// <summary>An offer whose mail could not be delivered: the clinic never heard of it.</summary>
public static class UndeliverableOffer
{
    /// <summary>The reason it ended for, stored with the referral.</summary>
    public const string Reason = "mail-undeliverable";
}
