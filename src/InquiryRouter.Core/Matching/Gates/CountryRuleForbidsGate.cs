namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the country's law permit the treatment, at least under a condition?</summary>
internal sealed class CountryRuleForbidsGate() : RequirementGate(Gate.CountryRuleForbids, "country-rule-forbids")
{
    protected override string? WhyNot(Offering offering) =>
        offering.Law!.FirstOrDefault(
            l => l.Rule.Outcome is not (RuleOutcome.Permitted or RuleOutcome.RequiresCredential or RuleOutcome.TrialOnly)).Rule is { } rule
            ? Law(offering, rule, string.Empty)
            : null;

    /// <summary>What the law says, what the clinic lacks for it, and where that stands.</summary>
    /// <param name="need">A sentence after a blank, or nothing.</param>
    public static string Law(Offering offering, CountryRule rule, string need) =>
        $"{offering.CountryName}: {rule.Summary}{need} Source: {Source(rule.Source, rule.Reviewed)}.";

    /// <summary>Where a rule stands, and that nobody at the operator has confirmed it where that is so.</summary>
    public static string Source(string source, bool isReviewed) => isReviewed ? source : $"{source} (not yet reviewed)";

    protected override Fact WhyYes(Offering offering) => Rules(offering, offering.Law!.Select(l => l.Rule), "The law does not forbid it.");

    /// <summary>Rules as the fact that a yes rests on.</summary>
    /// <param name="offering">What they are about.</param>
    /// <param name="rules">At least one.</param>
    /// <param name="so">What follows from them.</param>
    public static Fact Rules(Offering offering, IEnumerable<CountryRule> rules, string so)
    {
        var said = rules.ToList();
        return new Fact(
            $"{so} {offering.CountryName}: {string.Join(" ", said.Select(r => r.Summary).Distinct(StringComparer.Ordinal))}",
            string.Join("; ", said.Select(r => Source(r.Source, r.Reviewed)).Distinct(StringComparer.Ordinal)));
    }
}
