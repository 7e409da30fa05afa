namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Is it known what the country's law says about the treatment? Unknown is never a yes, nor is what can be read both ways.</summary>
internal sealed class CountryRuleUnknownGate() : RequirementGate(Gate.CountryRuleUnknown, "country-rule-unknown")
{
    protected override string? WhyNot(Offering offering) =>
        offering.Law is not { } law ? $"No rule on this treatment is known for {offering.CountryName}; a coordinator must decide."
        : law.FirstOrDefault(l => l.Rule.Outcome == RuleOutcome.Undecided).Rule is { } undecided
            ? CountryRuleForbidsGate.Law(offering, undecided, " A coordinator must decide.")
            : null;

    protected override Fact WhyYes(Offering offering) => CountryRuleForbidsGate.Rules(
        offering, offering.Law!.Select(l => l.Rule), "What the law says is known.");
}
