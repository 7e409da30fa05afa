namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the patient want to travel there: to the country, its region, or anywhere?</summary>
internal sealed class DestinationGate() : InquiryGate(Gate.Destination, "destination")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        asking.HowWanted(offering.Clinic.Country) is not null ? null : $"The patient does not want to travel to {offering.CountryName}.";

    protected override Fact WhyYes(Offering offering, Asking asking) => new(asking.HowWanted(offering.Clinic.Country) switch
    {
        Wanted.ByName => $"The patient named {offering.CountryName}.",
        Wanted.ByRegion => $"The patient named a region that {offering.CountryName} is in.",
        _ => "The patient would travel anywhere.",
    });
}
