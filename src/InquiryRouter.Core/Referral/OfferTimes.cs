using InquiryRouter.Core.Matching;

namespace InquiryRouter.Core.Referral;

/// <summary>The moments of an offer, all counted in the clinic's business time (<see cref="OfferWindow"/>).</summary>
/// <param name="Half">Half of the time is over: the clinic is reminded.</param>
/// <param name="NinetyPercent">Nine tenths are over: the last moment at which a person can still do something.</param>
/// <param name="End">The clinic can answer before it, not at it.</param>
public sealed record OfferTimes(DateTimeOffset Half, DateTimeOffset NinetyPercent, DateTimeOffset End)
{
    private const double Reminder = 0.5;
    private const double Late = 0.9;

    /// <summary>Of an offer that is made now.</summary>
    /// <param name="now">The window begins here, or when the clinic opens next.</param>
    /// <param name="window">Business time, above zero.</param>
    /// <param name="clinic">Its zone, days and hours count.</param>
    /// <exception cref="ArgumentException">The clinic has no business hours within a year.</exception>
    public static OfferTimes Of(DateTimeOffset now, TimeSpan window, Clinic clinic) => Of(now, window, OfferWindow.End(now, window, clinic), clinic);

    /// <summary>Of an offer that goes on to a moment that is given: of what is left of it.</summary>
    /// <param name="now">This moment.</param>
    /// <param name="end">When it ends. With no business time before it, all moments are this one.</param>
    /// <param name="clinic">Its zone, days and hours count.</param>
    public static OfferTimes Until(DateTimeOffset now, DateTimeOffset end, Clinic clinic)
    {
        var left = OfferWindow.Between(now, end, clinic);
        return left == TimeSpan.Zero ? new OfferTimes(end, end, end) : Of(now, left, end, clinic);
    }

    private static OfferTimes Of(DateTimeOffset now, TimeSpan window, DateTimeOffset end, Clinic clinic) =>
        new(OfferWindow.End(now, window * Reminder, clinic), OfferWindow.End(now, window * Late, clinic), end);
}
