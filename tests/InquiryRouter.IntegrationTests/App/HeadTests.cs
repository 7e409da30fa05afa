using System.Net;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Monitors and checkers of links ask with HEAD.</summary>
public sealed class HeadTests : AppTests
{
    [Theory]
    [InlineData("/inquiry?condition=lupus")]
    [InlineData("/treatments")]
    [InlineData("/treatments/stem-cell-therapy/lupus")]
    [InlineData("/treatments/nothing")]
    [InlineData("/status/link")]
    [InlineData("/status?link=0123456789abcdef")]
    [InlineData("/site.css")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task What_answers_GET_answers_HEAD_the_same_without_the_page(string address)
    {
        using var got = await App.Http.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var head = await App.Http.SendAsync(request);

        Assert.Equal(got.StatusCode, head.StatusCode);
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.NotEmpty(await got.Content.ReadAsByteArrayAsync());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/referral/accept")]
    [InlineData("/api/inquiries")]
    public async Task What_only_changes_something_does_not(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var head = await App.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
    }

    [Fact]
    public async Task A_scanner_that_asks_for_the_head_of_a_link_changes_nothing()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        var mail = await App.MailToAsync(A.Clinic("MX-A").Email);
        var before = await App.DumpAsync();
        using var browser = App.NewBrowser();

        await HeadAsync(InquiryApp.LinkIn(mail));
        var opened = await HeadAsync(new Uri(submitted.StatusUrl));
        foreach (var button in new[] { "/status/withdraw", "/status/erase", "/status/correct", "/status/download" })
        {
            await HeadAsync(new Uri(opened, button + opened.Query));
        }

        Assert.Equal(before, await App.DumpAsync());

        async Task<Uri> HeadAsync(Uri address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var head = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            return head.RequestMessage!.RequestUri!;
        }
    }
}
