using System.Net;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>All referrals of a clinic in one list, behind a link of its own; there it pauses, too.</summary>
public sealed class ClinicListTests : AppTests
{
    [Fact]
    public async Task The_list_comes_by_mail_to_the_clinic_and_shows_its_own_referrals_only()
    {
        var first = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.DeclineAsync();
        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.SettlesAsync();

        await visit.PressAsync("/referral/list-link");
        await visit.PressAsync("/referral/list-link");

        await App.SettlesAsync();
        var links = App.MailsTo(ClinicAddress("MX-A")).Where(m => m.TextBody!.Contains("/referral/list", StringComparison.Ordinal)).ToList();
        using var browser = App.NewBrowser();
        using var response = await browser.GetAsync(InquiryApp.LinkIn(Assert.Single(links)));
        var page = await Page.OfAsync(response);
        Assert.Equal("All referrals of your clinic", page.Headline);
        Assert.Contains(first.Reference, page.Text, StringComparison.Ordinal);
        AssertNoHealthData(page.Text);

        // Another clinic's referral does not open through this list.
        var referrals = await App.ReferralsAsync(first.Reference);
        var link = page.Hidden("link");
        using var own = await browser.GetAsync($"/referral?link={link}.{referrals[0].Id.Value:N}");
        using var others = await browser.GetAsync($"/referral?link={link}.{referrals[1].Id.Value:N}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, others.StatusCode));
    }

    [Fact]
    public async Task A_clinic_that_pauses_gets_no_new_referrals_until_it_takes_them_again()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.PressAsync("/referral/list-link");
        var mail = await App.MailToAsync(ClinicAddress("MX-A"), 2);
        using var browser = App.NewBrowser();
        using var list = await browser.GetAsync(InquiryApp.LinkIn(mail));
        var link = (await Page.OfAsync(list)).Hidden("link")!;

        var refused = await PostAsync("/referral/pause", KeyValuePair.Create("until", "2030-01-01"));
        var paused = await PostAsync("/referral/pause", KeyValuePair.Create("until", "2026-12-24"));
        await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-B"));
        var resumed = await PostAsync("/referral/resume");
        Assert.Contains("Pause new referrals", resumed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("24 December", resumed.Text, StringComparison.Ordinal);

        // Three clinics that fit equally well share by turns, and MX-A has had one.
        for (var i = 0; i < 5; i++)
        {
            App.Clock.Advance(TimeSpan.FromSeconds(2));
            await App.SubmitAsync(An.Inquiry());
            await App.SettlesAsync();
        }

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("up to and including 24 December 2026", paused.Text, StringComparison.Ordinal);
        await App.MailToAsync(ClinicAddress("MX-A"), 3);

        async Task<Page> PostAsync(string action, params KeyValuePair<string, string>[] fields)
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", link), .. fields]);
            using var response = await browser.PostAsync(action, content);
            return await Page.OfAsync(response);
        }
    }
}
