using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class FormTests : AppTests
{
    private const string Awkward = "Line one\n<b>\"two\"</b> & 'ñ' 🦋\n\n\tfour";

    [Fact]
    public async Task It_works_without_cookies_and_without_a_script()
    {
        using var form = await FormVisit.OpenAsync(App);

        Assert.Equal(HttpStatusCode.OK, form.Page.Status);
        Assert.False(form.Page.Response.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("<script", form.Page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" on", string.Concat(Regex.Matches(form.Page.Html, "\\son[a-z]+=", RegexOptions.None, TimeSpan.FromSeconds(5))), StringComparison.Ordinal);
        using var response = await form.SendAsync(An.Inquiry());
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("/status?t=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task The_field_that_nobody_sees_is_hidden_from_password_managers_too()
    {
        using var form = await FormVisit.OpenAsync(App);

        var field = Assert.Single(form.Page.Tag("input", "extra"));
        (string Name, string Value)[] asked =
        [
            ("autocomplete", "off"), ("tabindex", "-1"), ("data-lpignore", "true"), ("data-1p-ignore", "true"), ("data-bwignore", "true"),
            ("data-form-type", "other"), ("type", "text"),
        ];
        Assert.All(asked, a => Assert.Equal(a.Value, Page.Attribute(field, a.Name)));
        var before = form.Page.Html[..form.Page.Html.IndexOf(field, StringComparison.Ordinal)];
        Assert.Contains("aria-hidden=\"true\"", before[before.LastIndexOf("<div", StringComparison.Ordinal)..], StringComparison.Ordinal);
        string[] filled = ["name", "mail", "phone", "tel", "url", "web", "site", "address", "company", "user", "pass", "card", "city", "code"];
        Assert.All(filled, word => Assert.DoesNotContain(word, Page.Attribute(field, "name")! + Page.Attribute(field, "id"), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task After_sending_the_patient_sees_where_it_stands()
    {
        using var form = await FormVisit.OpenAsync(App);
        using var response = await form.SendAsync(An.Inquiry());
        using var browser = App.NewBrowser();

        using var landed = await browser.GetAsync(response.Headers.Location);

        var page = await Page.OfAsync(landed);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Your reference: IR-", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_may_name_the_condition_and_the_treatment_but_nobody()
    {
        using var form = await FormVisit.OpenAsync(App, "?condition=lupus&treatment=stem-cell-therapy&patient.name=Mallory&patient.email=m@x.example");

        Assert.True(IsChosen(form.Page, "condition", "lupus"));
        Assert.True(IsChosen(form.Page, "treatment", "stem-cell-therapy"));
        Assert.DoesNotContain("Mallory", form.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("m@x.example", form.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_errors_everything_typed_is_still_there_and_each_wrong_field_is_marked()
    {
        using var form = await FormVisit.OpenAsync(App);
        var inquiry = An.Inquiry().From("Ana \"Peña\" <&>", "ana at example").With("patient.phone", "123").With("patient.birthYear", "nineteen")
            .With("patient.country", "MX").With("patient.language", "es").With("budget.amount", "a lot").With("budget.currency", "EUR")
            .With("timeframe", "within-6-months").With("cellSource", "bone-marrow").Saying(Awkward).With("consent.marketing", true)
            .With("destinations", new System.Text.Json.Nodes.JsonArray("latin-america", "JP")).Without("consent.contact");

        using var response = await form.SendAsync(inquiry);

        var page = await Page.OfAsync(response);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("There is a problem", page.Text, StringComparison.Ordinal);
        string[] wrong = ["patient.email", "patient.phone", "patient.birthYear", "budget.amount", "consent.contact"];
        foreach (var field in wrong)
        {
            var id = field.Replace('.', '-');
            Assert.Equal("true", Page.Attribute(page.Tag("input", field).First(), "aria-invalid"));
            Assert.Contains($"id=\"{id}-problem\"", page.Html, StringComparison.Ordinal);
            Assert.Contains($"href=\"#{id}\"", page.Html, StringComparison.Ordinal);
        }

        string[] right = ["patient.name", "inquirer.name", "consent.marketing"];
        Assert.All(right, field => Assert.Null(Page.Attribute(page.Tag("input", field).First(), "aria-invalid")));
        AssertTyped(page, ("patient.name", "Ana \"Peña\" <&>"), ("patient.email", "ana at example"), ("patient.phone", "123"),
            ("patient.birthYear", "nineteen"), ("budget.amount", "a lot"));
        AssertChosen(page, ("patient.country", "MX"), ("patient.language", "es"), ("condition", "lupus"), ("conditionType.lupus", "sle"),
            ("treatment", "stem-cell-therapy"), ("cellSource", "bone-marrow"), ("budget.currency", "EUR"), ("timeframe", "within-6-months"));
        Assert.Equal(Awkward, TextArea(page, "message"));
        Assert.True(IsTicked(page, "destinations", "latin-america"));

        // No clinic is there, so it is in no list: what was wished for stays all the same.
        Assert.True(IsTicked(page, "destinations", "JP"));
        Assert.False(IsTicked(page, "destinations", "anywhere"));
        Assert.True(IsTicked(page, "consent.marketing", "true"));
        Assert.True(IsTicked(page, "consent.shareWithClinics", "true"));
        Assert.False(IsTicked(page, "consent.contact", "true"));
        Assert.True(IsTicked(page, "inquirer.relation", "self"));
        Assert.Equal("https://www.example.org/lupus", page.Hidden("source.page"));
        Assert.Equal("autumn", page.Hidden("source.campaign"));
        Assert.Equal(form.Page.Hidden("nonce"), page.Hidden("nonce"));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task An_empty_form_names_every_field_that_is_missing_at_once()
    {
        using var form = await FormVisit.OpenAsync(App, string.Empty);
        using var response = await form.SendAsync([KeyValuePair.Create("consent.textVersion", "2026-11")]);

        var page = await Page.OfAsync(response);

        string[] missing = ["patient-name", "patient-birthYear", "patient-country", "patient-email", "condition", "treatment", "consent-contact"];
        Assert.All(missing, id => Assert.Contains($"id=\"{id}-problem\"", page.Html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("15,000", 15000)]
    [InlineData("15.000", 15000)]
    [InlineData("15 000", 15000)]
    [InlineData("15000.50", 15000.50)]
    public async Task A_budget_may_be_typed_as_people_do(string typed, double stored)
    {
        using var form = await FormVisit.OpenAsync(App);
        using var response = await form.SendAsync(An.Inquiry().With("budget.amount", typed));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);

        Assert.Equal(stored, await App.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<double>("SELECT BudgetAmount FROM Inquiry")));
    }

    [Fact]
    public async Task A_form_that_is_too_long_or_of_another_kind_is_refused_with_a_page()
    {
        using var form = await FormVisit.OpenAsync(App);
        using var tooLong = await form.SendAsync(An.Inquiry().Saying(new string('x', 70_000)));
        using var json = await App.Http.PostAsync("/inquiry", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
        Assert.Equal("The form is too long", (await Page.OfAsync(tooLong)).Headline);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
    }

    private static void AssertTyped(Page page, params (string Field, string Value)[] expected) =>
        Assert.All(expected, e => Assert.Equal(e.Value, page.Hidden(e.Field)));

    private static void AssertChosen(Page page, params (string Field, string Value)[] expected) =>
        Assert.All(expected, e => Assert.True(IsChosen(page, e.Field, e.Value), $"{e.Field} is not {e.Value}"));

    private static bool IsChosen(Page page, string field, string value)
    {
        var select = Regex.Match(page.Html, $"<select[^>]*name=\"{Regex.Escape(field)}\".*?</select>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Value;
        var chosen = Regex.Matches(select, "<option[^>]*\\sselected[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => Page.Attribute(m.Value, "value"));
        return Assert.Single(chosen) == value;
    }

    private static bool IsTicked(Page page, string field, string value) =>
        page.Tag("input", field).Any(tag => Page.Attribute(tag, "value") == value && tag.Contains(" checked", StringComparison.Ordinal));

    // A browser drops the first line break.
    private static string TextArea(Page page, string field)
    {
        var content = Regex.Match(page.Html, $"<textarea[^>]*name=\"{field}\"[^>]*>(?<text>.*?)</textarea>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups["text"].Value;
        var text = WebUtility.HtmlDecode(content);
        return text.StartsWith('\n') ? text[1..] : text;
    }

    private Task<long> CountAsync() => App.NumberAsync("SELECT COUNT(*) FROM Inquiry");
}
