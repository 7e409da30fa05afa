using System.Globalization;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

public sealed class CapWeekTests
{
    [Theory]
    [InlineData("2026-11-16T00:00:00Z", "2026-11-16")]
    [InlineData("2026-11-18T12:00:00Z", "2026-11-16")]
    [InlineData("2026-11-22T23:59:59Z", "2026-11-16")]
    [InlineData("2026-11-23T00:00:00Z", "2026-11-23")]
    public void A_week_begins_on_Monday_and_ends_on_Sunday(string moment, string monday) => AssertWeek(monday, moment, "Etc/UTC");

    [Theory]
    [InlineData("2026-11-22T15:00:00Z", "Asia/Tokyo", "2026-11-23")]
    [InlineData("2026-11-22T14:59:59Z", "Asia/Tokyo", "2026-11-16")]
    [InlineData("2026-11-23T07:59:59Z", "America/Tijuana", "2026-11-16")]
    [InlineData("2026-11-23T08:00:00Z", "America/Tijuana", "2026-11-23")]
    public void Monday_begins_in_the_zone_of_the_clinic(string moment, string zone, string monday) => AssertWeek(monday, moment, zone);

    [Fact]
    public void A_week_may_span_two_years() => AssertWeek("2026-12-28", "2027-01-03T12:00:00Z", "Europe/Istanbul");

    private static void AssertWeek(string monday, string moment, string zone) =>
        Assert.Equal(
            DateOnly.Parse(monday, CultureInfo.InvariantCulture),
            CapWeek.Of(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), zone));
}
