using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.IntegrationTests.Support;

/// <summary>Clinics for tests about storing them: with everything, with nothing, and with each thing changed.</summary>
internal static class Clinics
{
    /// <summary>Every field filled, every list with two, with accents, other scripts and emoji where text is free.</summary>
    public static Clinic Full(string code) => A.Clinic(code) with
    {
        Name = "Clínica „Norte” 🏥 診療所",
        Phone = "+526641234567",
        Contacts = [new ContactPerson("Ana Ruiz", "referrals", "ana@norte.example"), new ContactPerson("Bo Łukasz", "billing", "bo@norte.example")],
        Sites = [new Site("MAIN", "Edificio Ñ", "Mérida"), new Site("SUR", "Sede sur", "Campeche")],
        AgeGroups = ["adult", "child"],
        DailyPace = 7,
        Holidays = [new DateOnly(2026, 12, 25), new DateOnly(2027, 1, 1)],
        Leave = [new Leave(new DateOnly(2027, 4, 1), new DateOnly(2027, 4, 9)), new Leave(new DateOnly(2027, 8, 1), new DateOnly(2027, 8, 1))],
        OfferWindowHours = 24,
        Treatments = [A.Treatment() with { ConditionType = "sle", Site = "SUR" }, A.Treatment() with { Condition = "crohn", CellSources = ["adipose"], Site = "MAIN" }],
        Packages = [A.Package() with { Condition = "lupus" }, A.Package() with { Name = "Otoño – 秋", Condition = "crohn", PriceAmount = 999_999_999_999.99m, PriceCurrency = "MXN" }],
        Physicians =
        [
            A.Physician() with
            {
                Specialties = ["rheumatology", "internal-medicine"],
                Certifications =
                [
                    A.Physician().Certifications[0],
                    new Certification { Board = "Ärztekammer + Co.", ValidTo = new DateOnly(2030, 1, 1), VerifiedBy = "Zoë O’Brien", VerifiedAt = new DateOnly(2026, 9, 9) },
                ],
                Memberships = ["Colegio Mexicano, A.C.", "EULAR; APLAR | PANLAR"],
                Experience = [new Experience("lupus", 120), new Experience("crohn", 0)],
            },
            A.Physician() with { Name = "Dr. 王小明", Active = false },
        ],
        Credentials =
        [
            A.Credential("jci", "hospital") with
            {
                Scope = ["hospital", "programme"], IssuerRecognisedBy = "ISQua EEA", Programme = "Hospital, 8th edition", Site = "SUR",
                NextCheck = new DateOnly(2026, 12, 30), EvidenceHash = new string('a', 64),
            },
            A.Credential("cofepris", "cell-therapy-clinical") with
            {
                IssuerRecognisedBy = "Secretaría de Salud", Programme = "Art. 315", Site = "MAIN", NextCheck = new DateOnly(2026, 12, 1), EvidenceHash = new string('0', 64),
            },
        ],
    };

    /// <summary>Everything empty that may be.</summary>
    public static Clinic Bare(string code) => A.Clinic(code) with
    {
        WeeklyCap = 0, WorkDays = [], Languages = [], AgeGroups = [], Packages = [],
        Treatments = [A.Treatment() with { CellSources = [] }],
        Physicians =
        [
            new Physician { Name = "Dr. No", Active = false, Specialties = [], Certifications = [] },
            new Physician
            {
                Name = "Dr. Claim", Active = true, Specialties = [],
                Certifications = [new Certification { Board = "Board", ValidTo = null, VerifiedBy = null, VerifiedAt = null }],
            },
        ],
        Credentials = [A.Credential("jci", "hospital") with { Scope = [], VerifiedBy = null, VerifiedAt = null, SourceUrl = null }],
    };

    /// <summary>The clinic with one value of it changed, for each value it has, whatever fields the model comes to have.</summary>
    public static IEnumerable<(string Field, Clinic Changed)> EachFieldChanged(Clinic clinic)
    {
        var paths = Leaves(JsonSerializer.SerializeToNode(clinic)!).ToList();
        foreach (var path in paths.Where(p => p != "$.Code"))
        {
            var copy = JsonSerializer.SerializeToNode(clinic)!;
            var leaf = Leaves(copy, path)!;
            leaf.ReplaceWith(Other(leaf.AsValue()));
            yield return (path, copy.Deserialize<Clinic>()!);
        }
    }

    /// <summary>Records compare their lists by reference: compared as text instead. 14500 and 14500.0 are one price.</summary>
    public static string Text(Clinic clinic) => JsonSerializer.Serialize(clinic with
    {
        Packages = [.. clinic.Packages.Select(p => p with { PriceAmount = p.PriceAmount / 1.0000000000000000000000000000m })],
    });

    private static IEnumerable<string> Leaves(JsonNode node) => node switch
    {
        JsonObject o => o.SelectMany(f => f.Value is null ? [] : Leaves(f.Value)),
        JsonArray a => a.SelectMany(i => Leaves(i!)),
        _ => [node.GetPath()],
    };

    private static JsonNode? Leaves(JsonNode node, string path) => node switch
    {
        _ when node.GetPath() == path => node,
        JsonObject o => o.Select(f => f.Value is null ? null : Leaves(f.Value, path)).FirstOrDefault(n => n is not null),
        JsonArray a => a.Select(i => Leaves(i!, path)).FirstOrDefault(n => n is not null),
        _ => null,
    };

    // As long as before, and still of its kind: a day, a time, a word.
    private static JsonValue Other(JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(!value.GetValue<bool>());
            case JsonValueKind.Number when value.GetPath().Contains(nameof(Clinic.WorkDays), StringComparison.Ordinal):
                return JsonValue.Create((value.GetValue<int>() + 2) % 7);
            case JsonValueKind.Number:
                return JsonValue.Create(value.Deserialize<decimal>() - 1m is >= 0 and var less ? less : 5m);
            default:
                var text = value.GetValue<string>();
                return JsonValue.Create(
                    DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.AddMinutes(1).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
                    : text[..^1] + (text[^1] == 'q' ? 'z' : 'q'));
        }
    }
}
