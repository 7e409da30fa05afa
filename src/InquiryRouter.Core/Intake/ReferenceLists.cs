using System.Collections.Frozen;

namespace InquiryRouter.Core.Intake;

/// <summary>A country and the zone most of its people live in, for patients who name no zone.</summary>
public sealed record Country(string Code, string Name, string TimeZone);

public sealed record Named(string Code, string Name);

/// <param name="UnitsPerUsd">Approximate, for comparing a budget with a price; null when not known.</param>
public sealed record Currency(string Code, string Name, decimal? UnitsPerUsd);

public sealed record Region(string Code, string Name, FrozenSet<string> Countries);

/// <summary>A condition a patient may name; <see cref="Types"/> is empty when it has none we tell apart.</summary>
public sealed record Condition(string Code, string Name, IReadOnlyList<Named> Types)
{
    /// <summary>What people write for it, in any language.</summary>
    public IReadOnlyList<Synonym> Synonyms { get; init; } = [];

    /// <summary>Specialties of physicians who treat it, as codes (<c>rheumatology</c>).</summary>
    public IReadOnlyList<string> Specialties { get; init; } = [];

    /// <summary>What people who have it notice most often, for the page about it; no match and no screening looks at it.</summary>
    public IReadOnlyList<Named> Symptoms { get; init; } = [];

    /// <summary>Where the symptoms were read; null: there are none.</summary>
    public string? SymptomsSource { get; init; }

    /// <summary>What sets it off in many, for the page about it.</summary>
    public IReadOnlyList<Named> Triggers { get; init; } = [];

    /// <summary>Where the triggers were read; null: there are none.</summary>
    public string? TriggersSource { get; init; }

    /// <summary>Medicines that can cause it: whoever names one is asked whether theirs does.</summary>
    public IReadOnlyList<CausingMedicine> CausedBy { get; init; } = [];

    /// <summary>Where the medicines were read; null: there are none.</summary>
    public string? CausedBySource { get; init; }

    /// <summary>Types that are treated at once, near home: no journey is arranged before a coordinator has spoken with the patient.</summary>
    public IReadOnlyList<string> TreatedAtOnce { get; init; } = [];

    /// <summary>Types that most patients have: who does not know theirs may be treated by a clinic that treats these.</summary>
    public IReadOnlyList<string> CommonTypes { get; init; } = [];

    /// <summary>False until a person at the operator has confirmed the row.</summary>
    public bool Reviewed { get; init; }

    /// <summary>Whether a patient with this type must be treated at once, or may have to be: who does not know theirs.</summary>
    public bool MayBeTreatedAtOnce(string? type) =>
        TreatedAtOnce.Count > 0 && (type is null || TreatedAtOnce.Contains(type, StringComparer.Ordinal));
}

/// <param name="Words">What people write for it, in any language, besides its name; medicines of a group are named here.</param>
public sealed record CausingMedicine(string Code, string Name, IReadOnlyList<string> Words);

/// <param name="Type">The type of the condition it means; null: any.</param>
public sealed record Synonym(string Text, string? Type);

/// <param name="Covers">The treatments a clinic may offer for this wish: itself, or the members of the family.</param>
public sealed record Treatment(string Code, string Name, FrozenSet<string> Covers, IReadOnlyList<string> CellSources)
{
    /// <summary>low, moderate or high; null: a family, whose members have their own.</summary>
    public string? RiskClass { get; init; }

    /// <summary>Its effect is still to be shown; every page and mail says so.</summary>
    public bool UnderStudy { get; init; } = true;

    /// <summary>Conditions of which some forms are treated with it as a matter of course, although it is under study for others.</summary>
    public IReadOnlyList<string> EstablishedFor { get; init; } = [];

    /// <summary>Scopes of a credential that cover it, any of them; none: nothing does.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Specialties that qualify for it whatever the condition (<c>haematology</c>); none: the condition's.</summary>
    public IReadOnlyList<string> Specialties { get; init; } = [];

    /// <summary>Whether a specialist of the condition is asked for beside those of <see cref="Specialties"/>.</summary>
    public bool AsksConditionSpecialist { get; init; }
}

/// <summary>The lists an inquiry is checked against; loaded once from versioned files.</summary>
public sealed record ReferenceLists
{
    /// <summary>The condition code for "another condition": accepted, and held for a coordinator.</summary>
    public const string OtherCondition = "other";

    public const string AnyCellSource = "any";

    public const string Anywhere = "anywhere";

    /// <summary>How cells may be given; the languages have a name for each.</summary>
    public static readonly IReadOnlyList<string> Routes =
        ["vein", "artery", "joint", "spinal-fluid", "spine", "eye", "muscle", "skin", "heart", "nose", "other"];

    public static readonly IReadOnlyList<string> Timeframes =
        ["as-soon-as-possible", "within-1-month", "within-3-months", "within-6-months", "within-12-months", "undecided"];

    public required FrozenDictionary<string, Country> Countries { get; init; }

    public required FrozenDictionary<string, Named> Languages { get; init; }

    public required FrozenDictionary<string, Currency> Currencies { get; init; }

    /// <summary>The day of the rates of <see cref="Currencies"/>; null: the file names none.</summary>
    public DateOnly? RatesAsOf { get; init; }

    public required FrozenDictionary<string, Region> Regions { get; init; }

    public required FrozenDictionary<string, Condition> Conditions { get; init; }

    public required FrozenDictionary<string, Treatment> Treatments { get; init; }

    /// <summary>Of physicians.</summary>
    public FrozenDictionary<string, Named> Specialties { get; init; } = FrozenDictionary<string, Named>.Empty;

    /// <summary>The name of a condition, or its code when the list no longer has it.</summary>
    public string ConditionName(string code) => Conditions.TryGetValue(code, out var condition) ? condition.Name : code;

    public string TreatmentName(string code) => Treatments.TryGetValue(code, out var treatment) ? treatment.Name : code;

    public string CountryName(string code) => Countries.TryGetValue(code, out var country) ? country.Name : code;

    /// <summary>An amount in US dollars at the approximate rate of the list; null when amount, currency or rate is not known.</summary>
    public decimal? InUsd(decimal? amount, string? currency) =>
        amount is { } value && currency is not null && Currencies.TryGetValue(currency, out var known) && known.UnitsPerUsd is > 0 and { } rate
            ? value / rate
            : null;

    /// <summary>An amount in another currency at the approximate rates of the list; null when a rate is not known.</summary>
    public decimal? Convert(decimal amount, string from, string to) =>
        InUsd(amount, from) is { } usd && Currencies.TryGetValue(to, out var known) && known.UnitsPerUsd is > 0 and { } rate ? usd * rate : null;

    /// <summary>The name of a destination: a country, a region, or anywhere.</summary>
    public string DestinationName(string code) =>
        Regions.TryGetValue(code, out var region) ? region.Name : code == Anywhere ? "Anywhere" : CountryName(code);
}
