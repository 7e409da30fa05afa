using System.Globalization;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// When a clinic closes: a time of day, or <c>24:00</c>, the end of the day. That is midnight here (<see cref="EndOfDay"/>), which no other
/// closing time can be: a clinic closes after it has opened.
/// </summary>
public static class ClosingTime
{
    public const string EndOfDayText = "24:00";

    private const string Form = "HH:mm";

    public static TimeOnly EndOfDay => TimeOnly.MinValue;

    /// <summary>Whether a day of these hours has any.</summary>
    public static bool IsAfter(TimeOnly closes, TimeOnly opens) => closes == EndOfDay || closes > opens;

    /// <summary>Of a clinic's day: the local time at which it ends.</summary>
    public static DateTime On(DateOnly day, TimeOnly closes) => (closes == EndOfDay ? day.AddDays(1) : day).ToDateTime(closes);

    public static string Text(TimeOnly closes) => closes == EndOfDay ? EndOfDayText : closes.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads <c>17:00</c> and <c>24:00</c>; <c>00:00</c> is no closing time.</summary>
    public static bool TryParse(string? text, out TimeOnly closes)
    {
        if (text == EndOfDayText)
        {
            closes = EndOfDay;
            return true;
        }

        return TimeOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out closes) && closes != EndOfDay;
    }
}
