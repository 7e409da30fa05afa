using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Infrastructure.ReferenceData;

/// <summary>Reads the versioned files shipped with the program. Each names its source, its date, and whether a person has reviewed it.</summary>
public static class ReferenceDataFiles
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static ReferenceLists LoadLists() => new()
    {
        Countries = Rows<Country>("countries").ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        Languages = Rows<Named>("languages").ToFrozenDictionary(l => l.Code, StringComparer.Ordinal),
        Currencies = Rows<Currency>("currencies").ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        Regions = Rows<RegionRow>("regions").ToFrozenDictionary(r => r.Code, r => new Region(r.Code, r.Name, r.Countries.ToFrozenSet(StringComparer.Ordinal)), StringComparer.Ordinal),
        Conditions = Rows<Condition>("conditions").ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        Treatments = Rows<TreatmentRow>("treatments").ToFrozenDictionary(
            t => t.Code,
            t => new Treatment(t.Code, t.Name, (t.Covers is { Count: > 0 } family ? family : [t.Code]).ToFrozenSet(StringComparer.Ordinal), t.CellSources),
            StringComparer.Ordinal),
    };

    public static MatchRules LoadRules(ReferenceLists lists) => new(
        Rows<AccreditationBody>("accreditation-bodies").ToFrozenDictionary(b => b.Code, StringComparer.Ordinal),
        [.. Rows<RuleRow>("country-rules").Select(r => new CountryRule
        {
            Country = r.Country, Treatment = r.Treatment, Conditions = r.Conditions ?? [], From = r.From, To = r.To, Outcome = r.Outcome,
            Requires = r.Requires, Summary = r.Summary, Source = r.Source, Reviewed = r.Reviewed,
        })],
        lists);

    public static Screener LoadScreener() => new(
        Rows<EmergencyRow>("emergency-words").ToFrozenDictionary(
            r => r.Language,
            r => (IReadOnlyList<string>)[.. r.Phrases.Select(PlainText.Normalise)],
            StringComparer.Ordinal));

    /// <summary>The synthetic clinics a first start in Development loads, in the form <c>import clinics</c> takes.</summary>
    public static Stream OpenDemoNetwork() => Open("demo-network");

    private static List<T> Rows<T>(string name)
    {
        using var stream = Open(name);
        return JsonSerializer.Deserialize<FileOf<T>>(stream, s_json)?.Rows
            ?? throw new InvalidOperationException($"The reference file {name}.json has no rows.");
    }

    private static Stream Open(string name) =>
        typeof(ReferenceDataFiles).Assembly.GetManifestResourceStream($"reference/{name}.json")
            ?? throw new InvalidOperationException($"The reference file {name}.json is not in the program.");

    private sealed record FileOf<T>(List<T> Rows);

    private sealed record RegionRow(string Code, string Name, List<string> Countries);

    private sealed record TreatmentRow(string Code, string Name, List<string>? Covers, List<string> CellSources);

    private sealed record EmergencyRow(string Language, List<string> Phrases);

    private sealed record RuleRow(
        string Country, string Treatment, List<string>? Conditions, DateOnly? From, DateOnly? To, RuleOutcome Outcome,
        string? Requires, string Summary, string Source, bool Reviewed);
}
