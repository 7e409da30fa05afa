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
    public const string Header = "code,name,active,country,city,timeZone,email,contactName,phone,contacts,sites,languages,ageGroups,weeklyCap,dailyPace,opens,closes,workDays,holidays,leave,suspensions,transplantsPerYear,offerWindowHours,treatments,packages,physicians,credentials";

    /// <summary>One good clinic with every field, a field a line, so that a test can change one of them.</summary>
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
              "phone": "+52 664 123 4567",
              "contacts": [
                {"name": "Luis Vega", "role": "medical", "email": "luis@uno.example.org"},
                {"name": "Sofía Cruz", "role": "billing", "email": "sofia@uno.example.org"}
              ],
              "sites": [
                {"code": "NORTE", "name": "Torre Norte", "city": "Tijuana"},
                {"code": "MAR", "name": "Edificio Mar", "city": "Ensenada"}
              ],
              "languages": ["en", "es"],
              "ageGroups": ["adult"],
              "weeklyCap": 10,
              "dailyPace": 3,
              "opens": "09:00",
              "closes": "17:00",
              "workDays": ["mon", "fri"],
              "holidays": ["2026-12-25", "2027-01-06"],
              "leave": [
                {"from": "2027-03-29", "to": "2027-04-02"},
                {"from": "2027-08-01", "to": "2027-08-15"}
              ],
              "suspensions": [
                {"of": "processor", "authority": "Ministerio de Salud", "from": "2024-02-01", "until": "2024-06-30", "source": "gaceta 12"}
              ],
              "transplantsPerYear": 31,
              "offerWindowHours": 24,
              "treatments": [
                {
                  "condition": "lupus", "conditionType": "sle", "treatment": "msc-infusion", "cellSources": ["umbilical-cord", "bone-marrow"], "site": "MAR",
                  "route": "vein"
                },
                {
                  "condition": "parkinson",
                  "conditionType": null,
                  "treatment": "autologous-hsct",
                  "cellSources": ["bone-marrow"],
                  "site": "NORTE"
                }
              ],
              "packages": [
                {
                  "name": "All inclusive", "treatment": "msc-infusion", "condition": "lupus", "priceAmount": 14500.5, "priceCurrency": "USD",
                  "includes": ["hotel", "airport-transfer"], "validFrom": "2026-01-01", "validTo": "2026-12-31"
                },
                {
                  "name": "Transplant, basic",
                  "treatment": "autologous-hsct",
                  "condition": null,
                  "priceAmount": 9000,
                  "priceCurrency": "EUR",
                  "includes": ["nurse"],
                  "validFrom": "2026-06-01",
                  "validTo": "2027-05-31"
                }
              ],
              "physicians": [
                {
                  "name": "Dr. Elena Ruiz",
                  "active": false,
                  "specialties": ["rheumatology", "internal-medicine"],
                  "certifications": [
                    {"board": "American Board of Internal Medicine", "validTo": "2028-01-01", "verifiedBy": "Bo", "verifiedAt": "2026-10-01"},
                    {"board": "Consejo Mexicano de Reumatología", "validTo": null, "verifiedBy": null, "verifiedAt": null}
                  ],
                  "memberships": ["Colegio Mexicano de Reumatología", "EULAR"],
                  "experience": [
                    {"condition": "lupus", "patients": 120},
                    {"condition": "crohn", "patients": 15}
                  ],
                  "referencesCheckedAt": "2026-09-30"
                },
                {
                  "name": "Dr. Marco Silva", "active": true, "specialties": ["neurology"], "certifications": []
                }
              ],
              "credentials": [
                {
                  "body": "jci",
                  "issuerRecognisedBy": "ISQua EEA",
                  "programme": "Hospital, 8th edition",
                  "scope": ["hospital", "programme"],
                  "site": "MAR",
                  "number": "N 1",
                  "validFrom": "2025-02-01",
                  "validTo": "2028-01-31",
                  "status": "active",
                  "verifiedBy": "Ana",
                  "verifiedAt": "2026-10-15",
                  "nextCheck": "2027-01-10",
                  "sourceUrl": "https://example.org/register?id=1",
                  "evidenceHash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  "conditions": ["lupus", "crohn"],
                  "treatments": ["msc-infusion"],
                  "cellSources": ["adipose"]
                }
              ]
            }
          ]
        }
        """;

    /// <summary>The same clinic as in <see cref="Json"/>.</summary>
    public const string Row =
        "MX-1,\"Clínica Uno, Tijuana\",true,MX,Tijuana,America/Tijuana,referrals@uno.example.org,\"Ana \"\"la jefa\"\" Ruiz\",+52 664 123 4567,"
        + "Luis Vega|medical|luis@uno.example.org; Sofía Cruz|billing|sofia@uno.example.org,NORTE|Torre Norte|Tijuana; MAR|Edificio Mar|Ensenada,"
        + "en es,adult,10,3,09:00,17:00,\"mon, fri\",2026-12-25 2027-01-06,2027-03-29|2027-04-02; 2027-08-01|2027-08-15,processor|Ministerio de Salud|2024-02-01|2024-06-30|gaceta 12,31,24,"
        + "lupus|sle|msc-infusion|umbilical-cord+bone-marrow|MAR|vein; parkinson||autologous-hsct|bone-marrow|NORTE,"
        + "\"All inclusive|msc-infusion|lupus|14500.50|USD|hotel+airport-transfer|2026-01-01|2026-12-31; Transplant, basic|autologous-hsct||9000|EUR|nurse|2026-06-01|2027-05-31\","
        + "Dr. Elena Ruiz|no|rheumatology+internal-medicine|American Board of Internal Medicine@2028-01-01@Bo@2026-10-01 + Consejo Mexicano de Reumatología"
        + "|Colegio Mexicano de Reumatología+EULAR|lupus=120+crohn=15|2026-09-30; Dr. Marco Silva||neurology,"
        + "\"jci|hospital+programme|N 1|2025-02-01|2028-01-31|active|Ana|2026-10-15|https://example.org/register?id=1|ISQua EEA|Hospital, 8th edition|MAR|2027-01-10|"
        + "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855|lupus+crohn|msc-infusion|adipose\"";

    /// <summary>The columns that must be there, and a clinic with nothing beyond them.</summary>
    public const string ShortHeader = "code,name,country,city,timeZone,email,contactName,languages,ageGroups,weeklyCap,opens,closes,workDays,treatments,credentials";

    public const string ShortRow = "MX-2,Dos,MX,Tijuana,America/Tijuana,referrals@dos.example.org,Ana Ruiz,es,adult,10,09:00,17:00,mon,lupus||msc-infusion|adipose,";

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
        ["phone"] = c.Phone ?? string.Empty,
        ["contacts"] = Entries(c.Contacts, p => Parts(p.Name, p.Role, p.Email)),
        ["sites"] = Entries(c.Sites, s => Parts(s.Code, s.Name, s.City)),
        ["languages"] = string.Join(", ", c.Languages),
        ["ageGroups"] = string.Join(';', c.AgeGroups),
        ["weeklyCap"] = Number(c.WeeklyCap),
        ["dailyPace"] = Number(c.DailyPace),
        ["opens"] = c.Opens.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["closes"] = c.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["workDays"] = string.Join(' ', c.WorkDays.Select(d => d.ToString()[..3].ToLowerInvariant())),
        ["holidays"] = string.Join(' ', c.Holidays.Select(d => Day(d))),
        ["leave"] = Entries(c.Leave, l => Parts(Day(l.From), Day(l.To))),
        ["suspensions"] = Entries(c.Suspensions, s => Parts(s.Of, s.Authority, Day(s.From), Day(s.Until), s.Source)),
        ["transplantsPerYear"] = Number(c.TransplantsPerYear),
        ["offerWindowHours"] = Number(c.OfferWindowHours),
        ["treatments"] = Entries(c.Treatments, t => Parts(t.Condition, t.ConditionType, t.Treatment, string.Join('+', t.CellSources), t.Site, t.Route)),
        ["packages"] = Entries(c.Packages, p => Parts(
            p.Name, p.Treatment, p.Condition, Number(p.PriceAmount), p.PriceCurrency, string.Join('+', p.Includes), Day(p.ValidFrom), Day(p.ValidTo))),
        ["physicians"] = Entries(c.Physicians, p => Parts(
            p.Name, p.Active ? "yes" : "no", string.Join('+', p.Specialties),
            string.Join('+', p.Certifications.Select(b => string.Join('@', b.Board, Day(b.ValidTo), b.VerifiedBy, Day(b.VerifiedAt)))),
            string.Join('+', p.Memberships), string.Join('+', p.Experience.Select(e => $"{e.Condition}={Number(e.Patients)}")), Day(p.ReferencesCheckedAt))),
        ["credentials"] = Entries(c.Credentials, t => Parts(
            t.Body, string.Join('+', t.Scope), t.Number, Day(t.ValidFrom), Day(t.ValidTo), t.Status, t.VerifiedBy, Day(t.VerifiedAt), t.SourceUrl,
            t.IssuerRecognisedBy, t.Programme, t.Site, Day(t.NextCheck), t.EvidenceHash,
            string.Join('+', t.Conditions), string.Join('+', t.Treatments), string.Join('+', t.CellSources))),
    };

    public static string CsvOf(IEnumerable<Clinic> clinics, string header = Header) =>
        header + "\n" + string.Concat(clinics.Select(c => RowOf(CellsOf(c), header) + "\n"));

    public static string RowOf(IReadOnlyDictionary<string, string> cells, string header = Header) =>
        string.Join(',', header.Split(',').Select(column => $"\"{cells[column].Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>Clinics hold lists, which records compare by reference: compared as text instead.</summary>
    public static string TextOf(object clinics) => JsonSerializer.Serialize(clinics);

    private static string Entries<T>(IEnumerable<T> entries, Func<T, string> parts) => string.Join("; ", entries.Select(parts));

    private static string Parts(params ReadOnlySpan<string?> parts) => string.Join('|', parts);

    private static string Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;
}
