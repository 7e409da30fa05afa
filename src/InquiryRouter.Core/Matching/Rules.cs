using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>A body that issues credentials: what it accredits, where, and whether its word counts for clinical care.</summary>
/// <param name="Kind">accreditation, certification, licence, registration, trial-registry or accreditor-of-accreditors.</param>
/// <param name="Countries">Where it does so, ISO 3166-1; <c>*</c>: everywhere.</param>
/// <param name="Covers">The scopes it really accredits; a credential that claims another one claims it wrongly.</param>
/// <param name="CountsAsClinical">False for quality-system and laboratory certificates, licences, and accreditors of accreditors.</param>
public sealed record AccreditationBody(
    string Code, string Name, string Kind, IReadOnlyList<string> Countries, IReadOnlyList<string> Covers, bool CountsAsClinical,
    string? Note)
{
    /// <summary>The longest its credentials run, in years; null: not known.</summary>
    public int? CycleYears { get; init; }

    /// <summary>Licences are checked every month, everything else every 90 days (DOMAIN: credential record).</summary>
    public bool IsLicence => Kind == "licence";
}

/// <summary>
/// A country asks facilitators themselves for a permission before patients are sent there; sources: newmedicalkorea.com,
/// healthturkiye.com.
/// </summary>
/// <param name="Number">Of the permission we hold; null: we hold none, and nothing may be sent.</param>
public sealed record FacilitatorPermission(
    string Country, string Name, string? Number, DateOnly? ValidFrom, DateOnly? ValidTo, string Source, bool Reviewed)
{
    public bool IsHeld(DateOnly day) =>
        Number is not null && (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || day <= ValidTo);
}

/// <summary>What the treatment costs where most patients come from, for comparison.</summary>
/// <param name="Condition">Null: for every condition without a row of its own.</param>
/// <param name="Country">US or CA.</param>
public sealed record BaselinePrice(
    string Treatment, string? Condition, string Country, decimal Amount, string Currency, string Source, bool Reviewed)
{
    /// <summary>Of which day the price is; null: not known.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>It is paid there although no authority has approved the treatment.</summary>
    public bool SoldWithoutApproval { get; init; }
}

public enum RuleOutcome
{
    Permitted,

    /// <summary>Permitted to a clinic that holds <see cref="CountryRule.Requires"/>.</summary>
    RequiresCredential,

    /// <summary>Only inside a registered trial; <see cref="CountryRule.Requires"/> names the registry.</summary>
    TrialOnly,

    Forbidden,

    /// <summary>What is known says neither yes nor no: a coordinator decides, as where nothing is known.</summary>
    Undecided,
}

/// <summary>What a credential must name before a country's law is met (<see cref="CountryRule.MustName"/>).</summary>
public static class MustName
{
    public const string Condition = "condition";
    public const string Treatment = "treatment";
    public const string CellSource = "cell-source";

    public static readonly IReadOnlyList<string> All = [Condition, Treatment, CellSource];
}

/// <summary>What a country's law says about a treatment, between two dates.</summary>
public sealed record CountryRule
{
    public required string Country { get; init; }

    public required string Treatment { get; init; }

    /// <summary>Conditions the rule speaks of; empty: all.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Types of its condition the rule speaks of; empty: all. It then speaks of one condition.</summary>
    public IReadOnlyList<string> ConditionTypes { get; init; } = [];

    /// <summary>What the cells are taken from, in the cases the rule speaks of; empty: anything.</summary>
    public IReadOnlyList<string> CellSources { get; init; } = [];

    public required DateOnly? From { get; init; }

    public required DateOnly? To { get; init; }

    public required RuleOutcome Outcome { get; init; }

    /// <summary>
    /// Code of the body whose credential is asked for, with <see cref="RuleOutcome.RequiresCredential"/> and <see
    /// cref="RuleOutcome.TrialOnly"/>.
    /// </summary>
    public required string? Requires { get; init; }

    /// <summary>
    /// What that credential must name (<see cref="Matching.MustName"/>) to count for a case. Null: a rule of a time when this was not
    /// asked; then any credential of the body counts, and of a trial one that names condition and treatment. Decisions under such
    /// rules can be made again.
    /// </summary>
    public IReadOnlyList<string>? MustName { get; init; }

    /// <summary>Code of a body whose credential is often taken for enough, and is not; null: there is none.</summary>
    public string? NotEnough { get; init; }

    public required string Summary { get; init; }

    public required string Source { get; init; }

    /// <summary>False until a person at the operator has confirmed the rule.</summary>
    public required bool Reviewed { get; init; }

    public bool IsInEffect(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);

    /// <summary>Of several rules that speak of a case the one that says more about it counts: its type, then its condition, then its cells.</summary>
    internal int Precision => (ConditionTypes.Count > 0 ? 4 : 0) + (Conditions.Count > 0 ? 2 : 0) + (CellSources.Count > 0 ? 1 : 0);

    internal bool SpeaksOf(string condition) => Conditions.Count == 0 || Conditions.Contains(condition, StringComparer.Ordinal);

    /// <param name="conditionType">Null: every type; a rule for some does not speak of that.</param>
    /// <param name="cellSource">Null: not known.</param>
    internal bool SpeaksOf(string condition, string? conditionType, string? cellSource) =>
        SpeaksOf(condition)
        && (ConditionTypes.Count == 0 || (conditionType is not null && ConditionTypes.Contains(conditionType, StringComparer.Ordinal)))
        && (CellSources.Count == 0 || (cellSource is not null && CellSources.Contains(cellSource, StringComparer.Ordinal)));
}

/// <summary>
/// The rules a match rests on: which bodies count, what each country permits, what it asks of us, what treatments and regions mean.
/// </summary>
public sealed class MatchRules
{
    private readonly FrozenDictionary<string, AccreditationBody> _bodies;
    private readonly FrozenDictionary<(string Country, string Treatment), CountryRule[]> _byCountry;
    private readonly FrozenDictionary<string, FacilitatorPermission> _permissions;
    private readonly FrozenDictionary<(string Treatment, string? Condition, string Country), BaselinePrice> _baselines;

    public MatchRules(
        IEnumerable<AccreditationBody> bodies, IEnumerable<CountryRule> countryRules, IEnumerable<FacilitatorPermission> permissions,
        IEnumerable<BaselinePrice> baselines, Intake.ReferenceLists lists)
    {
        _bodies = bodies.ToFrozenDictionary(b => b.Code, StringComparer.Ordinal);
        _byCountry = countryRules.GroupBy(r => (r.Country, r.Treatment)).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _permissions = permissions.ToFrozenDictionary(p => p.Country, StringComparer.Ordinal);
        _baselines = baselines.ToFrozenDictionary(b => (b.Treatment, b.Condition, b.Country));
        Lists = lists;
    }

    public Intake.ReferenceLists Lists { get; }

    public AccreditationBody? Body(string code) => _bodies.GetValueOrDefault(code);

    public string BodyName(string? code) =>
        code is not null && _bodies.TryGetValue(code, out var body) ? body.Name : code ?? "the authority";

    /// <summary>What a credential of a body must name, by any rule of the country that asks for one, in force or to come.</summary>
    public IEnumerable<string> MustName(string country, string body) =>
        _byCountry.Where(r => r.Key.Country == country).SelectMany(r => r.Value).Where(r => r.Requires == body)
            .SelectMany(r => r.MustName ?? []).Distinct(StringComparer.Ordinal);

    /// <summary>What the country asks of the facilitator, or null: nothing.</summary>
    public FacilitatorPermission? Permission(string country) => _permissions.GetValueOrDefault(country);

    /// <summary>
    /// The price where the patient lives, of the condition or of the treatment as a whole; the United States' for patients of
    /// other countries.
    /// </summary>
    public BaselinePrice? Baseline(string treatment, string condition, string patientCountry)
    {
        var country = patientCountry == "CA" ? "CA" : "US";
        return _baselines.GetValueOrDefault((treatment, condition, country)) ?? _baselines.GetValueOrDefault((treatment, null, country));
    }

    /// <summary>
    /// What each country is known to say about the treatment of this condition on this day, sorted by country: the rule for the
    /// condition, and those for some of its types or cells.
    /// </summary>
    public IEnumerable<CountryRule> RulesOf(string treatment, string condition, DateOnly day) =>
        _byCountry.Keys.Where(k => k.Treatment == treatment).Select(k => k.Country).Order(StringComparer.Ordinal)
            .SelectMany(country => _byCountry[(country, treatment)]
                .Where(r => r.IsInEffect(day) && r.SpeaksOf(condition))
                .Where(r => r.ConditionTypes.Count + r.CellSources.Count > 0 || r == RuleFor(country, treatment, condition, day)));

    /// <summary>The most precise rule for a case on this day, or null: unknown, which is never a yes.</summary>
    /// <param name="conditionType">Null: every type of the condition.</param>
    /// <param name="cellSource">Null: not known.</param>
    public CountryRule? RuleFor(
        string country, string treatment, string condition, DateOnly day, string? conditionType = null, string? cellSource = null) =>
        _byCountry.GetValueOrDefault((country, treatment), [])
            .Where(r => r.IsInEffect(day) && r.SpeaksOf(condition, conditionType, cellSource))
            .MaxBy(r => r.Precision);

    /// <summary>
    /// The most precise rule of each case that may be meant on this day, null among them where nothing is known: a type or cells that are not stated
    /// may be any that a rule speaks of, so that a rule for one of them is not passed over in silence.
    /// </summary>
    /// <param name="conditionType">Null: every type of the condition.</param>
    /// <param name="cellSource">Null: not known.</param>
    public IEnumerable<CountryRule?> RulesFor(
        string country, string treatment, string condition, DateOnly day, string? conditionType, string? cellSource)
    {
        var spoken = _byCountry.GetValueOrDefault((country, treatment), []).Where(r => r.IsInEffect(day) && r.SpeaksOf(condition)).ToList();
        IEnumerable<string?> types = conditionType is null ? [null, .. spoken.SelectMany(r => r.ConditionTypes)] : [conditionType];
        IEnumerable<string?> sources = cellSource is null ? [null, .. spoken.SelectMany(r => r.CellSources)] : [cellSource];
        return types.Distinct(StringComparer.Ordinal)
            .SelectMany(type => sources.Distinct(StringComparer.Ordinal).Select(source => RuleFor(country, treatment, condition, day, type, source)))
            .Distinct(ReferenceEqualityComparer.Instance).Cast<CountryRule?>();
    }
}
