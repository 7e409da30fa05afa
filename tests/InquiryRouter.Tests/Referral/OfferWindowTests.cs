using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

/// <summary>Times are written with the offset the clinic's clocks show.</summary>
public sealed class OfferWindowTests
{
    private static readonly Clinic s_newYork = A.Clinic() with { TimeZone = "America/New_York" };

    private static readonly Clinic s_atNight = s_newYork with
    {
        Opens = TimeOnly.MinValue, Closes = new TimeOnly(6, 0), WorkDays = Enum.GetValues<DayOfWeek>(),
    };

    [Fact]
    public void Within_a_business_day_the_window_is_plain_time() =>
        AssertEnds("2026-11-18T14:00-05:00", s_newYork, "2026-11-18T10:00-05:00", hours: 4);

    [Fact]
    public void The_night_does_not_count() =>
        AssertEnds("2026-11-19T11:00-05:00", s_newYork, "2026-11-18T15:00-05:00", hours: 4);

    [Fact]
    public void The_weekend_does_not_count() =>
        AssertEnds("2026-11-23T11:00-05:00", s_newYork, "2026-11-20T15:00-05:00", hours: 4);

    [Fact]
    public void A_public_holiday_the_clinic_does_not_keep_counts_like_any_day() =>
        AssertEnds("2026-12-25T11:00-05:00", s_newYork, "2026-12-24T15:00-05:00", hours: 4);

    [Fact]
    public void Several_days_are_added_up() =>
        AssertEnds("2026-11-20T15:00-05:00", s_newYork, "2026-11-18T15:00-05:00", hours: 16);

    [Theory]
    [InlineData("2026-11-18T03:00-05:00", "2026-11-18T11:00-05:00")]
    [InlineData("2026-11-18T17:00-05:00", "2026-11-19T11:00-05:00")]
    [InlineData("2026-11-18T22:30-05:00", "2026-11-19T11:00-05:00")]
    [InlineData("2026-11-21T12:00-05:00", "2026-11-23T11:00-05:00")]
    [InlineData("2026-11-22T23:59-05:00", "2026-11-23T11:00-05:00")]
    public void An_offer_outside_business_hours_begins_to_count_when_the_clinic_opens(string start, string end) =>
        AssertEnds(end, s_newYork, start, hours: 2);

    [Fact]
    public void A_window_that_fills_the_day_ends_when_the_clinic_closes() =>
        AssertEnds("2026-11-18T17:00-05:00", s_newYork, "2026-11-18T09:00-05:00", hours: 8);

    [Fact]
    public void A_working_Saturday_counts()
    {
        var open = s_newYork with { WorkDays = [.. s_newYork.WorkDays, DayOfWeek.Saturday] };

        AssertEnds("2026-11-21T11:00-05:00", open, "2026-11-20T15:00-05:00", hours: 4);
    }

    [Fact]
    public void The_clock_of_the_clinic_counts_wherever_the_offer_is_made()
    {
        // Friday evening in New York is Saturday in Kolkata, whose Monday begins half an hour off the full one.
        var kolkata = s_newYork with { TimeZone = "Asia/Kolkata", Opens = new TimeOnly(9, 30), Closes = new TimeOnly(17, 30) };

        AssertEnds("2026-11-23T11:30+05:30", kolkata, "2026-11-20T20:00-05:00", hours: 2);
    }

    [Fact]
    public void Business_hours_follow_the_clock_that_goes_forward_in_spring() =>
        AssertEnds("2026-03-09T10:00-04:00", s_newYork, "2026-03-06T16:00-05:00", hours: 2);

    [Fact]
    public void Business_hours_follow_the_clock_that_goes_back_in_autumn() =>
        AssertEnds("2026-11-02T10:00-05:00", s_newYork, "2026-10-30T16:00-04:00", hours: 2);

    [Fact]
    public void The_hour_that_spring_skips_is_not_given_to_the_clinic() =>
        AssertEnds("2026-03-08T05:00-04:00", s_atNight, "2026-03-08T00:00-05:00", hours: 4);

    [Fact]
    public void The_hour_that_autumn_repeats_counts_twice() =>
        AssertEnds("2026-11-01T06:00-05:00", s_atNight, "2026-11-01T00:00-04:00", hours: 7);

    [Fact]
    public void A_clinic_that_opens_in_the_skipped_hour_opens_at_the_first_moment_after_it()
    {
        var early = s_atNight with { Opens = new TimeOnly(2, 30), Closes = new TimeOnly(10, 0) };

        AssertEnds("2026-03-08T04:00-04:00", early, "2026-03-08T00:00-05:00", hours: 1);
    }

    /// <summary>Of clinics that are open to the end of the day: zone, opening time, start, hours, end.</summary>
    public static TheoryData<string, string, string, double, string> ToTheEndOfTheDay => new()
    {
        { "America/New_York", "09:00", "2026-11-18T22:00-05:00", 2, "2026-11-19T00:00-05:00" },
        { "America/New_York", "09:00", "2026-11-18T23:00-05:00", 2, "2026-11-19T10:00-05:00" },
        { "America/New_York", "00:00", "2026-11-18T23:00-05:00", 2, "2026-11-19T01:00-05:00" },
        { "America/New_York", "00:00", "2026-11-18T00:00-05:00", 48, "2026-11-20T00:00-05:00" },
        { "America/New_York", "12:00", "2026-11-20T23:30-05:00", 1, "2026-11-23T12:30-05:00" },

        // A day of the clock's change has 23 hours, or 25.
        { "America/New_York", "00:00", "2026-03-07T12:00-05:00", 35, "2026-03-09T00:00-04:00" },
        { "America/New_York", "00:00", "2026-10-31T12:00-04:00", 37, "2026-11-02T00:00-05:00" },

        // In Beirut the clock goes forward at midnight: the day ends all the same.
        { "Asia/Beirut", "20:00", "2026-03-28T23:00+02:00", 1, "2026-03-29T01:00+03:00" },
    };

    [Theory]
    [MemberData(nameof(ToTheEndOfTheDay))]
    public void A_clinic_may_be_open_to_the_end_of_the_day(string zone, string opens, string start, double hours, string end)
    {
        var clinic = s_newYork with
        {
            TimeZone = zone, Opens = TimeOnly.Parse(opens, CultureInfo.InvariantCulture), Closes = ClosingTime.EndOfDay,
            WorkDays = start.StartsWith("2026-11-2", StringComparison.Ordinal) ? s_newYork.WorkDays : Enum.GetValues<DayOfWeek>(),
        };

        AssertEnds(end, clinic, start, hours);
        Assert.Equal(TimeSpan.FromHours(hours), OfferWindow.Between(At(start), At(end), clinic));
    }

    [Fact]
    public void A_clinic_that_never_opens_is_an_error_that_names_it()
    {
        var closed = s_newYork with { Code = "NEVER-1", WorkDays = [] };

        var error = Assert.Throws<ArgumentException>(() => OfferWindow.End(Moment.Now, TimeSpan.FromHours(1), closed));
        Assert.Contains("NEVER-1", error.Message, StringComparison.Ordinal);
    }

    private static void AssertEnds(string expected, Clinic clinic, string start, double hours) =>
        Assert.Equal(At(expected), OfferWindow.End(At(start), TimeSpan.FromHours(hours), clinic));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
