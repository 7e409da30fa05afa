using System.Globalization;
using System.Text.Json;

namespace InquiryRouter.FaultTests.Support.Server;

/// <summary>Invented clinics whose weekly cap no test reaches: two for each source of cells, so that offers go to several of them.</summary>
internal static class ClinicFile
{
    private const int ClinicsForEachSource = 2;
    private const int WeeklyCap = 1_000_000;

    public static readonly IReadOnlyList<string> CellSources = ["umbilical-cord", "bone-marrow", "adipose"];

    private static readonly string[] s_weekDays = ["mon", "tue", "wed", "thu", "fri"];
    private static readonly string[] s_languages = ["en", "es"];
    private static readonly string[] s_ageGroups = ["adult"];
    private static readonly string[] s_includes = ["hotel"];
    private static readonly string[] s_specialties = ["rheumatology"];
    private static readonly string[] s_hospital = ["hospital"];
    private static readonly string[] s_cellTherapy = ["cell-therapy-clinical"];

    /// <summary>A country rule that is reviewed: what rests on the shipped ones waits for a coordinator.</summary>
    private const string Rules =
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

    public static Task WriteRulesAsync(string path, CancellationToken cancellation) => File.WriteAllTextAsync(path, Rules, cancellation);

    public static Task WriteAsync(string path, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var clinics = Enumerable.Range(0, CellSources.Count * ClinicsForEachSource).Select(n => Clinic(n, today));
        return File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { source = "synthetic: made for fault tests", asOf = today, reviewed = false, clinics }), cancellation);
    }

    private static object Clinic(int n, DateOnly today)
    {
        var number = n.ToString("00", CultureInfo.InvariantCulture);
        return new
        {
            code = $"MX-FAULT-{number}", name = $"Fault Clinic {number}", active = true, country = "MX", city = "Tijuana", timeZone = "America/Tijuana",
            email = $"clinic{number}@clinics.example", contactName = $"Contact {number}", languages = s_languages, ageGroups = s_ageGroups,
            weeklyCap = WeeklyCap, opens = "09:00", closes = "17:00", workDays = s_weekDays,
            treatments = new[]
            {
                new
                {
                    condition = "lupus", conditionType = "sle", treatment = "msc-infusion", cellSources = new[] { CellSources[n % CellSources.Count] },
                },
            },
            packages = new[]
            {
                new
                {
                    name = "Infusion", treatment = "msc-infusion", condition = "lupus", priceAmount = 12_000 + (n * 500), priceCurrency = "USD", includes = s_includes,
                    validFrom = today.AddYears(-1), validTo = today.AddYears(2),
                },
            },
            physicians = new[]
            {
                new
                {
                    name = $"Dr. Fault {number}", specialties = s_specialties,
                    certifications = new[] { new { board = "Board of Rheumatology", validTo = today.AddYears(2), verifiedBy = "fault tests", verifiedAt = today.AddDays(-14) } },
                    experience = new[] { new { condition = "lupus", patients = 50 } }, referencesCheckedAt = today.AddDays(-14),
                },
            },
            credentials = new[] { Credential("jci", $"JCI-{number}", s_hospital, today), Credential("cofepris", $"COF-{number}", s_cellTherapy, today) },
        };
    }

    private static object Credential(string body, string number, string[] scope, DateOnly today) => new
    {
        body, scope, number, validFrom = today.AddYears(-1), validTo = today.AddYears(2), status = "active", verifiedBy = "fault tests",
        verifiedAt = today.AddDays(-14), sourceUrl = (string?)null,
    };
}
