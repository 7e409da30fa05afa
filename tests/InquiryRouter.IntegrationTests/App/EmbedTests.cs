using System.Net;
using System.Text;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The form in a frame on pages of other sites.</summary>
public sealed class EmbedTests : AppTests
{
    private const string Site = "https://www.example.org";
    private const string Frame = "/inquiry?embed=1&condition=lupus&treatment=stem-cell-therapy&lang=es&source.page=https%3A%2F%2Fwww.example.org%2Flupus%3Fname%3DMallory";

    internal override AppSetup Setup => new AppSetup().With("Intake:EmbedOrigins", Site + ", http://localhost:9000");

    [Fact]
    public async Task The_script_is_small_and_knows_the_languages()
    {
        using var response = await App.Http.GetAsync("/embed.js");
        var script = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.InRange(Encoding.UTF8.GetByteCount(script), 500, 3 * 1024);
        Assert.Contains("اطلب العلاج في الخارج", script, StringComparison.Ordinal);
        Assert.DoesNotContain("cookie =", script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("localStorage", script, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Without_a_listed_site_the_script_says_what_to_set_and_the_form_stays_out_of_frames()
    {
        await using var app = await InquiryApp.StartAsync();
        using var script = await app.Http.GetAsync("/embed.js");
        using var form = await app.Http.GetAsync(Frame);

        Assert.Equal(HttpStatusCode.NotFound, script.StatusCode);
        Assert.Contains("Intake:EmbedOrigins", await script.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", Policy(form), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_may_be_framed_by_the_listed_sites_and_runs_our_script_only()
    {
        using var response = await App.Http.GetAsync(Frame);
        var page = await Page.OfAsync(response);

        Assert.EndsWith("frame-ancestors https://www.example.org http://localhost:9000", Policy(response), StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", Policy(response), StringComparison.Ordinal);
        Assert.Contains("<script src=\"/embed-frame.js\" data-site=\"https://www.example.org\" defer", page.Html, StringComparison.Ordinal);
        Assert.Equal("es", page.Language);
        Assert.Contains("<option value=\"lupus\" selected", page.Html, StringComparison.Ordinal);
        Assert.Contains("target=\"_blank\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("embed=1", page.FormAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inquiry")]
    [InlineData("/inquiry?embed=0")]
    [InlineData("/treatments?embed=1")]
    [InlineData("/status?embed=1")]
    [InlineData("/referral?embed=1")]
    [InlineData("/status/link?embed=1")]
    public async Task Every_other_page_refuses_to_be_framed_and_runs_nothing(string address)
    {
        using var response = await App.Http.GetAsync(address);

        Assert.EndsWith("frame-ancestors 'none'", Policy(response), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", Policy(response), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_in_the_frame_is_answered_in_the_frame_without_a_cookie()
    {
        using var form = await FormVisit.OpenPageAsync(App, Frame);
        var source = KeyValuePair.Create("source.page", form.Page.Hidden("source.page")!);

        using var refused = await form.SendAsync(An.Inquiry().Without("source").Without("patient.name"), source);
        using var accepted = await form.SendAsync(An.Inquiry().Without("source"), source);
        var (again, sent) = (await Page.OfAsync(refused), await Page.OfAsync(accepted));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (again.Status, sent.Status));
        Assert.All([refused, accepted], r => Assert.Contains("frame-ancestors https://www.example.org", Policy(r), StringComparison.Ordinal));
        Assert.All([again, sent], p => Assert.Contains("data-site=\"https://www.example.org\"", p.Html, StringComparison.Ordinal));
        Assert.Contains("Escriba el nombre del paciente.", again.Text, StringComparison.Ordinal);
        Assert.False(accepted.Headers.Contains("Set-Cookie"));
        Assert.Matches("IR-[0-9A-Z]{4}-[0-9A-Z]{4}", sent.Text);
        Assert.Contains($"href=\"{App.Settings.PublicUrl}status?t=", sent.Html, StringComparison.Ordinal);
        Assert.Equal(1, await App.NumberAsync($"SELECT COUNT(*) FROM Inquiry WHERE SourcePage = '{Site}/lupus'"));
    }

    [Fact]
    public async Task A_page_of_a_site_that_is_not_listed_is_not_taken_down()
    {
        using var form = await FormVisit.OpenPageAsync(App, "/inquiry?embed=1&source.page=https%3A%2F%2Fevil.example%2Flupus");

        Assert.Null(form.Page.Hidden("source.page"));
        Assert.DoesNotContain("evil.example", form.Page.FormAction, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", form.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_says_the_frame_is_on_another_site_is_not_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Frame);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Dest", "iframe");
        using var response = await App.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Policy(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
}
