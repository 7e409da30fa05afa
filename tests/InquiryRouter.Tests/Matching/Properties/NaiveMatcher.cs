using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Properties;

/// <summary>
/// The gates once more, as plainly as they can be said, over the records of a scene: nothing is numbered, prepared or shared with the matcher.
/// Slow, and therefore easy to believe.
/// </summary>
internal sealed class NaiveMatcher(Scene scene)
{
    /// <summary>The gate of every clinic by its code.</summary>
    /// <param name="without">Gates that are left open.</param>
    public Dictionary<string, Gate> Gates(params Gate[] without) =>
        scene.Clinics.ToDictionary(c => c.Code, c => GateOf(c, without), StringComparer.Ordinal);

    private Gate GateOf(Clinic clinic, Gate[] without)
    {
        if (!clinic.Active)
        {
            return Gate.Inactive;
        }

        if (clinic.Suspensions.Any(s => s.From <= Day(clinic) && (s.Until is null || Day(clinic) <= s.Until)))
        {
            return Gate.Suspended;
        }

        if (clinic.PausedUntil >= Day(clinic) || clinic.Leave.Any(l => l.From <= Day(clinic) && Day(clinic) <= l.To))
        {
            return Gate.OnLeave;
        }

        if (clinic.MailFailsSince is not null)
        {
            return Gate.MailUnreachable;
        }

        var answers = clinic.Treatments.Where(t => t.Condition == scene.Facts.Condition).Select(t => GateOf(clinic, t, without)).ToList();
        return answers.Count == 0 ? Gate.Condition
            : answers.Contains(Gate.None) ? GateOfLoad(clinic)
            : answers.Max();
    }

    private Gate GateOf(Clinic clinic, ClinicTreatment offering, Gate[] without)
    {
        var facts = scene.Facts;
        var day = Day(clinic);
        string?[] types = offering.ConditionType is { } type ? [type] : [null, .. A.Lists.Conditions[offering.Condition].Types.Select(t => t.Code)];
        string?[] sources = offering.CellSources.Count > 0 ? [.. offering.CellSources] : [null, .. scene.Rules.SelectMany(r => r.CellSources)];
        var laws = sources.SelectMany(source => types.Select(t => (
            Source: offering.CellSources.Count > 0 ? source : null, Rule: RuleOf(clinic, offering with { ConditionType = t }, source, day)))).ToList();
        var permission = A.Permissions.FirstOrDefault(p => p.Country == clinic.Country);
        var price = Price(clinic, offering, day);
        var budget = facts.BudgetAmount is { } amount ? amount / A.Lists.Currencies[facts.BudgetCurrency!].UnitsPerUsd : null;
        (Gate Gate, bool Stops)[] gates =
        [
            (Gate.ConditionType, offering.ConditionType is not null && offering.ConditionType != facts.ConditionType
                && !(facts.ConditionType is null && A.Lists.Conditions[offering.Condition].CommonTypes.Contains(offering.ConditionType))),
            (Gate.Treatment, !A.Lists.Treatments[facts.Treatment].Covers.Contains(offering.Treatment)),
            (Gate.CellSource, facts.CellSource != "any" && !offering.CellSources.Contains(facts.CellSource)),
            (Gate.CountryRuleUnknown, laws.Any(l => l.Rule is null or { Outcome: RuleOutcome.Undecided })),
            (Gate.CountryRuleForbids, laws.Any(l => l.Rule?.Outcome == RuleOutcome.Forbidden)),
            (Gate.CountryRuleCredential, laws.Any(l => l.Rule?.Requires is not null && !clinic.Credentials.Any(
                c => c.Body == l.Rule.Requires && InForce(c, day) && AtSite(c, clinic, offering) && NamesIt(c, l.Rule, offering, l.Source)))),
            (Gate.FacilitatorPermission, permission is not null && (permission.Number is null || permission.ValidFrom > day || permission.ValidTo < day)),
            (Gate.Accreditation, !clinic.Credentials.Any(c => InForce(c, day) && AtSite(c, clinic, offering) && Covers(c, clinic, offering))),
            (Gate.Physician, Specialties(offering).Any(asked => !clinic.Physicians.Any(p => Qualifies(p, asked, day)))),
            (Gate.AgeGroup, !clinic.AgeGroups.Contains(scene.Now.Year - facts.BirthYear <= 18 ? "child" : "adult")),
            (Gate.Destination, !facts.Destinations.Any(d => d == "anywhere" || d == clinic.Country || (A.Lists.Regions.TryGetValue(d, out var region) && region.Countries.Contains(clinic.Country)))),
            (Gate.Language, !clinic.Languages.Contains(facts.Language) && !clinic.Languages.Intersect(facts.AlsoReads).Any()),
            (Gate.Budget, scene.Policy.BudgetCeiling is { } ceiling && budget > 0 && price > budget * (decimal)ceiling),
        ];
        return gates.FirstOrDefault(g => g.Stops && !without.Contains(g.Gate)).Gate;
    }

    private Gate GateOfLoad(Clinic clinic)
    {
        if (scene.Earlier.TryGetValue(clinic.Code, out var earlier))
        {
            return earlier == Earlier.SamePatient ? Gate.Conflict : Gate.AlreadyTried;
        }

        var load = scene.Loads.TryGetValue(clinic.Code, out var found) ? found : new ClinicLoad();
        return load.ThisWeek + load.Kept >= clinic.WeeklyCap ? Gate.WeeklyCap
            : load.Today + load.Kept >= clinic.DailyPace ? Gate.DailyPace
            : Gate.None;
    }

    private static decimal? Price(Clinic clinic, ClinicTreatment offering, DateOnly day) =>
        clinic.Packages
            .Where(p => p.Treatment == offering.Treatment && (p.Condition ?? offering.Condition) == offering.Condition)
            .Where(p => p.ValidFrom <= day && day <= p.ValidTo)
            .Select(p => p.PriceAmount / A.Lists.Currencies[p.PriceCurrency].UnitsPerUsd)
            .Min();

    private static bool InForce(Credential credential, DateOnly day) =>
        credential is { VerifiedBy: not null, VerifiedAt: not null, Status: "active" } && credential.ValidFrom <= day && day <= credential.ValidTo;

    private static bool AtSite(Credential credential, Clinic clinic, ClinicTreatment offering) =>
        credential.Site is null || credential.Site == (offering.Site ?? clinic.Sites.Select(s => s.Code).FirstOrDefault());

    private static bool Covers(Credential credential, Clinic clinic, ClinicTreatment offering) =>
        A.Bodies.Any(b => b.Code == credential.Body && b.CountsAsClinical && (b.Countries.Contains("*") || b.Countries.Contains(clinic.Country))
            && A.Lists.Treatments[offering.Treatment].Scopes.Intersect(b.Covers).Intersect(credential.Scope).Any())
        && (credential.Conditions.Count == 0 || credential.Conditions.Contains(offering.Condition))
        && (credential.Treatments.Count == 0 || credential.Treatments.Contains(offering.Treatment))
        && (credential.CellSources.Count == 0 || !offering.CellSources.Except(credential.CellSources).Any());

    private static bool Qualifies(Physician physician, IReadOnlyList<string> asked, DateOnly day) =>
        physician.Active && physician.Specialties.Intersect(asked).Any()
        && physician.Certifications.Any(c => c is { VerifiedBy: not null, VerifiedAt: not null } && !(c.ValidTo < day));

    private static IReadOnlyList<string>[] Specialties(ClinicTreatment offering)
    {
        var treatment = A.Lists.Treatments[offering.Treatment];
        var ofCondition = A.Lists.Conditions[offering.Condition].Specialties;
        return treatment.Specialties.Count == 0 ? [ofCondition]
            : treatment.AsksConditionSpecialist ? [treatment.Specialties, ofCondition]
            : [treatment.Specialties];
    }

    private CountryRule? RuleOf(Clinic clinic, ClinicTreatment offering, string? source, DateOnly day)
    {
        var all = scene.Rules.Where(
            r => r.Country == clinic.Country && r.Treatment == offering.Treatment && !(r.From > day) && !(r.To < day)
                && (r.Conditions.Count == 0 || r.Conditions.Contains(offering.Condition))
                && (r.ConditionTypes.Count == 0 || r.ConditionTypes.Contains(offering.ConditionType ?? "every"))
                && (r.CellSources.Count == 0 || r.CellSources.Contains(source ?? "unknown"))).ToList();
        return all.Find(r => r.ConditionTypes.Count > 0 && r.CellSources.Count > 0) ?? all.Find(r => r.ConditionTypes.Count > 0)
            ?? all.Find(r => r.Conditions.Count > 0 && r.CellSources.Count > 0) ?? all.Find(r => r.Conditions.Count > 0)
            ?? all.Find(r => r.CellSources.Count > 0) ?? all.FirstOrDefault();
    }

    private static bool NamesIt(Credential credential, CountryRule rule, ClinicTreatment offering, string? source)
    {
        string[] named = [.. credential.Scope, .. credential.Conditions, .. credential.Treatments, .. credential.CellSources];
        string?[] asked = (rule.Outcome, rule.MustName) switch
        {
            (RuleOutcome.TrialOnly, null) => ["clinical-trial", offering.Condition, offering.Treatment],
            (_, null) => [],
            (var outcome, _) =>
            [
                .. outcome == RuleOutcome.TrialOnly ? (string[])["clinical-trial"] : [], offering.Condition, offering.Treatment, source ?? "unknown",
            ],
        };
        return asked.All(a => named.Contains(a));
    }

    private DateOnly Day(Clinic clinic) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(scene.Now, clinic.TimeZone).DateTime);
}
