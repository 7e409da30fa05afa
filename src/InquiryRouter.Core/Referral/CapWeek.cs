namespace InquiryRouter.Core.Referral;

/// <summary>The week a clinic's cap counts in.</summary>
public static class CapWeek
{
    /// <summary>The Monday (in the clinic's zone) of the week that <paramref name="now"/> lies in.</summary>
    public static DateOnly Of(DateTimeOffset now, string timeZone) => Of(Day(now, timeZone));

    /// <summary>The Monday of the week a day lies in.</summary>
    public static DateOnly Of(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The day it is in a zone.</summary>
    public static DateOnly Day(DateTimeOffset now, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
}
