namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the patient want to travel there: to the country, its region, or anywhere?</summary>
internal sealed class DestinationGate() : InquiryGate(Gate.Destination, "destination")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        asking.HowWanted(offering.Clinic.Country) is not null ? null : $"The patient does not want to travel to {offering.CountryName}.";
}
