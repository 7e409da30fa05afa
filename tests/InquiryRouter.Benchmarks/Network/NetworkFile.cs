using System.Text.Encodings.Web;
using System.Text.Json;

namespace InquiryRouter.Benchmarks.Network;

/// <summary>A network of clinics as <c>import clinics</c> reads it.</summary>
internal sealed record NetworkFile(string Source, DateOnly AsOf, bool Reviewed, IReadOnlyList<ClinicEntry> Clinics)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A country rule that is reviewed, for <c>import reference</c>: what rests on the shipped ones waits for a coordinator.</summary>
    public const string CountryRules =
        """
        {
          "file": "country-rules", "source": "synthetic: no law", "asOf": "2026-11-29", "reviewed": true,
          "rows": [
            {
              "country": "MX", "treatment": "msc-infusion", "conditions": null, "from": null, "to": null, "outcome": "requires-credential",
              "requires": "cofepris", "mustName": [], "summary": "Synthetic.", "source": "synthetic: no law", "asOf": "2026-11-29",
              "reviewed": true
            }
          ]
        }
        """;

    public Task SaveAsync(string path, CancellationToken cancel) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Json) + "\n", cancel);
}

internal sealed record ClinicEntry
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required bool Active { get; init; }

    public required string Country { get; init; }

    public required string City { get; init; }

    public required string TimeZone { get; init; }

    public required string Email { get; init; }

    public required string ContactName { get; init; }

    public required IReadOnlyList<ContactEntry> Contacts { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<string> AgeGroups { get; init; }

    public required int WeeklyCap { get; init; }

    public required string Opens { get; init; }

    public required string Closes { get; init; }

    public required IReadOnlyList<string> WorkDays { get; init; }

    public required IReadOnlyList<DateOnly> Holidays { get; init; }

    public required IReadOnlyList<TreatmentEntry> Treatments { get; init; }

    public required IReadOnlyList<PackageEntry> Packages { get; init; }

    public required IReadOnlyList<PhysicianEntry> Physicians { get; init; }

    public required IReadOnlyList<CredentialEntry> Credentials { get; init; }
}

internal sealed record TreatmentEntry(
    string Condition,
    string? ConditionType,
    string Treatment,
    IReadOnlyList<string> CellSources);

internal sealed record PackageEntry(
    string Name,
    string Treatment,
    string? Condition,
    int PriceAmount,
    string PriceCurrency,
    IReadOnlyList<string> Includes,
    DateOnly ValidFrom,
    DateOnly ValidTo);

internal sealed record PhysicianEntry(
    string Name,
    bool Active,
    IReadOnlyList<string> Specialties,
    IReadOnlyList<CertificationEntry> Certifications,
    IReadOnlyList<string> Memberships,
    IReadOnlyList<ExperienceEntry> Experience,
    DateOnly ReferencesCheckedAt);

internal sealed record CertificationEntry(string Board, DateOnly ValidTo, string VerifiedBy, DateOnly VerifiedAt);

internal sealed record ExperienceEntry(string Condition, int Patients);

internal sealed record ContactEntry(string Name, string Role, string Email);

internal sealed record CredentialEntry(
    string Body,
    IReadOnlyList<string> Scope,
    string Number,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string Status,
    string VerifiedBy,
    DateOnly VerifiedAt,
    Uri? SourceUrl)
{
    /// <summary>What it names: one that the law asks for counts for nothing else.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    public IReadOnlyList<string> Treatments { get; init; } = [];

    public IReadOnlyList<string> CellSources { get; init; } = [];
}
