using System.Net;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>What is held about a patient is theirs: to take with them, and to have erased.</summary>
public sealed class EndingTests : StatusTests
{
    [Fact]
    public async Task Everything_held_about_me_is_a_file_of_my_own()
    {
        var inquiry = An.Inquiry();
        var submitted = await AcceptedAsync(inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.PressAsync("/status/add", ("information", "My own words"), ("once", "1"));

        await App.SettlesAsync();
        var before = await App.DumpAsync();
        using var response = await visit.Browser.GetAsync($"/status/download?link={visit.Link}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"{submitted.Reference}.json", response.Content.Headers.ContentDisposition.FileName);
        var json = await response.Content.ReadAsStringAsync();
        using var parsed = JsonDocument.Parse(json);
        Assert.All(new[] { inquiry.Name, inquiry.Email, "My own words", submitted.Reference }, text => Assert.Contains(text, json, StringComparison.Ordinal));
        Assert.Equal(before, await App.DumpAsync());

        using var stranger = App.NewBrowser();
        using var refused = await stranger.GetAsync($"/status/download?link={visit.Link}");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Erasing_is_asked_about_first_and_afterwards_the_link_says_that_everything_is_gone()
    {
        var inquiry = An.Inquiry();
        var submitted = await AcceptedAsync(inquiry);
        using var visit = await OpenAsync(submitted);
        string[] buttons = ["/status/add", "/status/withdraw", "/status/identity/hide", "/status/consent/withdraw", "/status/correct/contact", "/status/erase"];
        var stale = await Task.WhenAll(buttons.Select(_ => OpenAsync(submitted)));
        await visit.LookAsync("/status/erase");
        Assert.Equal("Erase everything we hold about you?", visit.Page.Headline);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);

        await visit.PressAsync("/status/erase");

        Assert.Equal((HttpStatusCode.Gone, "Everything was erased"), (visit.Page.Status, visit.Page.Headline));
        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(submitted.Reference)).State);
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        // Pressed again, from a page that was open elsewhere, or with the link of a mail. The browser that has heard it knows the link no more.
        await visit.PressStaleAsync("/status/erase");
        Assert.Equal(HttpStatusCode.NotFound, visit.Page.Status);
        foreach (var (button, page) in buttons.Zip(stale))
        {
            await page.PressStaleAsync(button, ("information", "text"), ("referral", "1"));
            Assert.Equal("Everything was erased", page.Page.Headline);
            page.Dispose();
        }

        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(new Uri(submitted.StatusUrl));
        Assert.Equal(HttpStatusCode.Gone, opened.StatusCode);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_withdrawn_inquiry_can_still_be_taken_along_and_erased()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/withdraw");
        await visit.PressAsync("/status/withdraw");
        Assert.Contains("/status/download", visit.Page.Html, StringComparison.Ordinal);

        await visit.LookAsync("/status/erase");
        await visit.PressAsync("/status/erase");

        Assert.Equal("Everything was erased", visit.Page.Headline);
    }
}
