namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does a verified accreditation in force cover the treatment, at its site?</summary>
internal sealed class AccreditationGate() : RequirementGate(Gate.Accreditation, "accreditation")
{
    protected override string? WhyNot(Offering offering)
    {
        if (Good(offering).Any())
        {
            return null;
        }

        var found = offering.Clinic.Credentials
            .Select(c => $"{offering.Rules.BodyName(c.Body)} {Shortcoming(c, offering) ?? NotInForce(c, offering.Day)}").ToList();
        return found.Count == 0
            ? "The clinic has no credential."
            : $"No verified accreditation in force covers this treatment: {string.Join("; ", found)}.";
    }

    /// <summary>The accreditations that count.</summary>
    public static IEnumerable<Credential> Good(Offering offering) =>
        offering.Clinic.Credentials.Where(c => c.IsInForce(offering.Day) && Shortcoming(c, offering) is null);

    // Why a credential would not cover the treatment even in force, or null: it covers it.
    private static string? Shortcoming(Credential credential, Offering offering)
    {
        if (offering.Rules.Body(credential.Body) is not { CountsAsClinical: true } body)
        {
            return "does not accredit clinical care";
        }

        if (!body.Countries.Any(c => c == "*" || c == offering.Clinic.Country))
        {
            return $"does not accredit in {offering.CountryName}";
        }

        if (credential.Scope.Count == 0)
        {
            return "states no scope";
        }

        var accepted = offering.Rules.Lists.Treatments.TryGetValue(offering.Treats.Treatment, out var treatment) ? treatment.Scopes : [];
        return !credential.Scope.Any(s => accepted.Contains(s, StringComparer.Ordinal) && body.Covers.Contains(s, StringComparer.Ordinal))
            ? $"covers {string.Join(", ", credential.Scope)} only"
            : NotFor(credential, offering) is { } others ? $"is for {string.Join(", ", others)} only"
            : offering.IsAtSiteOf(credential) ? null
            : $"is for the site {credential.Site}";
    }

    // What a credential that names conditions, treatments or cells is for, when that is not this; most name none, and are for all.
    private static IReadOnlyList<string>? NotFor(Credential credential, Offering offering) =>
        Leaves(credential.Conditions, [offering.Treats.Condition]) ? credential.Conditions
        : Leaves(credential.Treatments, [offering.Treats.Treatment]) ? credential.Treatments
        : Leaves(credential.CellSources, offering.Treats.CellSources) ? credential.CellSources
        : null;

    private static bool Leaves(IReadOnlyList<string> named, IEnumerable<string> asked) =>
        named.Count > 0 && asked.Any(a => !named.Contains(a, StringComparer.Ordinal));

    private static string NotInForce(Credential credential, DateOnly day) =>
        !credential.IsVerified ? "is claimed, not verified"
        : credential.Status != "active" ? $"is {credential.Status}"
        : day > credential.ValidTo ? $"ended on {credential.ValidTo:O}"
        : $"begins on {credential.ValidFrom:O}";

    protected override Fact WhyYes(Offering offering) => Held(offering, [.. Good(offering)]);

    /// <summary>Credentials as the fact that a yes rests on: number, dates, who verified each, and where.</summary>
    public static Fact Held(Offering offering, IReadOnlyList<Credential> credentials) => new(
        string.Join(" ", credentials.Select(c =>
            $"{offering.Rules.BodyName(c.Body)} {c.Number} ({string.Join(", ", c.Named())}), {c.ValidFrom:O} to {c.ValidTo:O},"
            + $" verified by {c.VerifiedBy} on {c.VerifiedAt:O}.")),
        string.Join("; ", credentials.Select(c => c.SourceUrl).OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } sources
            ? sources
            : null);
}
