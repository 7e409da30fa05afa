using InquiryRouter.Settings;
using InquiryRouter.Web.Embed;
using InquiryRouter.Web.Intake;
using Microsoft.Extensions.Configuration;

namespace InquiryRouter.Tests.Settings;

public sealed class EmbedSettingsTests
{
    private const string Setting = "Intake:EmbedOrigins";

    [Theory]
    [InlineData("https://www.example.org", "https://www.example.org")]
    [InlineData("https://WWW.Example.org:443", "https://www.example.org")]
    [InlineData("https://example.org:8443", "https://example.org:8443")]
    [InlineData("http://localhost:9000", "http://localhost:9000")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("https://clínica.example", "https://xn--clnica-4va.example")]
    public void An_origin_is_taken_as_browsers_write_it(string set, string origin) =>
        Assert.Equal([origin], new EmbedOrigins(Load(set).Intake).All);

    [Fact]
    public void Several_are_separated_by_commas_and_none_is_the_default()
    {
        Assert.Equal(["https://a.example", "https://b.example"], new EmbedOrigins(Load("https://a.example, https://b.example,https://a.example").Intake).All);
        Assert.Empty(new EmbedOrigins(new IntakeOptions()).All);
    }

    [Theory]
    [InlineData("http://www.example.org")]
    [InlineData("www.example.org")]
    [InlineData("https://www.example.org/")]
    [InlineData("https://www.example.org/page")]
    [InlineData("https://www.example.org?x")]
    [InlineData("https://www.example.org#x")]
    [InlineData("https://me@www.example.org")]
    [InlineData("https://*.example.org")]
    [InlineData("https://example.org; script-src *")]
    [InlineData("https://")]
    [InlineData("ftp://example.org")]
    [InlineData("*")]
    [InlineData("null")]
    public void Anything_else_stops_the_start_with_its_name_its_value_and_what_is_allowed(string set)
    {
        var problem = Assert.Single(Assert.Throws<BadSettingsException>(() => Load("https://a.example," + set)).Problems);

        Assert.StartsWith($"{Setting} is '{set}'; allowed: ", problem, StringComparison.Ordinal);
        Assert.Contains("https://www.example.org", problem, StringComparison.Ordinal);
    }

    private static AppSettings Load(string value) => SettingsLoader.Load(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(Setting, (string?)value)]).Build(), "Production", Roles.Both);
}
