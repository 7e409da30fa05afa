namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Is it known what the country's law says about the treatment? Unknown is never a yes.</summary>
internal sealed class CountryRuleUnknownGate() : RequirementGate(Gate.CountryRuleUnknown, "country-rule-unknown")
{
    protected override string? WhyNot(Offering offering) =>
        offering.Rule is not null ? null : $"No rule on this treatment is known for {offering.CountryName}; a coordinator must decide.";
}
