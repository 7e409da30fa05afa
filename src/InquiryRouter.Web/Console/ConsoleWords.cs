using System.Globalization;

namespace InquiryRouter.Web.Console;

/// <summary>Moments and lengths of time as a coordinator reads them.</summary>
internal static class ConsoleWords
{
    /// <summary>In UTC, to the minute.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For programs.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The two largest parts: <c>3 d 4 h</c>, <c>40 min</c>.</summary>
    public static string Length(TimeSpan time)
    {
        var t = time < TimeSpan.Zero ? -time : time;
        return t.TotalMinutes < 1 ? "less than a minute"
            : t.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{t.Minutes} min")
            : t.TotalDays < 1 ? string.Create(CultureInfo.InvariantCulture, $"{t.Hours} h{(t.Minutes > 0 ? $" {t.Minutes} min" : string.Empty)}")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)t.TotalDays} d{(t.Hours > 0 ? $" {t.Hours} h" : string.Empty)}");
    }

    /// <summary>By when something is to be answered.</summary>
    public static string Due(DateTimeOffset due, DateTimeOffset now) => due < now ? $"late by {Length(now - due)}" : $"in {Length(due - now)}";
}
