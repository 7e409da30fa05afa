using InquiryRouter.IntegrationTests.App.Status;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>A link is its secret: whatever level is set for whatever category, none stands in the log.</summary>
public sealed class NoSecretIsLoggedTests : StatusTests
{
    internal override AppSetup Setup => new()
    {
        HostArguments =
        [
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information", "--Logging:LogLevel:Microsoft.*=Trace",
            "--Logging:Collected:LogLevel:Default=Trace", "--Logging:Collected:LogLevel:Microsoft.AspNetCore.Http.Result=Trace",
        ],
    };

    [Fact]
    public async Task Not_when_links_are_opened_forms_sent_or_requests_broken()
    {
        var submitted = await AcceptedAsync();
        var secret = submitted.StatusUrl.Split("t=")[1];
        using var page = await OpenAsync(submitted);
        using var form = await FormVisit.OpenAsync(App);
        using var sent = await form.SendAsync(An.Inquiry());
        var own = sent.Headers.Location!.OriginalString.Split("t=")[1];
        await RawRequest.SendAsync(App, $"GET /status?t={secret}\u0001 HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n");
        await RawRequest.SendAsync(App, $"GET /status?t={secret} HTTP/9.9\nHost: 127.0.0.1\nConnection: close\n\n");
        var referral = InquiryApp.LinkIn(await App.MailToAsync(ClinicAddress("MX-A"))).Query.Split("t=")[1];

        foreach (var token in new[] { secret, own, referral })
        {
            Assert.DoesNotContain(App.Logs.Lines, l => l.Contains(token, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(App.Logs.Lines, l => l.Contains("?t=", StringComparison.Ordinal));
        Assert.Contains(App.Logs.Lines, l => l.StartsWith("Information InquiryRouter.Security: MX-A is shown who the patient of referral", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Security_has_lines_of_its_own_without_anything_of_a_person()
    {
        using var nothing = await App.Http.GetAsync("/status?t=nothing");
        var submitted = await AskedAsync();
        using var browser = App.NewBrowser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var content = new FormUrlEncodedContent([]);
        using var pressed = await browser.PostAsync("/status/add", content);
        await RawRequest.SendAsync(App, "GET / HTTP/1.1\nHost: x:99999\nConnection: close\n\n");

        var lines = App.Logs.Lines.Where(l => l.Contains(" InquiryRouter.Security: ", StringComparison.Ordinal)).ToList();

        Assert.Contains(lines, l => l.Contains("A link was refused (Status, unknown).", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("A button pressed by another site was refused.", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("A request without a usable Host was refused.", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains('@', StringComparison.Ordinal) || l.Contains(submitted.StatusUrl.Split("t=")[1], StringComparison.Ordinal));
    }
}
