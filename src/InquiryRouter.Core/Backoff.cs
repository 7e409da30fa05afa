namespace InquiryRouter.Core;

/// <summary>Waiting longer after each failure.</summary>
public static class Backoff
{
    /// <summary><paramref name="first"/> after the first attempt, doubled after each further one, never above <paramref name="longest"/>.</summary>
    public static TimeSpan Delay(int attempts, TimeSpan first, TimeSpan longest)
    {
        var doublings = Math.Clamp(attempts - 1, 0, 30);
        var ticks = first.Ticks * Math.Pow(2, doublings);
        return ticks >= longest.Ticks ? longest : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>The same, spread by up to a fifth so that many that failed together do not come back together.</summary>
    /// <param name="random">From 0 up to 1.</param>
    public static TimeSpan WithJitter(TimeSpan delay, double random) => delay * (0.9 + (0.2 * random));
}
