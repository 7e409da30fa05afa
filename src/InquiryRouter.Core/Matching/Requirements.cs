using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// What law, accreditation and staff must be before a clinic may treat anybody with this treatment: the gates that do not depend on the patient.
/// They fail closed: what is not known is not a yes.
/// </summary>
internal static class Requirements
{
    /// <summary>The scope of a trial registration; it names the condition and the treatment beside it, because a trial is of both.</summary>
    private const string TrialScope = "clinical-trial";

    /// <summary>The first one that is not met on a day, or <see cref="Gate.None"/>.</summary>
    public static Gate Check(Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day)
    {
        var law = CheckCountry(clinic, offering, rules, day);
        return law != Gate.None ? law
            : rules.Permission(clinic.Country) is { } permission && !permission.IsHeld(day) ? Gate.FacilitatorPermission
            : !IsAccredited(clinic, offering, rules, day) ? Gate.Accreditation
            : !HasPhysician(clinic, offering, rules, day) ? Gate.Physician
            : Gate.None;
    }

    private static Gate CheckCountry(Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day)
    {
        var rule = rules.RuleFor(clinic.Country, offering.Treatment, offering.Condition, day);
        return rule?.Outcome switch
        {
            null => Gate.CountryRuleUnknown,
            RuleOutcome.Permitted => Gate.None,
            RuleOutcome.RequiresCredential => Held(rule, clinic, offering, day).Any() ? Gate.None : Gate.CountryRuleCredential,
            RuleOutcome.TrialOnly => Held(rule, clinic, offering, day).Any(c => IsTrialOf(c, offering)) ? Gate.None : Gate.CountryRuleCredential,
            _ => Gate.CountryRuleForbids,
        };
    }

    /// <summary>What the clinic holds in force, at the site, of the body that the rule asks for.</summary>
    public static IEnumerable<Credential> Held(CountryRule rule, Clinic clinic, ClinicTreatment offering, DateOnly day) =>
        clinic.Credentials.Where(c => c.Body == rule.Requires && c.IsInForce(day) && CoversSite(c, clinic, offering));

    // DOMAIN, India: only in a registered trial. One of another disease, or of another treatment, is none for this patient.
    private static bool IsTrialOf(Credential credential, ClinicTreatment offering) =>
        credential.Scope.Contains(TrialScope, StringComparer.Ordinal)
        && credential.Scope.Contains(offering.Condition, StringComparer.Ordinal)
        && credential.Scope.Contains(offering.Treatment, StringComparer.Ordinal);

    private static bool IsAccredited(Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day) =>
        clinic.Credentials.Any(c => c.IsInForce(day) && Shortcoming(c, clinic, offering, rules) is null);

    /// <summary>How many accreditations of different bodies in force cover the treatment, and whether one is of cell therapy itself.</summary>
    public static (int Bodies, bool CellTherapy) Accreditations(Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day)
    {
        var good = clinic.Credentials.Where(c => c.IsInForce(day) && Shortcoming(c, clinic, offering, rules) is null).ToList();
        return (good.Select(c => c.Body).Distinct(StringComparer.Ordinal).Count(), good.Exists(c => c.Scope.Contains("cell-therapy-clinical", StringComparer.Ordinal)));
    }

    /// <summary>Why a credential would not cover this treatment even in force, or null: it covers it.</summary>
    public static string? Shortcoming(Credential credential, Clinic clinic, ClinicTreatment offering, MatchRules rules)
    {
        if (rules.Body(credential.Body) is not { CountsAsClinical: true } body)
        {
            return "does not accredit clinical care";
        }

        if (!body.Countries.Contains("*", StringComparer.Ordinal) && !body.Countries.Contains(clinic.Country, StringComparer.Ordinal))
        {
            return $"does not accredit in {rules.Lists.CountryName(clinic.Country)}";
        }

        if (credential.Scope.Count == 0)
        {
            return "states no scope";
        }

        var accepted = rules.Lists.Treatments.TryGetValue(offering.Treatment, out var treatment) ? treatment.Scopes : [];
        if (!credential.Scope.Any(s => accepted.Contains(s, StringComparer.Ordinal) && body.Covers.Contains(s, StringComparer.Ordinal)))
        {
            return $"covers {string.Join(", ", credential.Scope)} only";
        }

        return CoversSite(credential, clinic, offering) ? null : $"is for the site {credential.Site}";
    }

    // A credential without a site covers all; a treatment without one is done at the main site, the first.
    private static bool CoversSite(Credential credential, Clinic clinic, ClinicTreatment offering) =>
        credential.Site is null || credential.Site == (offering.Site ?? (clinic.Sites.IsDefaultOrEmpty ? null : clinic.Sites[0].Code));

    private static bool HasPhysician(Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day) =>
        clinic.Physicians.Any(p => Shortcoming(p, offering, rules, day) is null);

    /// <summary>Patients with the condition that the qualified physicians have treated; references that nobody checked count half.</summary>
    public static int Experience(Clinic clinic, ClinicTreatment offering, MatchRules rules, DateOnly day)
    {
        var most = 0;
        foreach (var physician in clinic.Physicians)
        {
            var patients = physician.Experience.Where(e => e.Condition == offering.Condition).Sum(e => e.Patients);
            if (patients > 0 && Shortcoming(physician, offering, rules, day) is null)
            {
                most = Math.Max(most, physician.ReferencesCheckedAt is null ? patients / 2 : patients);
            }
        }

        return most;
    }

    /// <summary>Why a physician does not qualify, or null: they do.</summary>
    public static string? Shortcoming(Physician physician, ClinicTreatment offering, MatchRules rules, DateOnly day)
    {
        if (!physician.Active)
        {
            return "no longer works there";
        }

        var asked = AskedSpecialties(offering, rules.Lists);
        return !physician.Specialties.Any(s => asked.Contains(s, StringComparer.Ordinal)) ? $"practises {(physician.Specialties.Count == 0 ? "no stated specialty" : string.Join(", ", physician.Specialties))}"
            : !physician.Certifications.Any(c => c.IsInForce(day)) ? "has no verified board certification in force"
            : null;
    }

    public static IReadOnlyList<string> AskedSpecialties(ClinicTreatment offering, ReferenceLists lists) =>
        lists.Treatments.TryGetValue(offering.Treatment, out var treatment) && treatment.Specialties.Count > 0 ? treatment.Specialties
        : lists.Conditions.TryGetValue(offering.Condition, out var condition) ? condition.Specialties
        : [];

    /// <summary>The lowest price of a package for the offering that is valid on a day, in US dollars; null: none, or its currency has no rate.</summary>
    public static decimal? PriceUsd(Clinic clinic, ClinicTreatment offering, ReferenceLists lists, DateOnly day) =>
        Packages(clinic, offering, day).Min(p => lists.InUsd(p.PriceAmount, p.PriceCurrency));

    /// <summary>The packages for the offering that are valid on a day.</summary>
    public static IEnumerable<Package> Packages(Clinic clinic, ClinicTreatment offering, DateOnly day) =>
        clinic.Packages.Where(p => p.Treatment == offering.Treatment && (p.Condition is null || p.Condition == offering.Condition) && p.IsValid(day));
}
