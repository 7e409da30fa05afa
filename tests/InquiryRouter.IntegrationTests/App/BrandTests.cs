using System.Net;
using InquiryRouter.Commands;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The facilitator's face on every public page and in every mail.</summary>
public sealed class BrandTests : AppTests
{
    private readonly ABrand _brand = new();

    internal override AppSetup Setup => new() { Clinics = [A.Clinic("MX-A")], Settings = _brand.Settings };

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _brand.Dispose();
    }

    [Theory]
    [InlineData("/inquiry")]
    [InlineData("/treatments")]
    [InlineData("/treatments/stem-cell-therapy/lupus")]
    [InlineData("/status/link")]
    [InlineData("/status?link=0123456789abcdef")]
    [InlineData("/referral?link=0123456789abcdef")]
    [InlineData("/unsubscribe")]
    [InlineData("/imprint")]
    [InlineData("/privacy")]
    [InlineData("/nowhere")]
    public async Task Every_page_says_whose_it_is_and_how_they_are_reached(string address)
    {
        foreach (var language in new[] { "en", "es", "ar" })
        {
            var page = await OpenAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");

            Assert.Matches("<title>[^<]* - Example Health</title>", page.Html);
            Assert.Matches("<img src=\"/brand/logo\\?v=[0-9a-f]{12}\" alt=\"Example Health\" width=\"160\" height=\"40\" ?/?>", page.Html);
            Assert.Contains("12 Harbour Street, Lisbon, Portugal", page.Html, StringComparison.Ordinal);
            Assert.Contains("href=\"tel:+351211234567\"", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
            Assert.Contains("href=\"mailto:care@example-health.example\"", page.Html, StringComparison.Ordinal);
            Assert.Contains($"href=\"/imprint?lang={language}\"", page.Html, StringComparison.Ordinal);
            Assert.Contains($"href=\"/privacy?lang={language}\"", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("InquiryRouter", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Patient_and_clinic_deal_with_the_facilitator_in_pages_and_mails()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        var (patient, clinic) = (await App.MailToAsync(inquiry.Email), await App.MailToAsync(ClinicAddress("MX-A")));
        using var referral = await App.OpenReferralAsync(clinic);

        Assert.All(new[] { await App.StatusPageAsync(submitted), referral.Page }, page =>
        {
            Assert.Contains("alt=\"Example Health\"", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("InquiryRouter", page.Text, StringComparison.Ordinal);
        });
        Assert.All(new[] { patient, clinic }, mail =>
        {
            Assert.Equal("Example Health", mail.From.Mailboxes.Single().Name);
            Assert.Equal("care@example-health.example", mail.ReplyTo.Mailboxes.Single().Address);
            Assert.Contains("12 Harbour Street, Lisbon, Portugal · +351 21 123 4567 · care@example-health.example", mail.TextBody!, StringComparison.Ordinal);
            Assert.Contains("#7a1f2b", mail.HtmlBody!, StringComparison.Ordinal);
            Assert.DoesNotContain("InquiryRouter", mail.TextBody! + mail.HtmlBody!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_logo_is_a_picture_that_can_do_nothing()
    {
        using var response = await App.Http.GetAsync("/brand/logo");

        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(await File.ReadAllBytesAsync(_brand.LogoFile), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_style_sheet_has_the_colours_and_another_one_another_address()
    {
        var sheet = await App.Http.GetStringAsync("/site.css");
        await using var other = await InquiryApp.StartAsync();

        Assert.Contains("--action: #7a1f2b; --accent: #00695c;", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("#7a1f2b", await other.Http.GetStringAsync("/site.css"), StringComparison.Ordinal);
        Assert.NotEqual(SheetOf(await OpenAsync("/inquiry")), SheetOf(await Page.OfAsync(await other.Http.GetAsync("/inquiry"))));
    }

    [Theory]
    [InlineData("en", "Privacy notice", "We keep it for two years.")]
    [InlineData("es", "Aviso de privacidad", "Su nombre y su mensaje, durante dos años.")]
    [InlineData("ar", "إشعار الخصوصية", "اسمك ورسالتك، لمدة سنتين.")]
    public async Task A_text_of_ones_own_is_a_page_and_stands_beside_the_consent(string language, string title, string says)
    {
        var page = await OpenAsync($"/privacy?lang={language}");
        var form = await OpenAsync($"/inquiry?lang={language}");

        Assert.Equal(title, page.Headline);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Matches($"<form(?s:.*)href=\"/privacy\\?lang={language}\" target=\"_blank\" rel=\"noopener\">{title}</a>(?s:.*)</form>", form.Html);
    }

    [Fact]
    public async Task An_address_is_linked_in_the_readers_language_and_led_to()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Brand:Privacy", "https://www.example.org/{lang}/privacy"));

        var page = await Page.OfAsync(await app.Http.GetAsync("/inquiry?lang=ar"));
        Assert.Contains("href=\"https://www.example.org/ar/privacy\"", page.Html, StringComparison.Ordinal);
        using var led = await app.Http.GetAsync("/privacy?lang=es");
        Assert.Equal("https://www.example.org/es/privacy", led.Headers.Location!.AbsoluteUri);
    }

    [Fact]
    public async Task Without_a_brand_it_says_that_it_is_a_demo()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A")] });
        var page = await Page.OfAsync(await app.Http.GetAsync("/inquiry"));

        Assert.Contains("<title>Ask for treatment abroad - InquiryRouter demo</title>", page.Html, StringComparison.Ordinal);
        Assert.Contains("InquiryRouter demo brings patients and clinics together.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page.Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/brand/logo", "/imprint", "/privacy" })
        {
            using var response = await app.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_frame_on_another_site_has_the_name_but_no_second_head()
    {
        await using var app = await InquiryApp.StartAsync(Setup.With("Intake:EmbedOrigins", "https://www.example.org"));
        var page = await Page.OfAsync(await app.Http.GetAsync("/inquiry?embed=1"));

        Assert.DoesNotContain("<img", page.Html, StringComparison.Ordinal);
        Assert.Contains("Example Health brings patients and clinics together.", page.Text, StringComparison.Ordinal);
        Assert.Matches("href=\"/privacy\" target=\"_blank\"", page.Html);
    }

    [Fact]
    public async Task Doctor_and_start_name_what_is_not_said_and_nothing_once_it_is()
    {
        var (_, said) = await App.RunCommandAsync(["doctor", .. Arguments]);
        Assert.Contains("ok    brand     Example Health, with a logo of 1 KB.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("warn  brand", said, StringComparison.Ordinal);

        await using var app = await InquiryApp.StartAsync(new AppSetup { OnSqlite = true });
        var (_, unsaid) = await app.RunCommandAsync("doctor");
        foreach (var setting in new[] { "Brand:Name", "Brand:Imprint", "Brand:Privacy", "Brand:ReplyAddress" })
        {
            Assert.Matches($"warn  brand .*{setting}", unsaid);
        }

        var (_, trial) = await app.RunCommandAsync("doctor", "--Brand:Name=Example Health");
        Assert.DoesNotMatch("warn  brand .*Brand:Name", trial);
    }

    [Fact]
    public async Task The_preview_is_the_pages_themselves_as_files()
    {
        var directory = Path.Combine(App.Settings.Data.Directory, "preview");
        await using var output = new StringWriter();

        var code = await CommandLine.RunAsync(
            ["brand", "preview", "--directory", directory, .. Arguments], output, output, TimeProvider.System, CancellationToken.None);

        Assert.True(code == 0, output.ToString());
        Assert.Contains("pages and mails of Example Health", output.ToString(), StringComparison.Ordinal);
        foreach (var language in new[] { "en", "es", "ar" })
        {
            foreach (var page in new[] { "form", "treatments", "treatment", "status", "imprint", "privacy", "Acknowledgement", "ReferralOffer" })
            {
                Assert.Contains("Example Health", await File.ReadAllTextAsync(Path.Combine(directory, $"{page}.{language}.html")), StringComparison.Ordinal);
            }

            var status = await File.ReadAllTextAsync(Path.Combine(directory, $"status.{language}.html"));
            Assert.Contains("src=\"logo.svg\"", status, StringComparison.Ordinal);
            Assert.Contains("href=\"site.css\"", status, StringComparison.Ordinal);
            Assert.Contains("id=\"now\"", status, StringComparison.Ordinal);
            Assert.Contains($"href=\"status.{(language == "en" ? "es" : "en")}.html\"", status, StringComparison.Ordinal);
        }

        Assert.Contains("#7a1f2b", await File.ReadAllTextAsync(Path.Combine(directory, "site.css")), StringComparison.Ordinal);
        Assert.Contains("status.ar.html", await File.ReadAllTextAsync(Path.Combine(directory, "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_cannot_work_stops_the_start_and_says_what_would()
    {
        var (code, said) = await App.RunCommandAsync("migrate", "--Brand:Colour=#ffcc00");

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains("Brand:Colour is '#ffcc00'; allowed:", said, StringComparison.Ordinal);
    }

    private IEnumerable<string> Arguments => _brand.Settings.Select(s => $"--{s.Key}={s.Value}");

    private static string SheetOf(Page page) => page.Html.Split("href=\"/site.css")[1].Split('"')[0];

    private async Task<Page> OpenAsync(string address)
    {
        using var response = await App.Http.GetAsync(address);
        return await Page.OfAsync(response);
    }
}
