namespace InquiryRouter.Core.Matching.Gates;

/// <summary>
/// Does the clinic hold, in force and at the site, what the country's law asks of it? A registered trial counts for what it is
/// of: its registration
/// names the condition and the treatment among its scopes (DOMAIN, India: only in a registered trial).
/// </summary>
internal sealed class CountryRuleCredentialGate() : RequirementGate(Gate.CountryRuleCredential, "country-rule-credential")
{
    private const string TrialScope = "clinical-trial";

    protected override string? WhyNot(Offering offering)
    {
        var rule = offering.Rule!;
        var held = offering.Clinic.Credentials.Where(c => c.Body == rule.Requires && c.IsInForce(offering.Day) && offering.IsAtSiteOf(c));
        var lacks = rule.Outcome switch
        {
            RuleOutcome.RequiresCredential when !held.Any() =>
                $" The clinic has no verified credential in force of {offering.Rules.BodyName(rule.Requires)}.",
            RuleOutcome.TrialOnly when !held.Any(c => IsTrialOf(offering, c)) => NoTrial(offering, held.FirstOrDefault()),
            _ => null,
        };
        return lacks is null ? null : CountryRuleForbidsGate.Law(offering, lacks);
    }

    private static bool IsTrialOf(Offering offering, Credential credential) =>
        credential.Scope.Contains(TrialScope, StringComparer.Ordinal)
        && credential.Scope.Contains(offering.Treats.Condition, StringComparer.Ordinal)
        && credential.Scope.Contains(offering.Treats.Treatment, StringComparer.Ordinal);

    private static string NoTrial(Offering offering, Credential? other) => other is null
        ? $" The clinic has no verified trial registration in force with {offering.Rules.BodyName(offering.Rule!.Requires)}."
        : $" Its trial registration does not name {offering.TreatmentName} and {offering.ConditionName};"
            + $" it names {string.Join(", ", other.Scope)}.";
}
