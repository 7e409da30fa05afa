using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>A body that issues credentials, and whether its word counts for clinical care.</summary>
/// <param name="CountsAsClinical">False for quality-system and laboratory certificates, licences, and accreditors of accreditors.</param>
public sealed record AccreditationBody(string Code, string Name, bool CountsAsClinical, string? Note);

public enum RuleOutcome
{
    Permitted,

    /// <summary>Permitted to a clinic that holds <see cref="CountryRule.Requires"/>.</summary>
    RequiresCredential,

    /// <summary>Only inside a registered trial; <see cref="CountryRule.Requires"/> names the registry.</summary>
    TrialOnly,

    Forbidden,
}

/// <summary>What a country's law says about a treatment, between two dates.</summary>
public sealed record CountryRule
{
    public required string Country { get; init; }

    public required string Treatment { get; init; }

    /// <summary>Conditions the rule speaks of; empty: all.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    public required DateOnly? From { get; init; }

    public required DateOnly? To { get; init; }

    public required RuleOutcome Outcome { get; init; }

    /// <summary>Code of the body whose credential is asked for, with <see cref="RuleOutcome.RequiresCredential"/> and <see cref="RuleOutcome.TrialOnly"/>.</summary>
    public required string? Requires { get; init; }

    public required string Summary { get; init; }

    public required string Source { get; init; }

    /// <summary>False until a person at the operator has confirmed the rule.</summary>
    public required bool Reviewed { get; init; }

    public bool IsInEffect(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);
}

/// <summary>The rules a match rests on: which bodies count, what each country permits, what treatments and regions mean.</summary>
public sealed class MatchRules(
    FrozenDictionary<string, AccreditationBody> bodies,
    IReadOnlyList<CountryRule> countryRules,
    Intake.ReferenceLists lists)
{
    private readonly FrozenDictionary<(string Country, string Treatment), CountryRule[]> _byCountry = countryRules
        .GroupBy(r => (r.Country, r.Treatment))
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public Intake.ReferenceLists Lists { get; } = lists;

    public AccreditationBody? Body(string code) => bodies.GetValueOrDefault(code);

    public string BodyName(string? code) => code is not null && bodies.TryGetValue(code, out var body) ? body.Name : code ?? "the authority";

    /// <summary>The rule for this condition on this day, or null: unknown, which is never a yes.</summary>
    public CountryRule? RuleFor(string country, string treatment, string condition, DateOnly day)
    {
        foreach (var rule in _byCountry.GetValueOrDefault((country, treatment), []))
        {
            if (rule.IsInEffect(day) && (rule.Conditions.Count == 0 || rule.Conditions.Contains(condition, StringComparer.Ordinal)))
            {
                return rule;
            }
        }

        return null;
    }
}
