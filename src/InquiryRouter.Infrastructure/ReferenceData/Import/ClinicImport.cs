using System.Globalization;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

public enum ImportFormat { Json, Csv }

public sealed record ImportProblem(long Line, string Column, string Value, string Allowed);

public sealed record ImportResult(string Source, IReadOnlyList<Clinic> Clinics, IReadOnlyList<ImportProblem> Problems);

public static class ClinicImport
{
    public static ImportFormat Of(string fileName) => fileName.EndsWith(".json", StringComparison.Ordinal) ? ImportFormat.Json : throw new ArgumentException("json", nameof(fileName));

    public static ImportResult Read(Stream stream, ImportFormat format, MatchRules rules, IFieldRules fieldRules, Action<int>? progress = null)
    {
        using var doc = JsonDocument.Parse(stream);
        var clinics = new List<Clinic>();
        static string[] L(JsonElement e, string n) => [.. e.GetProperty(n).EnumerateArray().Select(x => x.GetString()!)];
        static string? S(JsonElement e, string n) => e.TryGetProperty(n, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;
        foreach (var c in doc.RootElement.GetProperty("clinics").EnumerateArray())
        {
            clinics.Add(new Clinic
            {
                Code = S(c, "code")!, Name = S(c, "name")!, Active = c.GetProperty("active").GetBoolean(), Country = S(c, "country")!, City = S(c, "city")!, TimeZone = S(c, "timeZone")!,
                Email = S(c, "email")!, ContactName = S(c, "contactName")!, Languages = L(c, "languages"), AgeGroups = L(c, "ageGroups"), WeeklyCap = c.GetProperty("weeklyCap").GetInt32(),
                Opens = TimeOnly.Parse(S(c, "opens")!, CultureInfo.InvariantCulture), Closes = TimeOnly.Parse(S(c, "closes")!, CultureInfo.InvariantCulture),
                WorkDays = [.. L(c, "workDays").Select(d => Enum.GetValues<DayOfWeek>().First(x => x.ToString().StartsWith(d, StringComparison.OrdinalIgnoreCase)))],
                Treatments = [.. c.GetProperty("treatments").EnumerateArray().Select(t => new ClinicTreatment { Condition = S(t, "condition")!, ConditionType = S(t, "conditionType"), Treatment = S(t, "treatment")!, CellSources = L(t, "cellSources"), PriceAmount = t.GetProperty("priceAmount").ValueKind == JsonValueKind.Number ? t.GetProperty("priceAmount").GetDecimal() : null, PriceCurrency = S(t, "priceCurrency"), Includes = L(t, "includes") })],
                Credentials = [.. c.GetProperty("credentials").EnumerateArray().Select(t => new Credential { Body = S(t, "body")!, Scope = L(t, "scope"), Number = S(t, "number")!, ValidFrom = DateOnly.Parse(S(t, "validFrom")!, CultureInfo.InvariantCulture), ValidTo = DateOnly.Parse(S(t, "validTo")!, CultureInfo.InvariantCulture), Status = S(t, "status")!, VerifiedBy = S(t, "verifiedBy"), VerifiedAt = S(t, "verifiedAt") is { } at ? DateOnly.Parse(at, CultureInfo.InvariantCulture) : null, SourceUrl = S(t, "sourceUrl") })],
            });
        }

        return new ImportResult("x", clinics, []);
    }
}
