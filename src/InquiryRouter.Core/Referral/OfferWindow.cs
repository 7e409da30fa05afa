namespace InquiryRouter.Core.Referral;

/// <summary>How long a clinic has to answer, counted in its own business hours.</summary>
public static class OfferWindow
{
    // Far more than any window needs; a clinic without a working day must not loop for ever.
    private const int MostDays = 366;

    /// <summary>The moment at which <paramref name="window"/> of the clinic's business hours have passed since <paramref name="start"/>.</summary>
    /// <param name="start">When the offer is made.</param>
    /// <param name="window">Business time, above zero.</param>
    /// <param name="clinic">Its zone, days and hours count.</param>
    /// <exception cref="ArgumentException">The clinic has no business hours within a year.</exception>
    public static DateTimeOffset End(DateTimeOffset start, TimeSpan window, Matching.Clinic clinic)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        var left = window;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        for (var i = 0; i < MostDays; i++, day = day.AddDays(1))
        {
            if (!clinic.WorkDays.Contains(day.DayOfWeek))
            {
                continue;
            }

            var opens = ToInstant(day, clinic.Opens, zone);
            var closes = ToInstant(day, clinic.Closes, zone);
            var from = opens > start ? opens : start;
            if (from >= closes)
            {
                continue;
            }

            var open = closes - from;
            if (open >= left)
            {
                return from + left;
            }

            left -= open;
        }

        throw new ArgumentException($"Clinic {clinic.Code} has no business hours within a year.", nameof(clinic));
    }

    private static DateTimeOffset ToInstant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);

        // The clock jumps over this time: the first moment after the jump. Jumps are whole minutes.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
