using InquiryRouter.Core.Reports;

namespace InquiryRouter.Tests.Reports;

/// <summary>Reports count whole weeks.</summary>
public sealed class ReportPeriodTests
{
    [Theory]
    [InlineData("2026-11-30T00:00:00Z", "2026-11-30")]
    [InlineData("2026-11-29T23:59:59Z", "2026-11-23")]
    [InlineData("2026-12-03T12:00:00Z", "2026-11-30")]
    [InlineData("2027-01-01T00:00:00Z", "2026-12-28")]
    [InlineData("2026-11-30T01:00:00+02:00", "2026-11-23")]
    public void A_week_begins_on_its_Monday_in_UTC(string moment, string monday) =>
        Assert.Equal(Day(monday), ReportPeriod.WeekOf(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-05", "2026-11-25", "2026-11-02", "2026-11-29", 4)]
    [InlineData("2026-11-25", "2026-11-05", "2026-11-02", "2026-11-29", 4)]
    [InlineData("2026-11-25", "2026-11-25", "2026-11-23", "2026-11-29", 1)]
    [InlineData("2001-01-01", "2026-11-25", "2023-11-06", "2026-11-29", ReportPeriod.MostWeeks)]
    public void Two_days_make_whole_weeks_and_not_too_many(string one, string other, string from, string until, int weeks)
    {
        var period = ReportPeriod.Of(Day(one), Day(other));

        Assert.Equal((Day(from), Day(until), weeks), (period.From, period.Until, period.Weeks));
        Assert.Equal(weeks, period.Mondays.Count());
        Assert.Equal(TimeSpan.FromDays(7 * weeks), period.Ends - period.Begins);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
