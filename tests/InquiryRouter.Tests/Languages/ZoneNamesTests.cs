using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Languages;

public sealed class ZoneNamesTests
{
    public static TheoryData<string> EveryLanguage => [.. Said.Languages.All.Select(w => w.Code)];

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void Every_zone_somebody_is_asked_about_has_its_usual_name(string language) =>
        Assert.DoesNotContain(CountryZones.All, z => !Said.Languages.For(language).HasName(NameKind.TimeZones, z));

    [Fact]
    public void Every_zone_is_one_of_this_machine_and_the_countrys_own_is_among_them()
    {
        Assert.All(CountryZones.All, zone => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), zone));
        Assert.All(
            Shipped.Lists.Countries.Values.Where(c => CountryZones.Of(c.Code).Count > 0),
            country => Assert.Contains(country.TimeZone, CountryZones.Of(country.Code)));
    }
}
