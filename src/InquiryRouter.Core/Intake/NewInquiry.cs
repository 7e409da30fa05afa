using System.Text.Json.Serialization;

namespace InquiryRouter.Core.Intake;

/// <summary>Who asks for whom.</summary>
public enum Relation
{
    Self,
    Parent,
    Carer,
}

/// <summary>What identifies the patient, and what they wrote: stored sealed under a key of this inquiry only.</summary>
public sealed record PatientData
{
    public required string Name { get; init; }

    public required string? Email { get; init; }

    /// <summary>As <see cref="PhoneNumber"/> has it, or null.</summary>
    public required string? Phone { get; init; }

    public required string? InquirerName { get; init; }

    public required string? InquirerEmail { get; init; }

    public required string? Message { get; init; }

    /// <summary>What the patient calls a condition that is not in the list; null: theirs is in it, or they did not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConditionNamed { get; init; }

    /// <summary>The secret of the status link; sealed here so that every later mail can carry the same link.</summary>
    public required string StatusToken { get; init; }

    /// <summary>The person we write to: the parent or carer when there is one.</summary>
    public string ContactName => InquirerName ?? Name;

    /// <summary>Where we write to. The validator guarantees one of the two.</summary>
    public string ContactEmail => InquirerEmail ?? Email ?? throw new InvalidOperationException("An inquiry without a contact address was stored.");
}

/// <summary>What matching may see: nothing here names a person.</summary>
public sealed record InquiryFacts
{
    private const int AdultAge = 18;

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>ISO 639-1: what they read besides, and a clinic may speak as well.</summary>
    public IReadOnlyList<string> AlsoReads { get; init; } = [];

    /// <summary>IANA time zone.</summary>
    public required string TimeZone { get; init; }

    public required int BirthYear { get; init; }

    public required Relation Relation { get; init; }

    public required string Condition { get; init; }

    /// <summary>Null: the patient does not know.</summary>
    public required string? ConditionType { get; init; }

    public required string Treatment { get; init; }

    /// <summary><c>any</c>, or one cell source.</summary>
    public required string CellSource { get; init; }

    /// <summary>ISO 3166-1 codes, region codes, or <c>anywhere</c>.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }

    public required decimal? BudgetAmount { get; init; }

    /// <summary>ISO 4217; present exactly when <see cref="BudgetAmount"/> is.</summary>
    public required string? BudgetCurrency { get; init; }

    public required string Timeframe { get; init; }

    public required string? SourcePage { get; init; }

    public required string? SourceCampaign { get; init; }

    /// <summary>A medicine has caused it, as far as the patient knows: it often subsides when that is stopped.</summary>
    public bool IsDrugInduced => this is { Condition: "lupus", ConditionType: "drug-induced" };

    /// <summary>
    /// Whether the patient may be under 18. Only the year is known: who turns 18 this year is treated as a child until a coordinator has asked.
    /// </summary>
    public bool MayBeMinor(DateTimeOffset now) => now.UtcDateTime.Year - BirthYear <= AdultAge;

    /// <summary>What the intake noticed and screening must weigh, as codes (<c>honeypot</c>).</summary>
    public IReadOnlyList<string> IntakeFlags { get; init; } = [];
}

/// <summary>What the patient agreed to, under which text.</summary>
public sealed record ConsentGiven
{
    public required bool ShareWithClinics { get; init; }

    public required bool Contact { get; init; }

    public required bool Marketing { get; init; }

    public required string TextVersion { get; init; }
}

/// <summary>A valid inquiry, normalised, before it has a reference.</summary>
public sealed record NewInquiry(PatientData Patient, InquiryFacts Facts, ConsentGiven Consent);
