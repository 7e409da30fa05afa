namespace InquiryRouter.Core.Referral;

/// <summary>The week a clinic's cap counts in.</summary>
public static class CapWeek
{
    /// <summary>The Monday (in the clinic's zone) of the week that <paramref name="now"/> lies in.</summary>
    public static DateOnly Of(DateTimeOffset now, string timeZone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
