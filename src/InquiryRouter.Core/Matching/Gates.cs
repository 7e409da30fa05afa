using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>What can stop a clinic, in the order it is asked. Codes for storage and programs are in <see cref="Gates.Code"/>.</summary>
public enum Gate
{
    Inactive,
    AlreadyTried,
    Condition,
    ConditionType,
    Treatment,
    CellSource,
    CountryRuleUnknown,
    CountryRuleForbids,
    CountryRuleCredential,
    Accreditation,
    AgeGroup,
    Destination,
    Language,
    WeeklyCap,
}

/// <summary>The gates between a patient and a clinic. They fail closed: what is not known is not a yes.</summary>
public static class Gates
{
    private const int AdultAge = 18;

    /// <summary>Scopes a credential must have at least one of to cover clinical treatment with cells.</summary>
    private static readonly string[] s_clinicalScopes = ["hospital", "programme", "cell-therapy-clinical"];

    /// <summary>The first gate that stops the clinic, or null when it may be offered the inquiry.</summary>
    /// <param name="offering">The clinic's treatment that fits, when the gates up to it were passed.</param>
    public static Gate? Check(
        InquiryFacts facts, Clinic clinic, MatchRules rules, MatchLoad load, DateTimeOffset now, out ClinicTreatment? offering)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        offering = null;
        if (!clinic.Active)
        {
            return Gate.Inactive;
        }

        if (load.TriedClinics.Contains(clinic.Code))
        {
            return Gate.AlreadyTried;
        }

        if (FindOffering(facts, clinic, rules.Lists, out offering) is { } stopped)
        {
            return stopped;
        }

        if (CheckCountry(facts, clinic, offering!, rules, day) is { } law)
        {
            return law;
        }

        if (!IsAccredited(clinic, rules, day))
        {
            return Gate.Accreditation;
        }

        if (!clinic.AgeGroups.Contains(now.UtcDateTime.Year - facts.BirthYear <= AdultAge ? "child" : "adult", StringComparer.Ordinal))
        {
            return Gate.AgeGroup;
        }

        if (!AcceptsDestination(facts, clinic, rules.Lists))
        {
            return Gate.Destination;
        }

        if (!clinic.Languages.Contains(facts.Language, StringComparer.Ordinal))
        {
            return Gate.Language;
        }

        return clinic.WeeklyCap < 1 || load.FullClinics.Contains(clinic.Code) ? Gate.WeeklyCap : null;
    }

    /// <summary>The stable name of a gate, for storage and programs.</summary>
    public static string Code(Gate gate) => gate switch
    {
        Gate.Inactive => "inactive",
        Gate.AlreadyTried => "already-tried",
        Gate.Condition => "condition",
        Gate.ConditionType => "condition-type",
        Gate.Treatment => "treatment",
        Gate.CellSource => "cell-source",
        Gate.CountryRuleUnknown => "country-rule-unknown",
        Gate.CountryRuleForbids => "country-rule-forbids",
        Gate.CountryRuleCredential => "country-rule-credential",
        Gate.Accreditation => "accreditation",
        Gate.AgeGroup => "age-group",
        Gate.Destination => "destination",
        Gate.Language => "language",
        Gate.WeeklyCap => "weekly-cap",
        _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, null),
    };

    /// <summary>One sentence for a coordinator, with the fact it rests on.</summary>
    public static string Explain(Gate gate, InquiryFacts facts, Clinic clinic, MatchRules rules, DateTimeOffset now)
    {
        var lists = rules.Lists;
        return gate switch
        {
            Gate.Inactive => "The clinic is not active in the network.",
            Gate.AlreadyTried => "The clinic has been offered this inquiry before.",
            Gate.Condition => $"The clinic does not treat {lists.ConditionName(facts.Condition)}.",
            Gate.ConditionType => facts.ConditionType is null
                ? $"The patient does not know the type of {lists.ConditionName(facts.Condition)}, and the clinic treats certain types only."
                : $"The clinic does not treat this type ({facts.ConditionType}) of {lists.ConditionName(facts.Condition)}.",
            Gate.Treatment => $"The clinic does not offer {lists.TreatmentName(facts.Treatment)} for {lists.ConditionName(facts.Condition)}.",
            Gate.CellSource => $"The clinic does not work with cells from {facts.CellSource}.",
            Gate.CountryRuleUnknown => $"No rule on this treatment is known for {lists.CountryName(clinic.Country)}; a coordinator must decide.",
            Gate.CountryRuleForbids or Gate.CountryRuleCredential => ExplainLaw(facts, clinic, rules, now),
            Gate.Accreditation => ExplainCredentials(clinic, rules, now),
            Gate.AgeGroup => $"The clinic treats {string.Join(" and ", clinic.AgeGroups)} patients only.",
            Gate.Destination => $"The patient does not want to travel to {lists.CountryName(clinic.Country)}.",
            Gate.Language => $"Nobody at the clinic speaks the patient's language ({(lists.Languages.TryGetValue(facts.Language, out var language) ? language.Name : facts.Language)}).",
            Gate.WeeklyCap => clinic.WeeklyCap < 1 ? "The clinic takes no referrals: its weekly cap is 0." : $"The clinic has had its {clinic.WeeklyCap} referrals of this week.",
            _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, null),
        };
    }

    private static Gate? FindOffering(InquiryFacts facts, Clinic clinic, ReferenceLists lists, out ClinicTreatment? offering)
    {
        offering = null;
        var covers = lists.Treatments.TryGetValue(facts.Treatment, out var treatment) ? treatment.Covers : null;

        // The gate reported is the last one an offering of this clinic got to: the most helpful "no".
        var furthest = Gate.Condition;
        foreach (var candidate in clinic.Treatments)
        {
            Gate? stopped =
                candidate.Condition != facts.Condition ? Gate.Condition
                : candidate.ConditionType is not null && candidate.ConditionType != facts.ConditionType ? Gate.ConditionType
                : covers is null || !covers.Contains(candidate.Treatment) ? Gate.Treatment
                : facts.CellSource != ReferenceLists.AnyCellSource && !candidate.CellSources.Contains(facts.CellSource, StringComparer.Ordinal) ? Gate.CellSource
                : null;
            if (stopped is null)
            {
                offering = candidate;
                return null;
            }

            furthest = stopped.Value > furthest ? stopped.Value : furthest;
        }

        return furthest;
    }

    private static Gate? CheckCountry(InquiryFacts facts, Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day)
    {
        var rule = rules.RuleFor(clinic.Country, offering.Treatment, facts.Condition, day);
        return rule?.Outcome switch
        {
            null => Gate.CountryRuleUnknown,
            RuleOutcome.Permitted => null,
            RuleOutcome.RequiresCredential or RuleOutcome.TrialOnly
                => Holds(clinic, rule.Requires, day) ? null : Gate.CountryRuleCredential,
            _ => Gate.CountryRuleForbids,
        };
    }

    // Loops, not queries: these run for every clinic of the network and every inquiry.
    private static bool IsAccredited(Clinic clinic, MatchRules rules, DateOnly day)
    {
        foreach (var credential in clinic.Credentials)
        {
            if (credential.IsInForce(day) && CoversClinicalCare(credential, rules))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(Clinic clinic, string? body, DateOnly day)
    {
        foreach (var credential in clinic.Credentials)
        {
            if (credential.Body == body && credential.IsInForce(day))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool CoversClinicalCare(Credential credential, MatchRules rules)
    {
        if (rules.Body(credential.Body) is not { CountsAsClinical: true })
        {
            return false;
        }

        foreach (var scope in credential.Scope)
        {
            if (Array.IndexOf(s_clinicalScopes, scope) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AcceptsDestination(InquiryFacts facts, Clinic clinic, ReferenceLists lists)
    {
        foreach (var destination in facts.Destinations)
        {
            if (destination == ReferenceLists.Anywhere || destination == clinic.Country
                || (lists.Regions.TryGetValue(destination, out var region) && region.Countries.Contains(clinic.Country)))
            {
                return true;
            }
        }

        return false;
    }

    private static string ExplainLaw(InquiryFacts facts, Clinic clinic, MatchRules rules, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        FindOffering(facts, clinic, rules.Lists, out var offering);
        var rule = offering is null ? null : rules.RuleFor(clinic.Country, offering.Treatment, facts.Condition, day);
        if (rule is null)
        {
            return "The rule this rested on is no longer in the reference data.";
        }

        var need = rule.Outcome switch
        {
            RuleOutcome.RequiresCredential => $" The clinic has no verified credential in force of {rules.BodyName(rule.Requires)}.",
            RuleOutcome.TrialOnly => $" The clinic has no verified trial registration in force with {rules.BodyName(rule.Requires)}.",
            _ => string.Empty,
        };
        return $"{rules.Lists.CountryName(clinic.Country)}: {rule.Summary}{need} Source: {rule.Source}{(rule.Reviewed ? string.Empty : " (not yet reviewed)")}.";
    }

    private static string ExplainCredentials(Clinic clinic, MatchRules rules, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var found = clinic.Credentials.Select(c => rules.BodyName(c.Body) + " " + (
            rules.Body(c.Body) is not { CountsAsClinical: true } ? "does not accredit clinical care"
            : !CoversClinicalCare(c, rules) ? c.Scope.Count == 0 ? "states no scope" : $"covers {string.Join(", ", c.Scope)} only"
            : !c.IsVerified ? "is claimed, not verified"
            : c.Status != "active" ? $"is {c.Status}"
            : day > c.ValidTo ? $"ended on {c.ValidTo:yyyy-MM-dd}"
            : $"begins on {c.ValidFrom:yyyy-MM-dd}")).ToList();
        return found.Count == 0
            ? "The clinic has no credential."
            : $"No verified accreditation in force covers this treatment: {string.Join("; ", found)}.";
    }
}
