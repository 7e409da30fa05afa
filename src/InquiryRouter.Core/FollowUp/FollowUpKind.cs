namespace InquiryRouter.Core.FollowUp;

/// <summary>What falls due. Stored by name.</summary>
public enum FollowUpKind
{
    /// <summary>A clinic's offer window ends.</summary>
    OfferExpiry,
}
