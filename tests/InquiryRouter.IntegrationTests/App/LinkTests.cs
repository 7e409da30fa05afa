using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class LinkTests : AppTests
{
    [Fact]
    public async Task Looking_at_a_referral_changes_nothing_however_often_and_by_whom()
    {
        await App.SubmitAsync(An.Inquiry());
        var mail = await App.MailToAsync(ClinicAddress("MX-A"));
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        for (var i = 0; i < 5; i++)
        {
            // A mail scanner without cookies, one with, and a person who looks again.
            using var bare = await App.Http.GetAsync(InquiryApp.LinkIn(mail));
            Assert.Equal(HttpStatusCode.Redirect, bare.StatusCode);
            using var followed = await App.Http.GetAsync(bare.Headers.Location);
            Assert.Equal(HttpStatusCode.NotFound, followed.StatusCode);
            using var visit = await App.OpenReferralAsync(mail);
            await visit.LookAgainAsync();
            Assert.Equal("A referral for you", visit.Page.Headline);
        }

        using var accept = await App.Http.GetAsync("/referral/accept");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, accept.StatusCode);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task Looking_at_the_status_changes_nothing()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        for (var i = 0; i < 3; i++)
        {
            await App.StatusPageAsync(submitted);
        }

        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_yes_twice_is_one_yes()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        await visit.AcceptAsync();

        Assert.Equal(HttpStatusCode.OK, visit.Page.Status);
        Assert.Equal("You have accepted this referral", visit.Page.Headline);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task Many_clicks_at_once_are_one_yes()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        var mail = await App.MailToAsync(ClinicAddress("MX-A"));
        var visits = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => App.OpenReferralAsync(mail)));

        var pages = await Task.WhenAll(visits.Select(v => v.AcceptAsync()));

        Assert.All(pages, p => Assert.Equal("You have accepted this referral", p.Headline));
        await App.SettlesAsync();
        Assert.Equal(2, App.MailsTo(inquiry.Email).Count);
        Assert.Equal(2, Assert.Single(await App.ReferralsAsync(submitted.Reference)).Version);
        Array.ForEach(visits, v => v.Dispose());
    }

    [Fact]
    public async Task A_no_after_a_yes_changes_nothing_and_says_so()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        await visit.DeclineAsync();

        Assert.Equal(HttpStatusCode.Conflict, visit.Page.Status);
        Assert.Contains("Nothing was changed", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(before, await App.DumpAsync());
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
    }

    [Fact]
    public async Task An_answer_after_the_end_of_the_window_does_not_count()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();

        App.Clock.Advance(Assert.Single(await App.ReferralsAsync(submitted.Reference)).OfferUntil - App.Now);
        await visit.AcceptAsync();

        Assert.Equal(HttpStatusCode.Conflict, visit.Page.Status);
        Assert.Contains("its time was over, or another step comes first. Nothing was changed.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("This offer has ended", visit.Page.Text, StringComparison.Ordinal);
        await App.AdvanceToAsync(App.Now);
        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal([ReferralState.Expired, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
    }

    [Fact]
    public async Task A_no_without_a_reason_of_the_list_is_asked_again_and_changes_nothing()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        await visit.DeclineAsync("because");
        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        await visit.PressAsync("/referral/decline");

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("choose a reason", visit.Page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_link_with_one_wrong_character_opens_nothing()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        var referral = InquiryApp.LinkIn(await App.MailToAsync(ClinicAddress("MX-A"))).AbsoluteUri;

        foreach (var link in new[] { referral, submitted.StatusUrl })
        {
            var token = link.IndexOf("t=", StringComparison.Ordinal) + 2;
            foreach (var at in new[] { token, token + 20, link.Length - 2 })
            {
                var wrong = link[..at] + (link[at] == 'x' ? 'y' : 'x') + link[(at + 1)..];
                using var browser = App.NewBrowser();
                using var response = await browser.GetAsync(new Uri(wrong));
                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                Assert.Contains("This link does not open", (await Page.OfAsync(response)).Headline, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_patients_link_opens_no_referral_and_a_clinics_no_status()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        var referral = InquiryApp.LinkIn(await App.MailToAsync(ClinicAddress("MX-A")));
        using var browser = App.NewBrowser();

        using var asReferral = await browser.GetAsync(new Uri(submitted.StatusUrl.Replace("/status", "/referral", StringComparison.Ordinal)));
        using var asStatus = await browser.GetAsync(new Uri(referral.AbsoluteUri.Replace("/referral", "/status", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.NotFound, asReferral.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, asStatus.StatusCode);
    }

    [Fact]
    public async Task A_link_is_exchanged_for_a_cookie_that_no_script_reads_and_leaves_the_address()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        var secret = submitted.StatusUrl.Split("t=")[1];

        using var response = await App.Http.GetAsync(new Uri(submitted.StatusUrl));

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(secret, response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_pressed_by_another_site_does_nothing()
    {
        await App.SubmitAsync(An.Inquiry());
        var mail = await App.MailToAsync(ClinicAddress("MX-A"));
        await App.SettlesAsync();
        var before = await App.DumpAsync();
        using var browser = App.NewBrowser();
        using var visit = await ReferralVisit.OpenAsync(browser, InquiryApp.LinkIn(mail));
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        await visit.AcceptAsync();

        Assert.Equal(HttpStatusCode.NotFound, visit.Page.Status);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task Every_answer_protects_its_reader()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        string[] addresses = ["/inquiry", submitted.StatusUrl, "/status", "/referral", "/api/inquiries", "/nowhere", "/site.css"];
        foreach (var address in addresses)
        {
            using var response = await App.Http.GetAsync(address);
            Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
            Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
            Assert.Contains("default-src 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal(address == "/site.css" ? "public, max-age=3600" : "no-store", Header(response, "Cache-Control"));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : string.Empty;
}
