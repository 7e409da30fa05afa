namespace InquiryRouter.Core.Referral;

/// <summary>A pause a clinic gives itself; for a longer one it tells the coordinators.</summary>
public static class ClinicPause
{
    private const int MostDays = 180;

    /// <summary>The last day it may end on.</summary>
    /// <param name="today">The clinic's day.</param>
    public static DateOnly LastDay(DateOnly today) => today.AddDays(MostDays);

    /// <summary>Whether it may end on a day.</summary>
    /// <param name="until">Its last day.</param>
    /// <param name="today">The clinic's day.</param>
    public static bool Allows(DateOnly until, DateOnly today) => until >= today && until <= LastDay(today);
}
