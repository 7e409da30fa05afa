using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

/// <summary>The clinic works from 9 to 17 on Monday to Friday. Times are written with the offset its clocks show.</summary>
public sealed class OfferTimesTests
{
    private static readonly Clinic s_newYork = A.Clinic() with { TimeZone = "America/New_York" };

    [Theory]
    [InlineData("2026-11-18T09:00-05:00", 8, "2026-11-18T13:00-05:00", "2026-11-18T16:12-05:00", "2026-11-18T17:00-05:00")]
    [InlineData("2026-11-18T15:00-05:00", 16, "2026-11-19T15:00-05:00", "2026-11-20T13:24-05:00", "2026-11-20T15:00-05:00")]
    [InlineData("2026-11-20T16:00-05:00", 10, "2026-11-23T13:00-05:00", "2026-11-23T17:00-05:00", "2026-11-24T10:00-05:00")]
    [InlineData("2026-11-21T12:00-05:00", 2, "2026-11-23T10:00-05:00", "2026-11-23T10:48-05:00", "2026-11-23T11:00-05:00")]
    public void An_offer_has_its_moments_in_its_clinics_business_time(string now, int hours, string half, string ninety, string end) =>
        Assert.Equal(new OfferTimes(At(half), At(ninety), At(end)), OfferTimes.Of(At(now), TimeSpan.FromHours(hours), s_newYork));

    [Theory]
    [InlineData("2026-11-18T10:00-05:00", "2026-11-18T14:00-05:00", "2026-11-18T12:00-05:00", "2026-11-18T13:36-05:00")]
    [InlineData("2026-11-18T15:00-05:00", "2026-11-19T11:00-05:00", "2026-11-18T17:00-05:00", "2026-11-19T10:36-05:00")]
    [InlineData("2026-11-20T16:30-05:00", "2026-11-23T11:30-05:00", "2026-11-23T10:00-05:00", "2026-11-23T11:12-05:00")]
    public void What_is_left_of_an_offer_is_halved_in_business_time_too(string now, string end, string half, string ninety) =>
        Assert.Equal(new OfferTimes(At(half), At(ninety), At(end)), OfferTimes.Until(At(now), At(end), s_newYork));

    [Fact]
    public void Where_no_business_time_is_left_nothing_comes_before_the_end()
    {
        var end = At("2026-11-18T18:30-05:00");

        Assert.Equal(new OfferTimes(end, end, end), OfferTimes.Until(At("2026-11-18T17:30-05:00"), end, s_newYork));
    }

    [Fact]
    public void What_is_left_at_a_clinic_that_has_closed_for_good_has_an_end()
    {
        var end = Moment.Now.AddDays(1);

        Assert.Equal(end, OfferTimes.Until(Moment.Now, end, s_newYork with { WorkDays = [] }).Half);
    }

    [Theory]
    [InlineData("2026-10-30T20:30Z", 16)]
    [InlineData("2026-12-24T18:00Z", 48)]
    [InlineData("2026-03-06T21:00Z", 3)]
    public void An_offer_that_goes_on_as_it_was_made_keeps_its_moments(string now, int hours)
    {
        var clinic = s_newYork with { Holidays = [new DateOnly(2026, 12, 25), new DateOnly(2027, 1, 1)] };
        var made = OfferTimes.Of(At(now), TimeSpan.FromHours(hours), clinic);

        Assert.Equal(made, OfferTimes.Until(At(now), made.End, clinic));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
