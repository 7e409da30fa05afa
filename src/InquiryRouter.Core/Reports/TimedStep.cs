namespace InquiryRouter.Core.Reports;

/// <summary>Something that takes time.</summary>
/// <param name="Code">Stored, and in addresses.</param>
/// <param name="Name">What a person reads.</param>
/// <param name="Says">From when to when.</param>
/// <param name="Milestone">The list of those that have come so far has as many; null: it is counted otherwise.</param>
/// <param name="IsOfInquiry">It is taken once by an inquiry; false: once by each offer, or each hold.</param>
public sealed record TimedStep(string Code, string Name, string Says, string? Milestone = null, bool IsOfInquiry = true)
{
    public static readonly TimedStep Acknowledged =
        new("acknowledged", "Acknowledged", "from the inquiry to the mail that says we have it");

    public static readonly TimedStep LookedAt =
        new("looked-at", "Looked at by us", "from each hold to the moment it goes on or is closed", IsOfInquiry: false);

    public static readonly TimedStep FirstOffer =
        new("first-offer", "First clinic asked", "from the inquiry to its first offer", Reports.Milestone.Offered);

    public static readonly TimedStep Answer =
        new("answer", "Clinic answers", "from each offer to a yes, a no or a price, nights and weekends too", IsOfInquiry: false);

    public static readonly TimedStep FirstYes =
        new("first-yes", "First yes", "from the inquiry to the first yes of a clinic", Reports.Milestone.Accepted);

    public static readonly TimedStep Booking = new("booking", "Booked", "from the first yes to the booking");

    public static readonly TimedStep Closing = new("closing", "Closed", "from the inquiry to its end");

    public static readonly IReadOnlyList<TimedStep> All = [Acknowledged, LookedAt, FirstOffer, Answer, FirstYes, Booking, Closing];

    public static TimedStep? Of(string? code) => All.FirstOrDefault(s => s.Code == code);
}
