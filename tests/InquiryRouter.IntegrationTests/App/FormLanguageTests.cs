using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Languages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The form in the reader's language, and which one that is.</summary>
public sealed partial class FormLanguageTests : AppTests
{
    private LanguageSet Languages => App.Services.GetRequiredService<LanguageSet>();

    [Theory]
    [InlineData("es", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task It_is_wholly_in_the_language_that_was_chosen_empty_and_with_errors(string code, string direction)
    {
        using var form = await FormVisit.OpenAsync(App, $"?lang={code}");
        using var refused = await form.SendAsync([KeyValuePair.Create("budget.amount", "x"), KeyValuePair.Create("patient.phone", "1")]);

        Page[] pages = [form.Page, await Page.OfAsync(refused)];

        Assert.Equal(HttpStatusCode.BadRequest, pages[1].Status);
        foreach (var page in pages)
        {
            Assert.Contains($"<html lang=\"{code}\" dir=\"{direction}\">", page.Html, StringComparison.Ordinal);
            Assert.Empty(EnglishIn(page, Languages.For(code)));
        }
    }

    [Fact]
    public async Task The_search_for_English_finds_it_where_it_is()
    {
        using var form = await FormVisit.OpenAsync(App, string.Empty);

        Assert.True(EnglishIn(form.Page, Languages.For("es")).Count() > 30);
    }

    [Fact]
    public async Task In_Arabic_nothing_is_left_in_Latin_letters_but_names_and_codes()
    {
        using var form = await FormVisit.OpenAsync(App, "?lang=ar");
        using var refused = await form.SendAsync([KeyValuePair.Create("budget.amount", "x"), KeyValuePair.Create("patient.phone", "1")]);
        var currencies = App.Services.GetRequiredService<ReferenceLists>().Currencies.Keys;

        var words = LatinWord().Matches(form.Page.Text + (await Page.OfAsync(refused)).Text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Except(currencies);

        Assert.Empty(words.Except(["InquiryRouter", "demo", "English", "Español", "SLE", "MSC", "HSCT", "CAR", "AML", "ALL", "CML", "CLL"]));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task It_weighs_less_than_60_KB_in_every_language(string code)
    {
        using var form = await FormVisit.OpenAsync(App, $"?lang={code}");

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(form.Page.Html), 30_000, 60 * 1024);
    }

    [Fact]
    public async Task Choices_are_sorted_as_the_language_sorts_them()
    {
        using var form = await FormVisit.OpenAsync(App, "?lang=es");

        var countries = Options(form.Page, "patient.country");

        Assert.True(countries.IndexOf("España") < countries.IndexOf("Estonia"), "España comes before Estonia.");
        Assert.Equal("Afganistán", countries[0]);
        Assert.Equal("Otra enfermedad", Options(form.Page, "condition")[^1]);
    }

    [Theory]
    [InlineData("?lang=es", null, "es")]
    [InlineData("?lang=es", "ar", "es")]
    [InlineData("?lang=xx", "ar", "ar")]
    [InlineData("", "es-MX,es;q=0.9,en;q=0.8", "es")]
    [InlineData("", "AR-eg", "ar")]
    [InlineData("", "en;q=0.4, es;q=0.6", "es")]
    [InlineData("", "de, fr;q=0.9, ar;q=0.1", "ar")]
    [InlineData("", "es;q=0, ar;q=0.1", "ar")]
    [InlineData("", "de-AT", "en")]
    [InlineData("", "*", "en")]
    [InlineData("", null, "en")]
    public async Task The_language_is_the_one_asked_for_then_the_first_we_have_of_the_browsers(string query, string? accepts, string expected)
    {
        using var form = await FormVisit.OpenAsync(App, query, accepts);

        Assert.Equal(expected, form.Page.Language);
        Assert.Equal(expected, Selected(form.Page, "patient.language"));
    }

    [Fact]
    public async Task A_chosen_language_stays_through_errors_the_redirect_and_the_page_of_the_link()
    {
        using var form = await FormVisit.OpenAsync(App, "?lang=es&condition=lupus");
        using var refused = await form.SendAsync(An.Inquiry().Without("patient.name"));
        var again = await Page.OfAsync(refused);
        using var accepted = await form.SendAsync(An.Inquiry());
        using var browser = App.NewBrowser();

        using var landed = await browser.GetAsync(accepted.Headers.Location);

        Assert.Equal(("es", "/inquiry?lang=es"), (again.Language, again.FormAction));
        Assert.Contains("Escriba el nombre del paciente.", again.Text, StringComparison.Ordinal);
        Assert.Contains("lang=es", accepted.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("lang=es", landed.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Equal("es", (await Page.OfAsync(landed)).Language);
    }

    [Fact]
    public async Task Another_language_is_one_link_away_and_keeps_what_the_link_had_filled_in()
    {
        using var form = await FormVisit.OpenAsync(App, "?condition=lupus");

        Assert.Contains("href=\"/inquiry?condition=lupus&amp;lang=ar\"", form.Page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/inquiry?condition=lupus&amp;lang=es\"", form.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_understood_in_the_digits_of_the_readers_keyboard()
    {
        using var form = await FormVisit.OpenAsync(App, "?lang=ar");

        using var response = await form.SendAsync(An.Inquiry().With("patient.birthYear", "١٩٨٤").With("budget.amount", "۱۵٬۰۰۰").With("patient.phone", "+١ ٢١٣ ٣٧٣ ٤٢٥٣"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE BirthYear = 1984 AND BudgetAmount = 15000"));
    }

    [Fact]
    public async Task The_consent_names_the_text_that_was_read()
    {
        using var form = await FormVisit.OpenAsync(App, "?lang=es");
        var read = form.Page.Hidden("consent.textVersion");

        using var response = await form.SendAsync(An.Inquiry().With("consent.textVersion", read));
        await App.SubmitAsync(An.Inquiry().With("consent.textVersion", "partner-7"));

        Assert.Equal("2026-11:es", read);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Consent WHERE TextVersion = '2026-11:es' AND Source = 'form'"));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Consent WHERE TextVersion = 'partner-7' AND Source = 'api'"));
    }

    [Fact]
    public async Task What_stops_the_form_is_said_in_the_language_too()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Intake:PermitsPerMinute", "1"));
        using var form = await FormVisit.OpenAsync(app, "?lang=es");
        using var tooLong = await form.SendAsync(An.Inquiry().Saying(new string('x', 70_000)));
        using var json = await app.Http.PostAsync(form.Page.FormAction, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
        using var first = await form.SendAsync(An.Inquiry());
        using var second = await form.SendAsync(An.Inquiry());

        Assert.Equal("El formulario es demasiado largo", (await Page.OfAsync(tooLong)).Headline);
        Assert.Equal("Esta página solo admite el formulario", (await Page.OfAsync(json)).Headline);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Contains("Han llegado demasiadas solicitudes desde su red.", (await Page.OfAsync(second)).Text, StringComparison.Ordinal);
    }

    // Every sentence of en.json that says something else in the other language, and every name of the lists.
    private IEnumerable<string> EnglishIn(Page page, Words words)
    {
        var lists = App.Services.GetRequiredService<ReferenceLists>();
        var english = Languages.English;
        var sentences = english.Keys.Where(key => english[key] != words[key])
            .SelectMany(key => Place().Split(english[key])).Select(piece => piece.Trim(' ', '.', ',', ':', '(', ')'));
        var names = lists.Countries.Values.Select(c => (NameKind.Countries, c.Code, c.Name)).Concat(lists.Languages.Values.Select(l => (NameKind.Languages, l.Code, l.Name)))
            .Concat(lists.Conditions.Values.Select(c => (NameKind.Conditions, c.Code, c.Name))).Concat(lists.Regions.Values.Select(r => (NameKind.Regions, r.Code, r.Name)))
            .Concat(lists.Treatments.Values.Select(t => (NameKind.Treatments, t.Code, t.Name)))
            .Where(n => words.Name(n.Item1, n.Code, n.Name) != n.Name).Select(n => n.Name);
        var read = Tag().Split(WebUtility.HtmlDecode(page.Html)).Select(t => t.Trim()).ToHashSet(StringComparer.Ordinal);
        return sentences.Where(s => s.Length > 12 && page.Text.Contains(s, StringComparison.Ordinal))
            .Concat(sentences.Concat(names).Where(s => s.Length > 1 && read.Contains(s)))
            .Where(s => !AlsoNames(words).Contains(s));
    }

    // "Guinea" is Spanish for Guinea, and English for no other country of the list.
    private HashSet<string> AlsoNames(Words words)
    {
        var lists = App.Services.GetRequiredService<ReferenceLists>();
        return
        [
            .. lists.Countries.Values.Select(c => words.Name(NameKind.Countries, c.Code, c.Name)), .. words.Keys.Select(k => words[k]),
            .. lists.Languages.Values.Select(l => words.Name(NameKind.Languages, l.Code, l.Name)), .. Languages.All.Select(l => l.OwnName),
        ];
    }

    private static List<string> Options(Page page, string field) =>
        [.. Regex.Matches(Select(page, field), "<option value=\"[^\"]+\"[^>]*>(?<label>[^<]*)<", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(m => WebUtility.HtmlDecode(m.Groups["label"].Value))];

    private static string? Selected(Page page, string field) =>
        Regex.Match(Select(page, field), "<option value=\"(?<value>[^\"]*)\" selected", RegexOptions.None, TimeSpan.FromSeconds(5)) is { Success: true } match
            ? match.Groups["value"].Value
            : null;

    private static string Select(Page page, string field) =>
        Regex.Match(page.Html, $"<select[^>]*name=\"{Regex.Escape(field)}\".*?</select>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Value;

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.None, 5000)]
    private static partial Regex Place();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 5000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[A-Za-z\u00C0-\u024F]{2,}", RegexOptions.None, 5000)]
    private static partial Regex LatinWord();
}
