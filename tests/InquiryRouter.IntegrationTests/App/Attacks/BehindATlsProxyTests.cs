using System.Net;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>HTTPS outside and plain HTTP inside, from a proxy that nobody listed: the public address decides.</summary>
public sealed class BehindATlsProxyTests : AppTests
{
    private const string Public = "https://inquiries.example.org";

    internal override AppSetup Setup => new AppSetup().With("Mail:PublicUrl", Public);

    [Fact]
    public async Task Cookies_are_as_safe_as_the_address_outside()
    {
        var (cookie, _) = await OpenAsync();

        Assert.StartsWith("__Host-ir-Status-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/inquiry")]
    [InlineData("/site.css")]
    [InlineData("/nowhere")]
    [InlineData("/api/inquiries")]
    public async Task Browsers_are_told_to_stay_with_https(string path)
    {
        using var response = await App.Http.GetAsync(path);

        Assert.Equal("max-age=63072000; includeSubDomains", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData(Public, null, true)]
    [InlineData("null", null, true)]
    [InlineData("http://10.0.0.7:8080", null, true)]
    [InlineData("https://evil.example", null, false)]
    [InlineData("http://inquiries.example.org", null, false)]
    [InlineData(Public + ":8443", null, false)]
    [InlineData(Public, "cross-site", false)]
    [InlineData(Public, "same-site", false)]
    [InlineData("https://evil.example", "same-origin", true)]
    public async Task A_post_from_our_public_address_is_ours_whatever_host_the_proxy_names(string origin, string? site, bool ours)
    {
        var (cookie, link) = await OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/status/add")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("link", link), KeyValuePair.Create("information", "Something new.")]),
        };
        request.Headers.Host = "10.0.0.7:8080";
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        request.Headers.Add("Origin", origin);
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var response = await App.Http.SendAsync(request);

        Assert.Equal(ours ? HttpStatusCode.Redirect : HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_doctor_says_that_everybody_looks_like_one_sender()
    {
        var (code, output) = await App.RunCommandAsync("doctor", $"--Mail:PublicUrl={Public}");
        var (_, known) = await App.RunCommandAsync("doctor", $"--Mail:PublicUrl={Public}", "--Intake:KnownProxies=10.0.0.7");

        Assert.Equal(1, code);
        Assert.Contains("Set Intake:KnownProxies", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Set Intake:KnownProxies", known, StringComparison.Ordinal);
    }

    private async Task<(string Cookie, string Link)> OpenAsync()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var response = await App.Http.GetAsync(new Uri(submitted.StatusUrl).PathAndQuery);
        return (Assert.Single(response.Headers.GetValues("Set-Cookie")), response.Headers.Location!.OriginalString.Split("link=")[1]);
    }
}
