using System.Globalization;
using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Import;

/// <summary>Files of clinics to import, and the import with the lists that ship.</summary>
internal static class ClinicFiles
{
    public const string Header = "code,name,active,country,city,timeZone,email,contactName,languages,ageGroups,weeklyCap,opens,closes,workDays,treatments,credentials";

    /// <summary>One good clinic, a field a line, so that a test can change one of them.</summary>
    public const string Json = """
        {
          "source": "a test",
          "clinics": [
            {
              "code": "MX-1",
              "name": "Clínica Uno, Tijuana",
              "active": true,
              "country": "MX",
              "city": "Tijuana",
              "timeZone": "America/Tijuana",
              "email": "referrals@uno.example.org",
              "contactName": "Ana \"la jefa\" Ruiz",
              "languages": ["en", "es"],
              "ageGroups": ["adult"],
              "weeklyCap": 10,
              "opens": "09:00",
              "closes": "17:00",
              "workDays": ["mon", "fri"],
              "treatments": [
                {
                  "condition": "lupus", "conditionType": "sle", "treatment": "msc-infusion", "cellSources": ["umbilical-cord", "bone-marrow"],
                  "priceAmount": 14500.5, "priceCurrency": "USD", "includes": ["hotel", "airport-transfer"]
                },
                {
                  "condition": "parkinson",
                  "conditionType": null,
                  "treatment": "autologous-hsct",
                  "cellSources": ["bone-marrow"],
                  "priceAmount": 9000,
                  "priceCurrency": "EUR",
                  "includes": ["hotel"]
                }
              ],
              "credentials": [
                {
                  "body": "jci",
                  "scope": ["hospital", "programme"],
                  "number": "N 1",
                  "validFrom": "2025-02-01",
                  "validTo": "2028-01-31",
                  "status": "active",
                  "verifiedBy": "Ana",
                  "verifiedAt": "2026-10-15",
                  "sourceUrl": "https://example.org/register?id=1"
                }
              ]
            }
          ]
        }
        """;

    /// <summary>The same clinic as in <see cref="Json"/>.</summary>
    public const string Row = """
        MX-1,"Clínica Uno, Tijuana",true,MX,Tijuana,America/Tijuana,referrals@uno.example.org,"Ana ""la jefa"" Ruiz",en es,adult,10,09:00,17:00,"mon, fri",lupus|sle|msc-infusion|umbilical-cord+bone-marrow|14500.50|USD|hotel+airport-transfer; parkinson||autologous-hsct|bone-marrow|9000|EUR|hotel,jci|hospital+programme|N 1|2025-02-01|2028-01-31|active|Ana|2026-10-15|https://example.org/register?id=1
        """;

    public static ImportResult ReadJson(string text, Action<int>? progress = null) => Read(Encoding.UTF8.GetBytes(text), ImportFormat.Json, progress);

    public static ImportResult ReadCsv(string text, Action<int>? progress = null) => Read(Encoding.UTF8.GetBytes(text), ImportFormat.Csv, progress);

    public static ImportResult Read(byte[] file, ImportFormat format, Action<int>? progress = null)
    {
        using var stream = new MemoryStream(file);
        return ClinicImport.Read(stream, format, Shipped.Rules, Shipped.FieldRules, progress);
    }

    public static byte[] DemoNetwork()
    {
        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The cells of a clinic by column, unquoted.</summary>
    public static Dictionary<string, string> CellsOf(Clinic c) => new(StringComparer.Ordinal)
    {
        ["code"] = c.Code,
        ["name"] = c.Name,
        ["active"] = c.Active ? "yes" : "no",
        ["country"] = c.Country,
        ["city"] = c.City,
        ["timeZone"] = c.TimeZone,
        ["email"] = c.Email,
        ["contactName"] = c.ContactName,
        ["languages"] = string.Join(", ", c.Languages),
        ["ageGroups"] = string.Join(';', c.AgeGroups),
        ["weeklyCap"] = c.WeeklyCap.ToString(CultureInfo.InvariantCulture),
        ["opens"] = c.Opens.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["closes"] = c.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["workDays"] = string.Join(' ', c.WorkDays.Select(d => d.ToString()[..3].ToLowerInvariant())),
        ["treatments"] = string.Join("; ", c.Treatments.Select(t => string.Join(
            '|', t.Condition, t.ConditionType, t.Treatment, string.Join('+', t.CellSources), t.PriceAmount?.ToString(CultureInfo.InvariantCulture), t.PriceCurrency, string.Join('+', t.Includes)))),
        ["credentials"] = string.Join("; ", c.Credentials.Select(t => string.Join(
            '|', t.Body, string.Join('+', t.Scope), t.Number, Day(t.ValidFrom), Day(t.ValidTo), t.Status, t.VerifiedBy, Day(t.VerifiedAt), t.SourceUrl))),
    };

    public static string CsvOf(IEnumerable<Clinic> clinics, string header = Header) =>
        header + "\n" + string.Concat(clinics.Select(c => RowOf(CellsOf(c), header) + "\n"));

    public static string RowOf(IReadOnlyDictionary<string, string> cells, string header = Header) =>
        string.Join(',', header.Split(',').Select(column => $"\"{cells[column].Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>Clinics hold lists, which records compare by reference: compared as text instead.</summary>
    public static string TextOf(object clinics) => JsonSerializer.Serialize(clinics);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;
}
