namespace InquiryRouter.Core.Matching;

/// <summary>What is possible in a clinic's record and yet likely wrong, or of no use: said when it is imported, never a reason to refuse it.</summary>
public static class ClinicWarnings
{
    /// <summary>In smaller centres the risk of death was 3.5 times as high (PMC3950896).</summary>
    public const int FewTransplants = 5;

    public static IReadOnlyList<string> Of(Clinic clinic, MatchRules rules)
    {
        var warnings = new List<string>();
        foreach (var (n, credential) in clinic.Credentials.Index())
        {
            var what = FormattableString.Invariant($"credentials[{n + 1}] of {clinic.Code}");
            if (rules.Body(credential.Body) is { CycleYears: { } years } body && credential.ValidTo > credential.ValidFrom.AddYears(years))
            {
                warnings.Add(FormattableString.Invariant(
                    $"{what} runs from {credential.ValidFrom:O} to {credential.ValidTo:O}; {body.Name} gives {years} years: check the dates on the certificate."));
            }

            if (rules.MustName(clinic.Country, credential.Body).Where(m => NamesNone(credential, m, rules)).ToList() is { Count: > 0 } unnamed)
            {
                warnings.Add(
                    $"{what} names no {string.Join(" and no ", unnamed)}; the law there asks {rules.BodyName(credential.Body)} for one that does,"
                    + " so it opens nothing: fill conditions, treatments and cellSources as it states them.");
            }
        }

        if (clinic.TransplantsPerYear < FewTransplants)
        {
            warnings.Add(FormattableString.Invariant(
                $"transplantsPerYear of {clinic.Code} is {clinic.TransplantsPerYear}; under {FewTransplants} a year more patients died in a study (PMC3950896)."));
        }

        return warnings;
    }

    private static bool NamesNone(Credential credential, string what, MatchRules rules) => what switch
    {
        MustName.Condition => !credential.Named().Any(rules.Lists.Conditions.ContainsKey),
        MustName.Treatment => !credential.Named().Any(rules.Lists.Treatments.ContainsKey),
        _ => credential.CellSources.Count == 0,
    };
}
