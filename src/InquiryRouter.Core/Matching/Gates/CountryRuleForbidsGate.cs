namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the country's law permit the treatment, at least under a condition?</summary>
internal sealed class CountryRuleForbidsGate() : RequirementGate(Gate.CountryRuleForbids, "country-rule-forbids")
{
    protected override string? WhyNot(Offering offering) =>
        offering.Rule!.Outcome is RuleOutcome.Permitted or RuleOutcome.RequiresCredential or RuleOutcome.TrialOnly ? null
        : Law(offering, string.Empty);

    /// <summary>What the law says, what the clinic lacks for it, and where that stands.</summary>
    /// <param name="need">A sentence after a blank, or nothing.</param>
    public static string Law(Offering offering, string need) =>
        $"{offering.CountryName}: {offering.Rule!.Summary}{need} Source: {Source(offering.Rule.Source, offering.Rule.Reviewed)}.";

    /// <summary>Where a rule stands, and that nobody at the operator has confirmed it where that is so.</summary>
    public static string Source(string source, bool isReviewed) => isReviewed ? source : $"{source} (not yet reviewed)";
}
