using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Emergencies;

namespace InquiryRouter.Infrastructure.ReferenceData;

/// <summary>
/// Makes lists and rules of a set of files: those shipped with the program, or those of another moment. The files must have passed
/// <see cref="Checks.ReferenceCheck"/>; each names its source, its date, and whether a person has reviewed it.
/// </summary>
public static class ReferenceDataFiles
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new CleanText() },
    };

    /// <summary>The lists that are shipped.</summary>
    public static ReferenceLists LoadLists() => LoadLists(ReferenceFiles.Shipped);

    public static ReferenceLists LoadLists(ReferenceFiles files)
    {
        var rateFile = File<RateRow>(files, "exchange-rates");
        var rates = rateFile.Rows.ToDictionary(r => r.Currency, r => (decimal?)r.UnitsPerUsd, StringComparer.Ordinal);
        return new ReferenceLists
        {
            Countries = Rows<Country>(files, "countries").ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
            Languages = Rows<Named>(files, "languages").ToFrozenDictionary(l => l.Code, StringComparer.Ordinal),
            Currencies = Rows<CurrencyRow>(files, "currencies").ToFrozenDictionary(
                c => c.Code, c => new Currency(c.Code, c.Name, rates.GetValueOrDefault(c.Code)), StringComparer.Ordinal),
            RatesAsOf = rateFile.AsOf,
            Regions = Rows<RegionRow>(files, "regions").ToFrozenDictionary(
                r => r.Code, r => new Region(r.Code, r.Name, r.Countries.ToFrozenSet(StringComparer.Ordinal)), StringComparer.Ordinal),
            Conditions = Rows<Condition>(files, "conditions").ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
            Treatments = Rows<TreatmentFileRow>(files, "treatments").ToFrozenDictionary(t => t.Code, ToTreatment, StringComparer.Ordinal),
            Specialties = Rows<Named>(files, "specialties").ToFrozenDictionary(s => s.Code, StringComparer.Ordinal),
        };
    }

    /// <summary>The rules that are shipped, around given lists.</summary>
    public static MatchRules LoadRules(ReferenceLists lists) => LoadRules(ReferenceFiles.Shipped, lists);

    /// <summary>The rules of a set, with the lists of the same set.</summary>
    public static MatchRules LoadRules(ReferenceFiles files) => LoadRules(files, LoadLists(files));

    /// <summary>The screener with the words that are shipped.</summary>
    public static Screener LoadScreener() => LoadScreener(ReferenceFiles.Shipped);

    public static Screener LoadScreener(ReferenceFiles files) => new(new EmergencyFinder(
        Rows<EmergencyRow>(files, "emergency-words")
            .Select(r => new EmergencyWords(r.Language, r.Group ?? EmergencyGroup.Other, r.Phrases, r.Events ?? []))));

    /// <summary>Whom to call in each country.</summary>
    public static EmergencyLines LoadEmergencyLines(ReferenceFiles files) => new(Rows<EmergencyLine>(files, "emergency-lines"));

    /// <summary>What patients are told about treatments.</summary>
    public static TreatmentFacts LoadTreatmentFacts(ReferenceFiles files) => new(
        [
            .. Rows<TreatmentFactRow>(files, "treatment-facts").Select(r => new TreatmentFact
            {
                Code = r.Code, Kind = r.Kind, Treatments = r.Treatments, Conditions = r.Conditions ?? [], Routes = r.Routes ?? [], Text = r.Text,
                Cite = r.Cite, Link = r.Link, Reviewed = r.Reviewed,
            }),
        ],
        LoadLists(files));

    /// <summary>The codes of a file whose rows are a code and a name, such as <c>scopes</c> and <c>specialties</c>.</summary>
    public static FrozenSet<string> LoadCodes(ReferenceFiles files, string name) =>
        Rows<Named>(files, name).Select(r => r.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The country rules of the demonstration: they say what they are, and only the demonstration calls them reviewed.</summary>
    public static ReferenceFile DemoCountryRules()
    {
        using var stream = ReferenceFiles.OpenShipped("demo-country-rules");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new ReferenceFile("country-rules", copy.ToArray());
    }

    /// <summary>The synthetic clinics a first start in Development loads, in the form <c>import clinics</c> takes.</summary>
    public static Stream OpenDemoNetwork() => ReferenceFiles.OpenShipped("demo-network");

    private static MatchRules LoadRules(ReferenceFiles files, ReferenceLists lists) => new(
        Rows<AccreditationBody>(files, "accreditation-bodies"),
        Rows<CountryRuleRow>(files, "country-rules").Select(r => new CountryRule
        {
            Country = r.Country, Treatment = r.Treatment, Conditions = r.Conditions ?? [], From = r.From, To = r.To, Outcome = r.Outcome,
            Requires = r.Requires, Summary = r.Summary, Source = r.Source, Reviewed = r.Reviewed, ConditionTypes = r.ConditionTypes ?? [],
            CellSources = r.CellSources ?? [], MustName = r.MustName, NotEnough = r.NotEnough,
        }),
        Rows<FacilitatorPermission>(files, "facilitator-permissions"),
        Rows<BaselinePrice>(files, "baseline-prices"),
        lists);

    private static Treatment ToTreatment(TreatmentFileRow row) =>
        new(row.Code, row.Name, (row.Covers is { Count: > 0 } family ? family : [row.Code]).ToFrozenSet(StringComparer.Ordinal), row.CellSources)
        {
            RiskClass = row.RiskClass, UnderStudy = row.UnderStudy, Scopes = row.Scopes, Specialties = row.Specialties,
            EstablishedFor = row.EstablishedFor ?? [], AsksConditionSpecialist = row.AsksConditionSpecialist,
        };

    private static List<T> Rows<T>(ReferenceFiles files, string name) => File<T>(files, name).Rows;

    private static FileOf<T> File<T>(ReferenceFiles files, string name) =>
        JsonSerializer.Deserialize<FileOf<T>>(files[name].Body, s_json) is { Rows: not null } file
            ? file
            : throw new InvalidOperationException($"The reference file {name} has no rows.");

    /// <summary>Texts are cleaned as the check has read them.</summary>
    private sealed class CleanText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Typed.Line(reader.GetString()) ?? string.Empty;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
