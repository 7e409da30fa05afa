using System.Globalization;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening.Emergencies;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Checks;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.ReferenceData;

/// <summary>The shipped files agree with each other and with the world's lists.</summary>
public sealed class ReferenceDataFilesTests
{
    private static readonly ReferenceLists s_lists = Shipped.Lists;

    public static TheoryData<string> Files => new(Shipped.FileNames());

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_says_where_it_is_from_of_when_and_whether_it_was_reviewed(string name)
    {
        var file = Shipped.File(name);

        Assert.NotEmpty(file.GetProperty("source").GetString()!);
        Assert.True(DateOnly.TryParseExact(file.GetProperty("asOf").GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.True(file.GetProperty("reviewed").ValueKind is JsonValueKind.True or JsonValueKind.False);
    }

    [Theory]
    [InlineData("accreditation-bodies")]
    [InlineData("baseline-prices")]
    [InlineData("conditions")]
    [InlineData("country-rules")]
    [InlineData("emergency-words")]
    [InlineData("facilitator-permissions")]
    [InlineData("treatment-facts")]
    [InlineData("treatments")]
    public void Of_a_fact_about_medicine_or_law_every_row_says_it_too(string name) =>
        Assert.All(Shipped.Rows(name), row =>
        {
            Assert.NotEmpty(row.GetProperty("source").GetString()!);
            Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", row.GetProperty("asOf").GetString()!);
            Assert.True(row.GetProperty("reviewed").ValueKind is JsonValueKind.True or JsonValueKind.False);
        });

    [Fact]
    public void Every_country_has_two_letters_a_name_and_a_zone_this_machine_knows()
    {
        Assert.True(s_lists.Countries.Count > 200, "The countries were not found.");
        Assert.All(s_lists.Countries.Values, country =>
        {
            Assert.Matches("^[A-Z]{2}$", country.Code);
            Assert.NotEmpty(country.Name);
            Assert.True(Shipped.FieldRules.TryTimeZone(country.TimeZone, out var zone) && zone == country.TimeZone, $"{country.Code}: {country.TimeZone} is no time zone.");
        });
    }

    [Fact]
    public void Kosovo_is_a_country_with_its_zone_its_continent_and_its_phones()
    {
        Assert.Equal(("Kosovo", "Europe/Belgrade"), (s_lists.Countries["XK"].Name, s_lists.Countries["XK"].TimeZone));
        Assert.Contains("XK", s_lists.Regions["europe"].Countries.Order(StringComparer.Ordinal));
        Assert.True(Shipped.FieldRules.TryPhone("044 123 456", "XK", out var phone));
        Assert.Equal("+38344123456", phone);
    }

    [Fact]
    public void Languages_and_currencies_have_codes_of_their_standards()
    {
        Assert.All(s_lists.Languages.Values, l => Assert.Matches("^[a-z]{2}$", l.Code));
        Assert.All(s_lists.Currencies.Values, c => Assert.Matches("^[A-Z]{3}$", c.Code));
    }

    [Fact]
    public void A_rate_is_unknown_or_above_zero()
    {
        Assert.All(s_lists.Currencies.Values, c => Assert.True(c.UnitsPerUsd is null or > 0, $"{c.Code}: {c.UnitsPerUsd}"));
        Assert.Equal(1, s_lists.Currencies["USD"].UnitsPerUsd);
    }

    [Fact]
    public void A_region_is_made_of_countries_we_know_and_is_no_country_itself() =>
        Assert.All(s_lists.Regions.Values, region =>
        {
            Assert.NotEmpty(region.Countries);
            Assert.Empty(region.Countries.Except(s_lists.Countries.Keys, StringComparer.Ordinal));
            Assert.Matches("^[a-z-]{3,}$", region.Code);
        });

    [Fact]
    public void A_family_covers_treatments_we_know_and_their_cell_sources() =>
        Assert.All(s_lists.Treatments.Values, treatment =>
        {
            Assert.NotEmpty(treatment.Covers);
            Assert.All(treatment.Covers, covered =>
                Assert.Empty(s_lists.Treatments[covered].CellSources.Except(treatment.CellSources, StringComparer.Ordinal)));
        });

    [Fact]
    public void Stem_cell_therapy_does_not_cover_a_transplantation() =>
        Assert.DoesNotContain("autologous-hsct", s_lists.Treatments["stem-cell-therapy"].Covers.AsEnumerable());

    [Fact]
    public void The_conditions_of_the_domain_are_there()
    {
        string[] named =
        [
            "lupus", "multiple-sclerosis", "rheumatoid-arthritis", "scleroderma", "crohn", "ulcerative-colitis", "parkinson", "leukaemia",
            "heart-failure", "type-1-diabetes", "osteoarthritis", ReferenceLists.OtherCondition,
        ];

        Assert.Empty(named.Except(s_lists.Conditions.Keys, StringComparer.Ordinal));
        Assert.Equal(["sle", "discoid", "drug-induced", "neonatal"], s_lists.Conditions["lupus"].Types.Select(t => t.Code));
    }

    [Fact]
    public void A_country_rule_names_only_what_the_other_files_have() =>
        Assert.All(Shipped.Rows("country-rules"), row =>
        {
            Assert.Contains(Text(row, "country")!, s_lists.Countries.Keys);
            Assert.Contains(Text(row, "treatment")!, s_lists.Treatments.Keys);
            Assert.Empty(Conditions(row).Except(s_lists.Conditions.Keys, StringComparer.Ordinal));
            Assert.True(Text(row, "requires") is not { } body || Shipped.Rules.Body(body) is not null, $"Nobody knows {Text(row, "requires")}.");
        });

    [Fact]
    public void A_rule_that_asks_for_a_credential_says_whose() =>
        Assert.All(
            Shipped.Rows("country-rules"),
            row => Assert.Equal(Text(row, "outcome") is "requires-credential" or "trial-only", Text(row, "requires") is not null));

    [Theory]
    [InlineData("osteoarthritis", "knee", "bone-marrow", RuleOutcome.RequiresCredential)]
    [InlineData("osteoarthritis", "knee", "adipose", RuleOutcome.TrialOnly)]
    [InlineData("osteoarthritis", "hip", "bone-marrow", RuleOutcome.TrialOnly)]
    [InlineData("osteoarthritis", null, "bone-marrow", RuleOutcome.TrialOnly)]
    [InlineData("critical-limb-ischaemia", null, "bone-marrow", RuleOutcome.RequiresCredential)]
    [InlineData("critical-limb-ischaemia", null, "umbilical-cord", RuleOutcome.TrialOnly)]
    [InlineData("lupus", "sle", "bone-marrow", RuleOutcome.TrialOnly)]
    public void What_India_has_licensed_is_a_rule_of_its_own(string condition, string? type, string source, RuleOutcome outcome) =>
        Assert.Equal(outcome, Shipped.Rules.RuleFor("IN", "msc-infusion", condition, Moment.Today, type, source)?.Outcome);

    [Fact]
    public void Nobody_has_reviewed_a_shipped_rule_and_each_that_asks_for_a_credential_says_what_it_must_name() =>
        Assert.All(Shipped.Rows("country-rules"), row =>
        {
            Assert.False(row.GetProperty("reviewed").GetBoolean());
            Assert.Equal(Text(row, "requires") is not null, row.TryGetProperty("mustName", out _));
        });

    [Fact]
    public void The_rules_of_the_demo_say_that_they_are_no_law_and_fit_the_other_files()
    {
        var files = ReferenceFiles.Shipped.With(ReferenceDataFiles.DemoCountryRules());

        Assert.Empty(Infrastructure.ReferenceData.Checks.ReferenceCheck.Problems(files));
        var rules = Shipped.DemoNetwork.Clinics.Select(c => c.Country).Distinct()
            .SelectMany(c => Shipped.Lists.Treatments.Keys.SelectMany(t => Shipped.Lists.Conditions.Keys.Select(k => Shipped.DemoRules.RuleFor(c, t, k, Moment.Today))))
            .OfType<CountryRule>().ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.True(r.Reviewed && r.Source.StartsWith("synthetic", StringComparison.Ordinal), r.Country));
    }

    [Theory]
    [InlineData("IN", "msc-infusion", "lupus", RuleOutcome.TrialOnly)]
    [InlineData("IN", "autologous-hsct", "leukaemia", RuleOutcome.Permitted)]
    [InlineData("IN", "autologous-hsct", "lupus", RuleOutcome.TrialOnly)]
    [InlineData("MX", "msc-infusion", "lupus", RuleOutcome.RequiresCredential)]
    [InlineData("CR", "msc-infusion", "lupus", RuleOutcome.Undecided)]
    [InlineData("JP", "msc-infusion", "lupus", RuleOutcome.RequiresCredential)]
    [InlineData("CA", "msc-infusion", "lupus", RuleOutcome.TrialOnly)]
    [InlineData("MY", "msc-infusion", "lupus", RuleOutcome.TrialOnly)]
    [InlineData("BR", "msc-infusion", "lupus", RuleOutcome.TrialOnly)]
    [InlineData("DE", "msc-infusion", "crohn", RuleOutcome.TrialOnly)]
    [InlineData("PL", "msc-infusion", "lupus", RuleOutcome.TrialOnly)]
    [InlineData("BS", "msc-infusion", "lupus", RuleOutcome.RequiresCredential)]
    [InlineData("CN", "msc-infusion", "lupus", RuleOutcome.RequiresCredential)]
    [InlineData("IN", "msc-infusion", "autism", RuleOutcome.TrialOnly)]
    [InlineData("IN", "allogeneic-hsct", "thalassaemia", RuleOutcome.Permitted)]
    [InlineData("MX", "exosomes", "lupus", null)]
    [InlineData("US", "car-t", "lupus", null)]
    [InlineData("KR", "msc-infusion", "lupus", RuleOutcome.RequiresCredential)]
    [InlineData("TR", "autologous-hsct", "leukaemia", RuleOutcome.RequiresCredential)]
    [InlineData("TR", "msc-infusion", "lupus", null)]
    [InlineData("PA", "msc-infusion", "lupus", null)]
    [InlineData("US", "msc-infusion", "lupus", RuleOutcome.TrialOnly)]
    public void The_rules_of_the_domain_are_in_force(string country, string treatment, string condition, RuleOutcome? outcome) =>
        Assert.Equal(outcome, Shipped.Rules.RuleFor(country, treatment, condition, Moment.Today)?.Outcome);

    [Fact]
    public void A_rule_in_India_begins_with_its_guidelines() =>
        Assert.Null(Shipped.Rules.RuleFor("IN", "msc-infusion", "lupus", new DateOnly(2017, 10, 10)));

    [Theory]
    [InlineData("jci", true)]
    [InlineData("fact", true)]
    [InlineData("nabh", true)]
    [InlineData("iso-9001", false)]
    [InlineData("iso-15189", false)]
    [InlineData("isqua", false)]
    [InlineData("cofepris", false)]
    [InlineData("cofepris-aviso", false)]
    [InlineData("hai-step", false)]
    [InlineData("ushas", false)]
    [InlineData("kahf", false)]
    [InlineData("invima", false)]
    [InlineData("gha", false)]
    public void A_body_counts_for_clinical_care_or_does_not(string body, bool counts) =>
        Assert.Equal(counts, Shipped.Rules.Body(body)!.CountsAsClinical);

    [Fact]
    public void A_body_works_in_countries_we_know_or_everywhere() =>
        Assert.All(
            Shipped.Rows("accreditation-bodies"),
            row => Assert.All(Texts(row, "countries"), country => Assert.True(country == "*" || s_lists.Countries.ContainsKey(country), country)));

    [Fact]
    public void A_transplant_is_covered_by_an_accredited_transplant_programme_only()
    {
        Assert.Equal(["cell-therapy-clinical"], s_lists.Treatments["autologous-hsct"].Scopes);
        Assert.Equal(["haematology"], s_lists.Treatments["autologous-hsct"].Specialties);
        Assert.Equal("high", s_lists.Treatments["autologous-hsct"].RiskClass);
    }

    [Fact]
    public void Every_condition_says_who_treats_it_and_what_people_write_for_it() =>
        Assert.All(s_lists.Conditions.Values.Where(c => c.Code != ReferenceLists.OtherCondition), condition =>
        {
            Assert.NotEmpty(condition.Specialties);
            Assert.DoesNotContain("paediatrics", condition.Specialties);
            Assert.True(condition.Synonyms.Count >= 8, condition.Code);
            Assert.Contains(condition.Synonyms, s => s.Text.Any(c => c is >= '\u0600' and <= '\u06FF'));
        });

    [Theory]
    [InlineData("TR")]
    [InlineData("KR")]
    public void A_permission_nobody_entered_is_not_held(string country) => Assert.False(Shipped.Rules.Permission(country)!.IsHeld(Moment.Today));

    [Fact]
    public void A_country_without_a_row_asks_the_facilitator_for_nothing() => Assert.Null(Shipped.Rules.Permission("MX"));

    [Theory]
    [InlineData("msc-infusion", "lupus", "US", "US", 25000)]
    [InlineData("msc-infusion", "lupus", "BR", "US", 25000)]
    [InlineData("msc-infusion", "osteoarthritis", "CA", "CA", 3350)]
    [InlineData("autologous-hsct", "multiple-sclerosis", "US", "US", 85184)]
    public void A_price_is_compared_with_that_at_home(string treatment, string condition, string patient, string country, int amount)
    {
        var baseline = Shipped.Rules.Baseline(treatment, condition, patient);

        Assert.Equal((country, (decimal)amount, false), (baseline!.Country, baseline.Amount, baseline.Reviewed));
    }

    [Fact]
    public void Files_of_another_moment_make_other_rules()
    {
        var text = System.Text.Encoding.UTF8.GetString(ReferenceFiles.Shipped["country-rules"].Body).Replace("\"country\": \"CR\"", "\"country\": \"PA\"", StringComparison.Ordinal);
        var files = ReferenceFiles.Shipped.With(new ReferenceFile("country-rules", System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Equal(RuleOutcome.Undecided, ReferenceDataFiles.LoadRules(files).RuleFor("PA", "msc-infusion", "lupus", Moment.Today)?.Outcome);
        Assert.NotEqual(ReferenceFiles.Shipped.Hash, files.Hash);
    }

    [Fact]
    public void Emergency_words_are_there_in_each_language_of_the_form() =>
        Assert.Equal(["ar", "en", "es"], Shipped.Rows("emergency-words").Select(r => Text(r, "language")).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Emergency_words_of_an_earlier_program_are_read_as_they_were()
    {
        const string Old = """{"file":"emergency-words","rows":[{"language":"en","phrases":["chest pain"],"source":"s","asOf":"2026-01-01","reviewed":false}]}""";
        var files = ReferenceFiles.Shipped.With(new ReferenceFile("emergency-words", System.Text.Encoding.UTF8.GetBytes(Old)));

        Assert.DoesNotContain(ReferenceCheck.Problems(files), p => p.Row > 0);
        Assert.Equal([EmergencyGroup.Other], ReferenceDataFiles.LoadScreener(files).Emergencies("I have chest pain"));
    }

    [Fact]
    public void A_demo_clinic_lies_in_a_zone_this_machine_knows() =>
        Assert.All(Shipped.DemoNetwork.Clinics, c => Assert.True(Shipped.FieldRules.TryTimeZone(c.TimeZone, out _), $"{c.Code}: {c.TimeZone}"));

    [Fact]
    public void Nobody_can_be_reached_at_the_address_of_a_demo_clinic() =>
        Assert.All(Shipped.DemoNetwork.Clinics, c => Assert.EndsWith(".example", c.Email, StringComparison.Ordinal));

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static IEnumerable<string> Texts(JsonElement row, string name) => row.GetProperty(name).EnumerateArray().Select(v => v.GetString()!);

    private static IEnumerable<string> Conditions(JsonElement row) =>
        row.GetProperty("conditions").ValueKind == JsonValueKind.Null ? [] : Texts(row, "conditions");
}
