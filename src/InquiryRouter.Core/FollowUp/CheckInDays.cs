using System.Globalization;

namespace InquiryRouter.Core.FollowUp;

/// <summary>When the patient is asked how it is going, after a clinic has accepted.</summary>
public static class CheckInDays
{
    public const string Default = "7,30,90";

    private const int Most = 12;
    private const int Longest = 730;

    // Nobody wants to be asked at night.
    private static readonly TimeOnly s_hour = new(10, 0);

    /// <summary>Days after the yes (<c>7,30,90</c>); empty or <c>none</c>: never. Null when the text is something else.</summary>
    public static IReadOnlyList<int>? TryParse(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var days = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > Longest || (days.Count > 0 && day <= days[^1]))
            {
                return null;
            }

            days.Add(day);
        }

        return days.Count <= Most ? days : null;
    }

    /// <summary>The moment of a check-in: ten in the morning, on the patient's clock.</summary>
    /// <param name="acceptedAt">The clinic's yes.</param>
    /// <param name="days">How many days later.</param>
    /// <param name="timeZone">The patient's, IANA.</param>
    public static DateTimeOffset At(DateTimeOffset acceptedAt, int days, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var local = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(acceptedAt, zone).DateTime).AddDays(days).ToDateTime(s_hour, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            // No zone's clock jumps at ten today; one may some day.
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
