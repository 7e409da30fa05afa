using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

/// <summary>Holidays and leave in an offer's window, and how long a clinic really had for an answer.</summary>
public sealed class BusinessTimeTests
{
    private static readonly Clinic s_newYork = A.Clinic() with { TimeZone = "America/New_York" };

    private static readonly Clinic s_atNight = s_newYork with { Opens = TimeOnly.MinValue, Closes = new TimeOnly(6, 0), WorkDays = Enum.GetValues<DayOfWeek>() };

    [Fact]
    public void A_holiday_does_not_count()
    {
        var christmas = s_newYork with { Holidays = [new DateOnly(2026, 12, 25)] };

        Assert.Equal(At("2026-12-28T11:00-05:00"), OfferWindow.End(At("2026-12-24T15:00-05:00"), TimeSpan.FromHours(4), christmas));
        Assert.Equal(TimeSpan.FromHours(4), OfferWindow.Between(At("2026-12-24T15:00-05:00"), At("2026-12-28T11:00-05:00"), christmas));
    }

    [Fact]
    public void Leave_does_not_count_first_and_last_day_included()
    {
        var away = s_newYork with { Leave = [new Leave(new DateOnly(2026, 11, 19), new DateOnly(2026, 11, 24))] };

        Assert.Equal(At("2026-11-25T11:00-05:00"), OfferWindow.End(At("2026-11-18T15:00-05:00"), TimeSpan.FromHours(4), away));
        Assert.Equal(TimeSpan.FromHours(4), OfferWindow.Between(At("2026-11-18T15:00-05:00"), At("2026-11-25T11:00-05:00"), away));
    }

    [Fact]
    public void Within_a_business_day_it_is_plain_time() => AssertHad(4, "2026-11-18T10:00-05:00", "2026-11-18T14:00-05:00");

    [Fact]
    public void Nights_and_weekends_are_no_time_for_an_answer()
    {
        AssertHad(4, "2026-11-18T15:00-05:00", "2026-11-19T11:00-05:00");
        AssertHad(4, "2026-11-20T15:00-05:00", "2026-11-23T11:00-05:00");
        AssertHad(0, "2026-11-20T17:00-05:00", "2026-11-23T09:00-05:00");
        AssertHad(0, "2026-11-21T10:00-05:00", "2026-11-22T20:00-05:00");
    }

    [Fact]
    public void Whole_days_between_are_added_up() => AssertHad(40, "2026-11-16T00:00-05:00", "2026-11-22T23:59-05:00");

    [Fact]
    public void An_answer_at_once_or_before_the_offer_took_no_time()
    {
        AssertHad(0, "2026-11-18T10:00-05:00", "2026-11-18T10:00-05:00");
        AssertHad(0, "2026-11-18T14:00-05:00", "2026-11-18T10:00-05:00");
    }

    [Fact]
    public void The_hour_that_spring_skips_is_no_time_and_the_one_that_autumn_repeats_is_two()
    {
        Assert.Equal(TimeSpan.FromHours(5), OfferWindow.Between(At("2026-03-08T00:00-05:00"), At("2026-03-08T06:00-04:00"), s_atNight));
        Assert.Equal(TimeSpan.FromHours(7), OfferWindow.Between(At("2026-11-01T00:00-04:00"), At("2026-11-01T06:00-05:00"), s_atNight));
    }

    [Fact]
    public void The_clock_of_the_clinic_counts_wherever_the_times_were_taken()
    {
        var tokyo = s_newYork with { TimeZone = "Asia/Tokyo" };

        Assert.Equal(TimeSpan.FromHours(2), OfferWindow.Between(At("2026-11-19T20:00-05:00"), At("2026-11-19T22:00-05:00"), tokyo));
        Assert.Equal(TimeSpan.Zero, OfferWindow.Between(At("2026-11-20T20:00-05:00"), At("2026-11-20T22:00-05:00"), tokyo));
    }

    [Theory]
    [InlineData("2026-10-28T03:00Z", 1)]
    [InlineData("2026-10-30T20:30Z", 16)]
    [InlineData("2026-12-24T18:00Z", 48)]
    [InlineData("2026-03-06T21:00Z", 3)]
    public void From_the_offer_to_the_end_of_its_window_lies_exactly_the_window(string start, int hours)
    {
        var clinic = s_newYork with { Holidays = [new DateOnly(2026, 12, 25), new DateOnly(2027, 1, 1)], Leave = [new Leave(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 6))] };

        Assert.Equal(TimeSpan.FromHours(hours), OfferWindow.Between(At(start), OfferWindow.End(At(start), TimeSpan.FromHours(hours), clinic), clinic));
    }

    [Theory]
    [InlineData("within-3-months", null, 16)]
    [InlineData("as-soon-as-possible", null, 8)]
    [InlineData("within-3-months", 4, 4)]
    [InlineData("as-soon-as-possible", 40, 8)]
    [InlineData("within-3-months", 100, 16)]
    public void A_clinic_may_ask_for_less_time_never_for_more(string timeframe, int? own, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), Policy.Shipped.WindowFor(timeframe, A.Clinic() with { OfferWindowHours = own }));

    private static void AssertHad(double hours, string start, string end) =>
        Assert.Equal(TimeSpan.FromHours(hours), OfferWindow.Between(At(start), At(end), s_newYork));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
