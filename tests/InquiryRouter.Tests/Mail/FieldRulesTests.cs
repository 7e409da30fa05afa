using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("+1 213 373 4253", null, "+12133734253")]
    [InlineData("(213) 373-4253", "US", "+12133734253")]
    [InlineData("+44 20 7946 0958", "US", "+442079460958")]
    [InlineData("664 123 4567", "MX", "+526641234567")]
    [InlineData("0212 555 12 34", "TR", "+902125551234")]
    [InlineData("+١٢١٣٣٧٣٤٢٥٣", null, "+12133734253")]
    public void A_number_is_kept_in_the_international_form(string typed, string? country, string e164)
    {
        Assert.True(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Equal(e164, kept);
    }

    [Theory]
    [InlineData("213 373 4253", null)]
    [InlineData("+1 000 000 0000", "US")]
    [InlineData("+999 123 456 789", "US")]
    [InlineData("12", "US")]
    [InlineData("call me", "US")]
    [InlineData("", "US")]
    public void A_number_nobody_can_call_is_refused(string typed, string? country)
    {
        Assert.False(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Empty(kept);
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Asia/Calcutta")]
    [InlineData("Etc/GMT+5")]
    [InlineData("UTC")]
    public void A_zone_of_the_IANA_list_is_known(string id) => Assert.True(Shipped.FieldRules.IsTimeZone(id));

    [Theory]
    [InlineData("America/Nowhere")]
    [InlineData("america/new_york")]
    [InlineData("Eastern Standard Time")]
    [InlineData("EST5EDT,M3.2.0,M11.1.0")]
    [InlineData("../../../etc/localtime")]
    [InlineData("/etc/localtime")]
    [InlineData("America")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("-05:00")]
    [InlineData("")]
    public void Anything_else_is_not(string id) => Assert.False(Shipped.FieldRules.IsTimeZone(id));

    [Fact]
    public void A_very_long_zone_is_not() => Assert.False(Shipped.FieldRules.IsTimeZone(new string('A', 100_000)));
}
