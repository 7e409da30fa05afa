namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Is it the treatment that is asked for, or one of its family?</summary>
internal sealed class TreatmentGate() : InquiryGate(Gate.Treatment, "treatment", endsOffers: true)
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        asking.Treatments.Contains(offering.Treats.Treatment) ? null
        : $"The clinic does not offer {asking.Lists.TreatmentName(asking.Facts.Treatment)} for {asking.ConditionName}.";

    protected override Fact WhyYes(Offering offering, Asking asking) => new($"The clinic offers {offering.TreatmentName}.");
}
