namespace InquiryRouter.Infrastructure;

/// <summary>What lasts is said when it begins, and once a minute from then on: whoever meets it in between has nothing to add.</summary>
/// <param name="clock">Only for how much time has passed.</param>
public sealed class EveryMinute(TimeProvider clock)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _said;

    /// <summary>Whether it has to be said now; whoever asks says it.</summary>
    public bool IsDue()
    {
        lock (_lock)
        {
            if (_said is { } said && clock.GetElapsedTime(said) < s_minute)
            {
                return false;
            }

            _said = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>It is over: the next time is a beginning again.</summary>
    /// <returns>Whether it had been said.</returns>
    public bool End()
    {
        lock (_lock)
        {
            var said = _said is not null;
            _said = null;
            return said;
        }
    }
}
