using System.Globalization;

namespace InquiryRouter.Core.Reports;

/// <summary>
/// The weeks a report counts: whole ones, Monday to Sunday, UTC. An inquiry counts in the week in which it was received, for ever.
/// </summary>
/// <param name="From">The Monday of the first week.</param>
/// <param name="Last">The Monday of the last week.</param>
public sealed record ReportPeriod(DateOnly From, DateOnly Last)
{
    /// <summary>Three years and a bit: more makes a chart that nobody can read.</summary>
    public const int MostWeeks = 160;

    public const int DefaultWeeks = 13;

    /// <summary>How many weeks somebody can choose with one press.</summary>
    public static readonly IReadOnlyList<int> Presets = [4, DefaultWeeks, 52];

    public int Weeks => ((Last.DayNumber - From.DayNumber) / 7) + 1;

    /// <summary>The Sunday of the last week.</summary>
    public DateOnly Until => Last.AddDays(6);

    /// <summary>The first moment.</summary>
    public DateTimeOffset Begins => StartOf(From);

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset Ends => StartOf(Last.AddDays(7));

    /// <summary>Every week, by its Monday.</summary>
    public IEnumerable<DateOnly> Mondays => Enumerable.Range(0, Weeks).Select(i => From.AddDays(7 * i));

    /// <summary>The last weeks, this one included.</summary>
    public static ReportPeriod LastWeeks(int weeks, DateTimeOffset now) => new(WeekOf(now).AddDays(-7 * (weeks - 1)), WeekOf(now));

    /// <summary>The weeks of two days, whichever comes first; what is too long loses its oldest weeks.</summary>
    public static ReportPeriod Of(DateOnly one, DateOnly other)
    {
        var (first, last) = one <= other ? (WeekOf(one), WeekOf(other)) : (WeekOf(other), WeekOf(one));
        return new(first < last.AddDays(-7 * (MostWeeks - 1)) ? last.AddDays(-7 * (MostWeeks - 1)) : first, last);
    }

    /// <summary>One week.</summary>
    public static ReportPeriod Week(DateOnly monday) => new(monday, monday);

    /// <summary>The Monday of the week of a moment.</summary>
    public static DateOnly WeekOf(DateTimeOffset moment) => WeekOf(DateOnly.FromDateTime(moment.UtcDateTime));

    /// <summary>The Monday of the week of a day.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The first moment of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>As it stands in an address.</summary>
    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
