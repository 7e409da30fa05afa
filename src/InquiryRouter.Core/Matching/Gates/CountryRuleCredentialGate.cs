namespace InquiryRouter.Core.Matching.Gates;

/// <summary>
/// Does the clinic hold, in force and at the site, what the country's law asks of it? A plan, a registration or a trial counts for
/// what it names: one for chronic pain opens nothing for lupus, one for fat-derived cells nothing for cells of cord blood.
/// </summary>
internal sealed class CountryRuleCredentialGate() : RequirementGate(Gate.CountryRuleCredential, "country-rule-credential")
{
    private const string TrialScope = "clinical-trial";

    protected override string? WhyNot(Offering offering)
    {
        foreach (var (rule, sources) in offering.Law!)
        {
            if (rule.Outcome is not (RuleOutcome.RequiresCredential or RuleOutcome.TrialOnly))
            {
                continue;
            }

            var held = offering.Clinic.Credentials
                .Where(c => c.Body == rule.Requires && c.IsInForce(offering.Day) && offering.IsAtSiteOf(c)).ToList();
            foreach (var source in sources)
            {
                if (!held.Exists(c => !Lacks(offering, rule, c, source).Any()))
                {
                    var need = held.Count == 0 ? Nothing(offering, rule) : Unnamed(offering, rule, held, source);
                    return CountryRuleForbidsGate.Law(offering, rule, need);
                }
            }
        }

        return null;
    }

    // What a credential would have to name and does not, in words.
    private static IEnumerable<string> Lacks(Offering offering, CountryRule rule, Credential credential, string? source)
    {
        var isTrial = rule.Outcome == RuleOutcome.TrialOnly;
        var named = credential.Named().ToList();

        // Rules of before asked a registered trial, and it alone, what it is of.
        var must = rule.MustName ?? (isTrial ? [MustName.Treatment, MustName.Condition] : []);
        if (must.Contains(MustName.Treatment, StringComparer.Ordinal) && !named.Contains(offering.Treats.Treatment, StringComparer.Ordinal))
        {
            yield return offering.TreatmentName;
        }

        if (must.Contains(MustName.Condition, StringComparer.Ordinal) && !named.Contains(offering.Treats.Condition, StringComparer.Ordinal))
        {
            yield return offering.ConditionName;
        }

        if (must.Contains(MustName.CellSource, StringComparer.Ordinal) && (source is null || !named.Contains(source, StringComparer.Ordinal)))
        {
            yield return source is null ? "what the cells are taken from" : $"cells from {source}";
        }

        if (isTrial && !named.Contains(TrialScope, StringComparer.Ordinal))
        {
            yield return TrialScope;
        }
    }

    private static string Nothing(Offering offering, CountryRule rule)
    {
        var asked = offering.Rules.BodyName(rule.Requires);
        var lacks = rule.Outcome == RuleOutcome.TrialOnly
            ? $" The clinic has no verified trial registration in force with {asked}."
            : $" The clinic has no verified credential in force of {asked}.";
        var isMore = offering.Clinic.Credentials.Any(
            c => c.Body == rule.NotEnough && c.IsInForce(offering.Day) && offering.IsAtSiteOf(c));
        return isMore
            ? $"{lacks} It has one of {offering.Rules.BodyName(rule.NotEnough)}, which alone is no yes: a coordinator must decide."
            : lacks;
    }

    private static string Unnamed(Offering offering, CountryRule rule, List<Credential> held, string? source)
    {
        if (rule.MustName is null)
        {
            return $" Its trial registration does not name {offering.TreatmentName} and {offering.ConditionName};"
                + $" it names {string.Join(", ", held[0].Scope)}.";
        }

        var nearest = held.MinBy(c => Lacks(offering, rule, c, source).Count())!;
        return $" What it has of {offering.Rules.BodyName(rule.Requires)} does not name"
            + $" {string.Join(" and ", Lacks(offering, rule, nearest, source))}; it names {string.Join(", ", nearest.Named())}.";
    }

    protected override Fact WhyYes(Offering offering)
    {
        var asked = offering.Law!.Where(l => l.Rule.Outcome is RuleOutcome.RequiresCredential or RuleOutcome.TrialOnly).ToList();
        var held = asked.SelectMany(l => l.CellSources.Select(source => offering.Clinic.Credentials.FirstOrDefault(
                c => c.Body == l.Rule.Requires && c.IsInForce(offering.Day) && offering.IsAtSiteOf(c) && !Lacks(offering, l.Rule, c, source).Any())))
            .OfType<Credential>().Distinct().ToList();
        return held.Count == 0 ? new Fact("The law asks the clinic for no credential of its own.") : AccreditationGate.Held(offering, held);
    }
}
