using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>RFC 8058: a mail program asks with one click; a person on a page. Mails about where the inquiry stands still come.</summary>
public sealed class UnsubscribeTests : AppTests
{
    private const string CheckIn = "How is it going?";
    private readonly InquiryBuilder _inquiry = An.Inquiry();

    [Fact]
    public async Task A_mail_program_unsubscribes_with_one_click_without_cookies()
    {
        var (reference, link) = await CheckInAsync();

        using var body = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        using var answer = await App.Http.PostAsync(link, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await AssertUnsubscribedAsync(reference);
        await NoMoreCheckInsAsync(1);
    }

    [Fact]
    public async Task A_person_opens_the_link_which_changes_nothing_and_presses_a_button()
    {
        var (reference, link) = await CheckInAsync();
        var before = await App.DumpAsync();
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(link);
        var page = await Page.OfAsync(opened);
        Assert.Equal("Stop the questions?", page.Headline);
        Assert.DoesNotContain("t=", opened.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Equal(before, await App.DumpAsync());

        using var body = new FormUrlEncodedContent([KeyValuePair.Create("link", page.Hidden("link")!)]);
        using var pressed = await browser.PostAsync(page.FormAction, body);

        Assert.Equal("We ask no more", (await Page.OfAsync(pressed)).Headline);
        await AssertUnsubscribedAsync(reference);
    }

    [Fact]
    public async Task Another_site_cannot_use_the_cookie()
    {
        var (_, link) = await CheckInAsync();
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(link);
        var page = await Page.OfAsync(opened);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/unsubscribe") { Content = new FormUrlEncodedContent([KeyValuePair.Create("link", page.Hidden("link")!)]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Unsubscription"));
    }

    [Fact]
    public async Task The_page_is_in_the_language_of_the_inquiry()
    {
        var (_, link) = await CheckInAsync(_inquiry.With("patient.language", "es"), "¿Cómo va todo?");
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(link);

        Assert.Equal("es", (await Page.OfAsync(opened)).Language);
    }

    [Fact]
    public async Task A_link_for_something_else_stops_nothing()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        using var answer = await App.Http.PostAsync(submitted.StatusUrl.Replace("/status", "/unsubscribe", StringComparison.Ordinal), null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Unsubscription"));
    }

    [Fact]
    public async Task Who_unsubscribed_is_not_asked_about_another_inquiry_either_but_hears_what_becomes_of_it()
    {
        var (_, link) = await CheckInAsync();
        using (var answer = await App.Http.PostAsync(link, null))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        // Long after, so that it does not count as the same inquiry again.
        await App.AdvanceToAsync(App.Now.AddDays(300));
        var again = await App.SubmitAsync(_inquiry);
        await App.UntilAsync(() => Task.FromResult(App.MailsTo(_inquiry.Email).Count(m => m.Subject!.Contains("We have your inquiry", StringComparison.Ordinal)) == 2), "the second acknowledgement");
        await App.ReachesAsync(again.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        var asked = (await App.ReferralsAsync(again.Reference))[0].ClinicCode;
        var offers = App.MailsTo(ClinicAddress(asked)).OrderBy(m => m.MessageId, StringComparer.Ordinal).Where(m => m.TextBody!.Contains(again.Reference, StringComparison.Ordinal));
        using (var visit = await App.OpenReferralAsync(offers.First()))
        {
            await visit.AcceptAsync();
        }

        await App.SettlesAsync();
        await App.AdvanceToAsync(App.Now.AddDays(100));
        await NoMoreCheckInsAsync(1);
        Assert.True(await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'CheckIn' AND State = 7 AND LastError = 'unsubscribed'") > 0);
    }

    private async Task<(string Reference, Uri Link)> CheckInAsync(InquiryBuilder? inquiry = null, string subject = CheckIn)
    {
        var submitted = await App.SubmitAsync(inquiry ?? _inquiry);
        using (var visit = await OpenReferralOfAsync("MX-A"))
        {
            await visit.AcceptAsync();
        }

        await App.MailToAsync(ClinicAddress("MX-A"), "You have accepted");
        await App.AdvanceToAsync(App.Now.AddDays(8));
        var mail = await App.MailToAsync(_inquiry.Email, subject);
        var header = mail.Headers[HeaderId.ListUnsubscribe]!;
        return (submitted.Reference, new Uri(header.Trim('<', '>', ' ')));
    }

    private async Task AssertUnsubscribedAsync(string reference)
    {
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Unsubscription"));
        var inquiry = await App.InquiryAsync(reference);
        var consents = await App.Database.ReadAsync(session => InquiryStore.ListConsentsAsync(session, inquiry.Id));
        Assert.Equal(("unsubscribe", false), (consents[^1].Source, consents[^1].Consent.Marketing));
        Assert.Equal(consents[0].Consent.ShareWithClinics, consents[^1].Consent.ShareWithClinics);
        Assert.Equal("unsubscribed", (await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id)))[^1].Action);
    }

    private async Task NoMoreCheckInsAsync(int before)
    {
        await App.AdvanceToAsync(App.Now.AddDays(120));
        await App.SettlesAsync();
        Assert.Equal(before, App.MailsTo(_inquiry.Email).Count(m => m.Subject!.Contains(CheckIn, StringComparison.Ordinal)));
    }
}
