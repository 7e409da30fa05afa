using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.ReferenceData;

namespace InquiryRouter.Tests.Languages;

/// <summary>Every language says everything: a key, a place or a name that one file lacks is found here, not by a patient.</summary>
public sealed partial class LanguageFileTests
{
    private static readonly LanguageSet s_languages = new();

    public static TheoryData<string> Others => [.. s_languages.All.Where(w => w != s_languages.English).Select(w => w.Code)];

    [Fact]
    public void English_Spanish_and_Arabic_are_there() => Assert.Equal(["en", "ar", "es"], s_languages.All.Select(w => w.Code));

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_has_the_keys_that_English_has_and_no_others(string code)
    {
        var words = s_languages.For(code);
        None(s_languages.English.Keys.Except(words.Keys).Order());
        None(words.Keys.Except(s_languages.English.Keys).Order());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_sentence_has_the_places_its_English_one_has(string code)
    {
        var words = s_languages.For(code);
        None(words.Keys.Where(key => !Places(words[key]).SetEquals(Places(s_languages.English[key]))));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_is_left_in_English(string code)
    {
        var words = s_languages.For(code);
        None(words.Keys.Where(key => words[key] == s_languages.English[key] && key is not ("layout.error" or "at.zone" or "list.comma" or "health.choice.no")));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_code_of_the_shipped_lists_has_a_name(string code)
    {
        var words = s_languages.For(code);
        var lists = ReferenceDataFiles.LoadLists(ReferenceFiles.Shipped);
        None(lists.Countries.Keys.Where(c => !words.HasName(NameKind.Countries, c)));
        None(lists.Regions.Keys.Where(c => !words.HasName(NameKind.Regions, c)));
        None(lists.Currencies.Keys.Where(c => !words.HasName(NameKind.Currencies, c)));
        None(lists.Languages.Keys.Where(c => !words.HasName(NameKind.Languages, c)));
        None(lists.Conditions.Keys.Where(c => !words.HasName(NameKind.Conditions, c)));
        None(lists.Conditions.Values.SelectMany(c => c.Types).Select(t => t.Code).Where(c => !words.HasName(NameKind.ConditionTypes, c)));
        None(lists.Treatments.Keys.Where(c => !words.HasName(NameKind.Treatments, c)));
        None(lists.Treatments.Values.SelectMany(t => t.CellSources).Where(c => !words.HasName(NameKind.CellSources, c)));
        None(lists.Conditions.Values.SelectMany(c => c.Symptoms).Select(s => s.Code).Where(c => !words.HasName(NameKind.Symptoms, c)));
        None(lists.Conditions.Values.SelectMany(c => c.Triggers).Select(t => t.Code).Where(c => !words.HasName(NameKind.Triggers, c)));
        None(lists.Conditions.Values.SelectMany(c => c.CausedBy).Select(m => m.Code).Where(c => !words.HasName(NameKind.Medicines, c)));
        None(ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped).All.Select(f => f.Code).Where(c => !words.HasName(NameKind.Facts, c)));
        None(Core.Intake.ReferenceLists.Timeframes.Where(c => !words.HasName(NameKind.Timeframes, c)));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public void Everything_on_the_form_is_explained(string code)
    {
        var words = s_languages.For(code);
        var lists = ReferenceDataFiles.LoadLists(ReferenceFiles.Shipped);
        var conditions = lists.Conditions.Values.Where(c => c.Code != Core.Intake.ReferenceLists.OtherCondition).ToList();
        None(conditions.Select(c => c.Code).Where(c => !words.HasName(NameKind.ConditionTexts, c) || !words.HasName(NameKind.ConditionPhrases, c)));
        None(conditions.SelectMany(c => c.Types).Select(t => t.Code).Where(c => !words.HasName(NameKind.ConditionTypeTexts, c)));
        None(lists.Treatments.Keys.Where(c => !words.HasName(NameKind.TreatmentTexts, c)));
        None(conditions.Where(c => c.Symptoms.Count == 0).Select(c => c.Code));
    }

    [Fact]
    public void A_symptom_is_called_the_same_everywhere() =>
        None(ReferenceDataFiles.LoadLists(ReferenceFiles.Shipped).Conditions.Values.SelectMany(c => c.Symptoms).Distinct().GroupBy(s => s.Code).Where(g => g.Count() > 1).Select(g => g.Key));

    [Theory]
    [InlineData("en", "November 2026")]
    [InlineData("es", "noviembre de 2026")]
    [InlineData("ar", "نوفمبر 2026")]
    public void A_month_is_written_as_the_language_writes_it(string code, string month) => Assert.Equal(month, s_languages.For(code).Month(new DateOnly(2026, 11, 23)));

    [Theory]
    [InlineData("en", "Monday 23 November 2026, 18:05", "23 November 2026", "1,234.50\u00A0USD")]
    [InlineData("es", "lunes, 23 de noviembre de 2026, 18:05", "23 de noviembre de 2026", "1.234,50\u00A0USD")]
    [InlineData("ar", "الاثنين، 23 نوفمبر 2026، 18:05", "23 نوفمبر 2026", "1,234.50\u00A0USD")]
    public void Dates_and_money_are_written_as_the_language_writes_them(string code, string moment, string day, string money)
    {
        var words = s_languages.For(code);
        Assert.Equal(moment, words.Moment(new DateTimeOffset(2026, 11, 23, 17, 5, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid")));
        Assert.Equal(day, words.Day(new DateOnly(2026, 11, 23)));
        Assert.Equal(money, words.Money(1234.5m, "USD"));
    }

    [Fact]
    public void A_place_that_nobody_filled_never_reaches_a_person()
    {
        var words = s_languages.English;
        var key = words.Keys.FirstOrDefault(k => words[k].Contains('{', StringComparison.Ordinal));
        Assert.NotNull(key);
        Assert.Throws<KeyNotFoundException>(() => words.Text(key));
        Assert.Throws<KeyNotFoundException>(() => words["no.such.key"]);
    }

    private static void None(IEnumerable<string> missing) => Assert.Equal(string.Empty, string.Join(", ", missing));

    private static HashSet<string> Places(string text) => [.. PlacePattern().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex PlacePattern();
}
