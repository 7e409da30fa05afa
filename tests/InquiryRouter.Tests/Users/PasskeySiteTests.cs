using InquiryRouter.Application.Users.Passkeys;

namespace InquiryRouter.Tests.Users;

public sealed class PasskeySiteTests
{
    [Theory]
    [InlineData("https://router.example", "router.example", "https://router.example/")]
    [InlineData("https://console.router.example:8443/", "console.router.example", "https://console.router.example:8443/")]
    [InlineData("http://127.0.0.1:8080", "localhost", "http://localhost:8080/")]
    [InlineData("http://[::1]:8080", "localhost", "http://localhost:8080/")]
    [InlineData("http://localhost:8080", "localhost", "http://localhost:8080/")]
    [InlineData("http://router.example", null, null)]
    [InlineData("https://192.0.2.7", null, null)]
    [InlineData("http://192.168.1.5:8080", null, null)]
    public void A_site_is_a_name_with_HTTPS_or_this_machine(string publicUrl, string? domain, string? address)
    {
        var site = new PasskeySite(new Uri(publicUrl));

        Assert.Equal((domain, address), (site.Domain, site.Address?.AbsoluteUri));
    }

    [Theory]
    [InlineData("https://router.example", true)]
    [InlineData("https://router.example:443", true)]
    [InlineData("https://ROUTER.example", true)]
    [InlineData("http://router.example", false)]
    [InlineData("https://router.example:8443", false)]
    [InlineData("https://evil.router.example", false)]
    [InlineData("https://router.example.evil.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Only_a_page_of_ours_asks(string origin, bool isOurs) =>
        Assert.Equal(isOurs, new PasskeySite(new Uri("https://router.example")).IsOrigin(origin));
}
