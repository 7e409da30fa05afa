using InquiryRouter.Core.Matching;

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
    public static DateTimeOffset End(DateTimeOffset start, TimeSpan window, Clinic clinic)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        var left = window;
        DateTimeOffset? last = null;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        for (var i = 0; i < MostDays; i++, day = day.AddDays(1))
        {
            if (!IsBusinessDay(day, clinic))
            {
                continue;
            }

            var opens = ToInstant(day.ToDateTime(clinic.Opens), zone);
            var closes = ToInstant(ClosingTime.On(day, clinic.Closes), zone);
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
            last = closes;
        }

        // A clinic that is rarely open: within a year it must have answered.
        return last ?? throw new ArgumentException($"Clinic {clinic.Code} has no business hours within a year.", nameof(clinic));
    }

    /// <summary>The clinic's business time between two moments: how long it really had for an answer. Nights, weekends, holidays and leave do not count.</summary>
    public static TimeSpan Between(DateTimeOffset start, DateTimeOffset end, Clinic clinic)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(end, zone).DateTime);
        var sum = TimeSpan.Zero;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        for (var i = 0; i < MostDays && day <= last; i++, day = day.AddDays(1))
        {
            if (IsBusinessDay(day, clinic))
            {
                var from = Later(ToInstant(day.ToDateTime(clinic.Opens), zone), start);
                var until = Earlier(ToInstant(ClosingTime.On(day, clinic.Closes), zone), end);
                sum += until > from ? until - from : TimeSpan.Zero;
            }
        }

        return sum;

        static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

        static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    }

    private static bool IsBusinessDay(DateOnly day, Clinic clinic)
    {
        if (!clinic.WorkDays.Contains(day.DayOfWeek) || clinic.Holidays.Contains(day))
        {
            return false;
        }

        foreach (var leave in clinic.Leave)
        {
            if (leave.Includes(day))
            {
                return false;
            }
        }

        return true;
    }

    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        // The clock jumps over this time: the first moment after the jump. Jumps are whole minutes.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
