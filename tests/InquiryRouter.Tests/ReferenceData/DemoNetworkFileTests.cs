using System.Globalization;
using System.Text.Json;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.ReferenceData;

/// <summary>The demo network as it stands in its file, before any importer: its codes are known, its dates make sense, and each situation it is to show is there.</summary>
public sealed class DemoNetworkFileTests
{
    private static readonly List<JsonElement> s_clinics = [.. Shipped.File("demo-network").GetProperty("clinics").EnumerateArray()];
    private static readonly Dictionary<string, JsonElement> s_byCode = s_clinics.ToDictionary(c => Text(c, "code")!, StringComparer.Ordinal);

    [Fact]
    public void There_are_some_forty_clinics_in_at_least_twelve_countries()
    {
        Assert.InRange(s_clinics.Count, 40, 50);
        Assert.Equal(s_clinics.Count, s_byCode.Count);
        Assert.True(s_clinics.Select(c => Text(c, "country")).Distinct().Count() >= 12);
    }

    [Theory]
    [InlineData("MX-TIJ-01 MX-CUN-01 MX-GDL-01 CR-SJO-01 MX-TIJ-02 MX-MTY-01 MX-CUN-02 MX-PVR-01 CR-SJO-02 PA-PTY-01 CO-BOG-01 IN-DEL-01 JP-OSA-01 TH-BKK-01 TR-IST-01 KR-SEL-01")]
    public void Clinics_that_were_there_before_still_are(string codes) => Assert.All(codes.Split(' '), code => Assert.Contains(code, s_byCode.Keys));

    [Fact]
    public void Nobody_in_it_is_real() => Assert.All(s_clinics, clinic =>
    {
        Assert.EndsWith("(synthetic)", Text(clinic, "name")!, StringComparison.Ordinal);
        Assert.EndsWith(".clinic.example", Text(clinic, "email")!, StringComparison.Ordinal);
        Assert.All(Rows(clinic, "contacts"), c => Assert.EndsWith(".clinic.example", Text(c, "email")!, StringComparison.Ordinal));
        Assert.All(Rows(clinic, "physicians"), p => Assert.StartsWith("Dr Demo ", Text(p, "name")!, StringComparison.Ordinal));
        Assert.All(Rows(clinic, "credentials"), c => Assert.StartsWith("DEMO-", Text(c, "number")!, StringComparison.Ordinal));
    });

    [Fact]
    public void A_clinic_says_when_where_and_in_which_languages_it_works() => Assert.All(s_clinics, clinic =>
    {
        Assert.Equal(Text(clinic, "code")![..2], Text(clinic, "country"));
        Assert.True(Shipped.FieldRules.TryTimeZone(Text(clinic, "timeZone"), out _), Text(clinic, "timeZone"));
        Assert.All(Texts(clinic, "languages"), l => Assert.Contains(l, Shipped.Lists.Languages.Keys));
        Assert.Empty(Texts(clinic, "ageGroups").Except(["child", "adult"], StringComparer.Ordinal));
        Assert.True(string.CompareOrdinal(Text(clinic, "opens"), Text(clinic, "closes")) < 0);
        Assert.All(Texts(clinic, "holidays"), h => Day(h));
        Assert.All(Rows(clinic, "leave"), l => Assert.True(Day(Text(l, "from")) <= Day(Text(l, "to"))));
        Assert.All(Rows(clinic, "contacts"), c => Assert.Contains(Text(c, "role"), new[] { "referrals", "medical", "billing", "other" }));
    });

    [Fact]
    public void Treatments_name_what_the_lists_have_and_sites_of_the_clinic() => Assert.All(s_clinics, clinic =>
    {
        var sites = Rows(clinic, "sites").Select(s => Text(s, "code")!).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(Rows(clinic, "treatments"));
        Assert.All(Rows(clinic, "treatments"), row =>
        {
            var condition = Shipped.Lists.Conditions[Text(row, "condition")!];
            Assert.True(Text(row, "conditionType") is not { } type || condition.Types.Any(t => t.Code == type));
            var treatment = Shipped.Lists.Treatments[Text(row, "treatment")!];
            Assert.Equal([treatment.Code], treatment.Covers);
            Assert.NotEmpty(Texts(row, "cellSources"));
            Assert.Empty(Texts(row, "cellSources").Except(treatment.CellSources, StringComparer.Ordinal));
            Assert.True(Text(row, "site") is not { } site || sites.Contains(site));
        });
    });

    [Fact]
    public void Packages_price_a_treatment_of_the_clinic_in_a_currency_with_a_rate() => Assert.All(s_clinics, clinic =>
        Assert.All(Rows(clinic, "packages"), package =>
        {
            Assert.Contains(Rows(clinic, "treatments"), t => Text(t, "treatment") == Text(package, "treatment") && Text(t, "condition") == Text(package, "condition"));
            Assert.True(package.GetProperty("priceAmount").GetDecimal() > 0);
            Assert.NotNull(Shipped.Lists.Currencies[Text(package, "priceCurrency")!].UnitsPerUsd);
            Assert.NotEmpty(Texts(package, "includes"));
            Assert.True(Day(Text(package, "validFrom")) <= Day(Text(package, "validTo")));
        }));

    [Fact]
    public void Physicians_have_specialties_and_experience_the_lists_know()
    {
        var specialties = ReferenceDataFiles.LoadCodes(ReferenceFiles.Shipped, "specialties");

        Assert.All(s_clinics.SelectMany(c => Rows(c, "physicians")), physician =>
        {
            Assert.NotEmpty(Texts(physician, "specialties"));
            Assert.Empty(Texts(physician, "specialties").Except(specialties, StringComparer.Ordinal));
            Assert.All(Rows(physician, "experience"), e => Assert.Contains(Text(e, "condition")!, Shipped.Lists.Conditions.Keys));
            Assert.All(Rows(physician, "certifications"), c => Assert.Equal(Text(c, "verifiedBy") is null, Text(c, "verifiedAt") is null));
        });
    }

    [Fact]
    public void Credentials_are_of_bodies_we_know_that_work_there_and_have_a_number_of_their_own()
    {
        var scopes = ReferenceDataFiles.LoadCodes(ReferenceFiles.Shipped, "scopes");
        var numbers = new HashSet<string>(StringComparer.Ordinal);

        Assert.All(s_clinics, clinic => Assert.All(Rows(clinic, "credentials"), credential =>
        {
            var body = Shipped.Rules.Body(Text(credential, "body")!)!;
            Assert.True(body.Countries.Contains("*", StringComparer.Ordinal) || body.Countries.Contains(Text(clinic, "country")!, StringComparer.Ordinal), body.Code);
            Assert.NotEmpty(Texts(credential, "scope"));
            IEnumerable<string> trial = body.Covers.Contains("clinical-trial", StringComparer.Ordinal) ? [.. Shipped.Lists.Conditions.Keys, .. Shipped.Lists.Treatments.Keys] : [];
            Assert.Empty(Texts(credential, "scope").Except(scopes.Concat(trial), StringComparer.Ordinal));
            Assert.True(numbers.Add(Text(credential, "number")!), Text(credential, "number"));
            Assert.True(Day(Text(credential, "validFrom")) < Day(Text(credential, "validTo")));
            Assert.Contains(Text(credential, "status"), new[] { "active", "conditional", "suspended", "withdrawn", "denied", "expired", "unknown" });
            Assert.Equal(Text(credential, "verifiedBy") is null, Text(credential, "verifiedAt") is null);
            Assert.True(Text(credential, "evidenceHash") is not { } hash || (hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)));
            Assert.True(Text(credential, "site") is not { } site || Rows(clinic, "sites").Any(s => Text(s, "code") == site));
        }));
    }

    [Fact]
    public void What_is_no_lapse_on_purpose_lasts_until_2029()
    {
        var lapsed = s_clinics.SelectMany(c => Rows(c, "credentials"), (c, r) => (Clinic: Text(c, "code"), To: Day(Text(r, "validTo")))).Where(r => r.To < new DateOnly(2029, 1, 1));

        Assert.Equal(["MX-LAP-01"], lapsed.Select(l => l.Clinic!));
    }

    [Theory]
    [InlineData("MX-TIJ-01 MX-CUN-01 MX-GDL-01 MX-MEX-01 MX-QRO-01 MX-MID-01 CR-SJO-01 CR-LIR-01 MX-SJD-01")]
    public void Clinics_that_may_have_the_lupus_inquiry_ask_prices_near_each_other(string codes) => Assert.All(codes.Split(' '), code =>
    {
        var package = Rows(s_byCode[code], "packages").First(p => Text(p, "condition") == "lupus");
        var usd = package.GetProperty("priceAmount").GetDecimal() / Shipped.Lists.Currencies[Text(package, "priceCurrency")!].UnitsPerUsd!.Value;
        Assert.InRange(usd, 14_000, 17_000);
        Assert.Contains("en", Texts(s_byCode[code], "languages"));
        Assert.Contains("adult", Texts(s_byCode[code], "ageGroups"));
    });

    public static TheoryData<string, string, Predicate<JsonElement>> Situations => new()
    {
        { "inactive", "CO-BOG-01", c => !c.GetProperty("active").GetBoolean() },
        { "on leave", "MX-MZT-01", c => Rows(c, "leave").Any(l => Day(Text(l, "from")) <= Moment.Today && Moment.Today <= Day(Text(l, "to"))) },
        { "condition", "MX-CUN-02", c => !Treats(c, "lupus") },
        { "condition-type", "CR-SJO-02", c => Rows(c, "treatments").Where(t => Text(t, "condition") == "lupus").All(t => Text(t, "conditionType") == "discoid") },
        { "treatment", "MX-VSA-01", c => Rows(c, "treatments").All(t => Text(t, "treatment") == "autologous-hsct") },
        { "cell-source", "MX-SJD-01", c => Rows(c, "treatments").All(t => Texts(t, "cellSources").SequenceEqual(["adipose"])) },
        { "country-rule-unknown", "PA-PTY-01", c => Rule(c) is null },
        { "country-rule-forbids", "CA-TOR-01", c => Rule(c)?.Outcome == Core.Matching.RuleOutcome.Forbidden },
        { "a licence of the site without a protocol", "MX-COL-01", c => Holds(c, "cofepris") && !Holds(c, "mx-protocol") },
        { "its cell processor is suspended", "MX-TPQ-01", c => Rows(c, "suspensions").Any(s => Text(s, "of") == "processor") },
        { "a notice instead of a licence", "MX-TIJ-02", c => Holds(c, "cofepris-aviso") && !Holds(c, "cofepris") },
        { "no plan for the treatment", "JP-TYO-01", c => !Holds(c, "jp-class-plan") },
        { "outside of a trial", "IN-DEL-01", c => Rule(c)?.Outcome == Core.Matching.RuleOutcome.TrialOnly && !Holds(c, "in-trial-registry") },
        { "facilitator permission, Türkiye", "TR-IST-01", c => Treats(c, "leukaemia") && Holds(c, "tr-facility") && Holds(c, "jacie") },
        { "facilitator permission, Korea", "KR-SEL-01", c => Holds(c, "kr-arm-plan") && Holds(c, "koiha") },
        { "no accreditation", "MX-VER-01", c => !Clinical(c).Any() },
        { "accreditation only claimed", "MX-PVR-01", c => Clinical(c).All(r => Text(r, "verifiedBy") is null) },
        { "accreditation expired", "MX-LAP-01", c => Clinical(c).All(r => Day(Text(r, "validTo")) < Moment.Today) },
        { "accreditation suspended", "MX-HMO-01", c => Clinical(c).All(r => Text(r, "status") == "suspended") },
        { "accreditation begins later", "MX-OAX-01", c => Clinical(c).All(r => Day(Text(r, "validFrom")) > Moment.Today) },
        { "ISO 9001 only", "MX-SLP-01", c => Holds(c, "iso-9001") && !Clinical(c).Any() },
        { "laboratory only", "MX-AGU-01", c => Clinical(c).All(r => Texts(r, "scope").SequenceEqual(["laboratory"])) },
        { "processing only", "MX-TRC-01", c => Clinical(c).All(r => Texts(r, "scope").SequenceEqual(["processing"])) },
        { "ISQua claim", "MX-CUN-02", c => Holds(c, "isqua") && !Clinical(c).Any() },
        { "a step before accreditation", "TH-HKT-01", c => Holds(c, "hai-step") && !Clinical(c).Any() },
        { "accreditation of another site", "MX-TOL-01", c => Clinical(c).All(r => Text(r, "site") == "CENTRO") && Rows(c, "treatments").All(t => Text(t, "site") == "METEPEC") },
        { "scope without transplants", "IN-DEL-01", c => Treats(c, "leukaemia") && !Clinical(c).Any(r => Texts(r, "scope").Contains("cell-therapy-clinical", StringComparer.Ordinal)) },
        { "no physician", "MX-CUU-01", c => !Rows(c, "physicians").Any() },
        { "physician of another specialty", "MX-PUE-01", c => !Rows(c, "physicians").Any(Qualifies) },
        { "certification not verified", "MX-LEN-01", c => Rows(c, "physicians").All(p => Qualifies(p) && Rows(p, "certifications").All(r => Text(r, "verifiedBy") is null)) },
        { "physician inactive", "MX-ZIH-01", c => Rows(c, "physicians").All(p => !p.GetProperty("active").GetBoolean()) },
        { "age-group", "MX-MTY-01", c => Texts(c, "ageGroups").SequenceEqual(["child"]) },
        { "destination", "JP-OSA-01", c => Holds(c, "jp-class-plan") && Holds(c, "jci") },
        { "language", "CR-SJO-03", c => Texts(c, "languages").SequenceEqual(["es"]) },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void Each_situation_is_shown_by_a_clinic(string situation, string code, Predicate<JsonElement> isShown) =>
        Assert.True(isShown(s_byCode[code]), $"{code} does not show: {situation}.");

    [Theory]
    [InlineData("MX-VER-01 MX-LAP-01 MX-HMO-01 MX-OAX-01 MX-SLP-01 MX-AGU-01 MX-TRC-01 MX-TOL-01 MX-CUU-01 MX-PUE-01 MX-LEN-01 MX-ZIH-01 MX-MZT-01")]
    public void A_clinic_that_shows_one_fault_has_no_other(string codes) => Assert.All(codes.Split(' '), code =>
    {
        var clinic = s_byCode[code];
        Assert.True(Holds(clinic, "cofepris") && Holds(clinic, "mx-protocol"), code);
        Assert.True(Treats(clinic, "lupus") && Texts(clinic, "languages").Contains("en", StringComparer.Ordinal) && Texts(clinic, "ageGroups").Contains("adult", StringComparer.Ordinal), code);
    });

    private static bool Treats(JsonElement clinic, string condition) => Rows(clinic, "treatments").Any(t => Text(t, "condition") == condition);

    private static bool Holds(JsonElement clinic, string body) => Rows(clinic, "credentials").Any(c => Text(c, "body") == body && Text(c, "verifiedBy") is not null);

    private static bool Qualifies(JsonElement physician) => Texts(physician, "specialties").Intersect(Shipped.Lists.Conditions["lupus"].Specialties, StringComparer.Ordinal).Any();

    private static IEnumerable<JsonElement> Clinical(JsonElement clinic) =>
        Rows(clinic, "credentials").Where(c => Shipped.Rules.Body(Text(c, "body")!)!.CountsAsClinical);

    private static Core.Matching.CountryRule? Rule(JsonElement clinic) => Shipped.DemoRules.RuleFor(Text(clinic, "country")!, "msc-infusion", "lupus", Moment.Today);

    private static JsonElement.ArrayEnumerator Rows(JsonElement row, string name) => row.GetProperty(name).EnumerateArray();

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static IEnumerable<string> Texts(JsonElement row, string name) => row.GetProperty(name).EnumerateArray().Select(v => v.GetString()!);

    private static DateOnly Day(string? text) => DateOnly.ParseExact(text!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
