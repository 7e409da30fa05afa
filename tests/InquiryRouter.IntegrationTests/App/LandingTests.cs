using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The public pages about treatments, over the demo network.</summary>
public sealed class LandingTests : AppTests
{
    private const string Lupus = "/treatments/stem-cell-therapy/lupus";

    internal override AppSetup Setup => new() { Clinics = DemoClinics() };

    private LanguageSet Languages => App.Services.GetRequiredService<LanguageSet>();

    [Fact]
    public async Task The_list_leads_to_every_page_and_every_page_is_whole_in_every_language()
    {
        foreach (var words in Languages.All)
        {
            var list = await OpenAsync($"/treatments?lang={words.Code}");
            var addresses = Links(list).Where(l => l.StartsWith("/treatments/", StringComparison.Ordinal)).ToList();

            Assert.True(addresses.Count >= 20, $"Only {addresses.Count} pages.");
            foreach (var address in addresses)
            {
                var page = await OpenAsync(address);

                Assert.Equal((HttpStatusCode.OK, words.Code), (page.Status, page.Language));
                Assert.NotEmpty(page.Headline);
                Assert.DoesNotContain("{", page.Text, StringComparison.Ordinal);
                Assert.StartsWith("/inquiry?lang=", page.FormAction, StringComparison.Ordinal);
                Assert.DoesNotContain("noindex", page.Html, StringComparison.Ordinal);
                Assert.Equal(4, Regex.Count(page.Html, "rel=\"alternate\" hreflang=", RegexOptions.None, TimeSpan.FromSeconds(5)));
                Assert.InRange(await TransferredAsync(address), 5_000, 24_000);
            }
        }
    }

    [Theory]
    [InlineData("en", "Stem cell therapy for lupus abroad", "under study", "Systemic lupus (SLE)", "Joint and muscle pain", "ISO 9001")]
    [InlineData("es", "Terapia con células madre para el lupus en el extranjero", "en estudio", "Lupus sistémico (LES)", "Dolor en las articulaciones y los músculos", "ISO 9001")]
    [InlineData("ar", "العلاج بالخلايا الجذعية في الخارج لمرضى الذئبة", "قيد الدراسة", "الذئبة الجهازية (SLE)", "ألم في المفاصل والعضلات", "ISO 9001")]
    public async Task It_says_what_a_patient_must_know(string language, string title, string study, string type, string symptom, string nothing)
    {
        var page = await OpenAsync($"{Lupus}?lang={language}");

        Assert.Equal(title, page.Headline);
        Assert.All([study, type, symptom, nothing], s => Assert.Contains(s, page.Text, StringComparison.Ordinal));
        Assert.Contains(language == "ar" ? "dir=\"rtl\"" : "dir=\"ltr\"", page.Html, StringComparison.Ordinal);
        Assert.Contains($"<link rel=\"canonical\" href=\"{App.Settings.PublicUrl}{Lupus[1..]}?lang={language}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"description\" content=\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_prices_with_their_source_and_names_no_clinic()
    {
        var page = await OpenAsync(Lupus);

        Assert.Matches(@"from about [\d,]+ USD to about [\d,]+ USD", page.Text.Replace('\u00A0', ' '));
        Assert.Matches(@"Typical price in the United States \(2026\) 25,000 USD; it is sold there without approval", page.Text.Replace('\u00A0', ' '));
        Assert.Contains("biologyinsights.com", page.Text, StringComparison.Ordinal);
        Assert.Contains("our own estimate", page.Text, StringComparison.Ordinal);
        Assert.Contains("Forbidden Canada", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("synthetic", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.All(DemoClinics(), c => Assert.DoesNotContain(c.Name, page.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "9 of 12 patients got better", "warns of infections, blindness and tumours", "into the eye", "Dry eyes", "Sunlight", "Hydralazine")]
    [InlineData("es", "mejoraron 9 de 12 pacientes", "advierte de infecciones, ceguera y tumores", "en el ojo", "Ojos secos", "La luz del sol", "Hidralazina")]
    [InlineData("ar", "تحسن 9 من 12", "تحذر هيئة الغذاء والدواء", "العين", "جفاف العينين", "ضوء الشمس", "هيدرالازين")]
    public async Task It_says_soberly_what_was_found_and_what_went_wrong_each_with_its_source(string language, params string[] said)
    {
        var page = await OpenAsync($"{Lupus}?lang={language}");

        Assert.All(said, s => Assert.Contains(s, page.Text, StringComparison.Ordinal));
        Assert.Contains("href=\"https://doi.org/10.1136/annrheumdis-2017-211073\"", page.Html, StringComparison.Ordinal);
        Assert.Contains(Languages.For(language)["facts.unreviewed"], page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Languages.For(language)["facts.none"], page.Text, StringComparison.Ordinal);
        Assert.Contains(Languages.For(language)["facts.none"], (await OpenAsync($"/treatments/stem-cell-therapy/multiple-sclerosis?lang={language}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leads_to_the_questions_and_says_that_nobody_has_said_how_we_are_paid()
    {
        var page = await OpenAsync(Lupus);
        var questions = await OpenAsync("/questions?lang=es");

        Assert.Contains("href=\"/questions\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("has not said here how they are paid", page.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "es"), (questions.Status, questions.Language));
        Assert.Contains("¿Es un ensayo registrado?", questions.Text, StringComparison.Ordinal);
        Assert.Contains("no ha dicho aquí cómo cobra", questions.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("noindex", questions.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transplant_is_told_apart_from_an_infusion()
    {
        var page = await OpenAsync("/treatments/autologous-hsct/lupus");
        var established = await OpenAsync("/treatments/autologous-hsct/leukaemia");

        Assert.Contains("only the accreditation of a transplant programme counts", page.Text, StringComparison.Ordinal);
        Assert.Contains("High: serious harm is possible, up to death.", page.Text, StringComparison.Ordinal);
        Assert.Contains("It has not been proven to help", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It has not been proven to help", established.Text, StringComparison.Ordinal);
        Assert.Contains("For some forms of leukaemia this treatment is established", established.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/treatments/autologous-hsct/osteoarthritis")]
    [InlineData("/treatments/stem-cell-therapy/other")]
    [InlineData("/treatments/leeches/gout")]
    [InlineData("/treatments/stem-cell-therapy")]
    [InlineData("/treatments/stem-cell-therapy/lupus/cure")]
    public async Task What_nobody_offers_has_no_page_but_a_way_on(string address)
    {
        var page = await OpenAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("We have no page about this", page.Headline);
        Assert.Contains("href=\"/treatments\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("noindex", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_from_the_page_says_where_it_was_and_what_it_is_about()
    {
        using var form = await FormVisit.OpenPageAsync(App, $"{Lupus}?lang=es&source.campaign=autumn&patient.name=Mallory");
        Assert.DoesNotContain("Mallory", form.Page.Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"lupus\" selected", form.Page.Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"stem-cell-therapy\" selected", form.Page.Html, StringComparison.Ordinal);

        using var refused = await form.SendAsync([.. Source(form.Page), KeyValuePair.Create("patient.name", "Ana")]);
        var again = await Page.OfAsync(refused);
        using var accepted = await form.SendAsync(An.Inquiry().Without("source"), Source(form.Page));

        Assert.Equal((HttpStatusCode.BadRequest, "Ana"), (again.Status, Page.Attribute(again.Tag("input", "patient.name").Single(), "value")));
        Assert.Equal($"{App.Settings.PublicUrl}{Lupus[1..]}", again.Hidden("source.page"));
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.Equal(1, await App.NumberAsync($"SELECT COUNT(*) FROM Inquiry WHERE SourcePage = '{App.Settings.PublicUrl}{Lupus[1..]}' AND SourceCampaign = 'autumn'"));
    }

    [Fact]
    public async Task The_form_leads_to_the_list_until_something_was_typed()
    {
        using var form = await FormVisit.OpenAsync(App, "?lang=es");
        using var refused = await form.SendAsync([]);

        Assert.Contains("/treatments?lang=es", Links(form.Page));
        Assert.DoesNotContain("/treatments?lang=es", Links(await Page.OfAsync(refused)));
    }

    [Fact]
    public async Task What_changes_in_the_network_shows_within_a_minute_and_not_for_each_reader()
    {
        var before = await OpenAsync(Lupus);
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [.. DemoClinics().Select(c => c with { Active = false }), A.Clinic("MX-A") with { Treatments = [A.Treatment() with { Condition = "crohn" }] }], "test"));
        var atOnce = await OpenAsync(Lupus);
        App.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await OpenAsync(Lupus);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (before.Status, atOnce.Status, later.Status));
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync("/treatments/stem-cell-therapy/crohn")).Status);
    }

    [Fact]
    public async Task What_no_clinic_may_give_today_says_so()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { Credentials = [] }] });
        using var response = await app.Http.GetAsync(Lupus);
        var page = await Page.OfAsync(response);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("At present no clinic in our network meets all our requirements for this treatment.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Packages in our network", page.Text, StringComparison.Ordinal);
    }

    private static KeyValuePair<string, string>[] Source(Page page) =>
        [KeyValuePair.Create("source.page", page.Hidden("source.page")!), KeyValuePair.Create("source.campaign", page.Hidden("source.campaign")!)];

    private static IEnumerable<string> Links(Page page) =>
        Regex.Matches(page.Html, "<a href=\"(?<address>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => WebUtility.HtmlDecode(m.Groups["address"].Value));

    // As browsers ask for it.
    private async Task<int> TransferredAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", "gzip, br");
        using var response = await App.Http.SendAsync(request);
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    private async Task<Page> OpenAsync(string address)
    {
        using var response = await App.Http.GetAsync(address);
        return await Page.OfAsync(response);
    }

    private static IReadOnlyList<Core.Matching.Clinic> DemoClinics()
    {
        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        return ClinicImport.Read(stream, ImportFormat.Json, A.Rules, new FieldRules()).Clinics;
    }
}
