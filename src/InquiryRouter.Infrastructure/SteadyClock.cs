namespace InquiryRouter.Infrastructure;

/// <summary>
/// The time that has passed since the program started, by the clock that nobody sets, added to what the clock of the machine said then.
/// What the schedule follows: a clock that is set an hour back would stop it for an hour otherwise.
/// </summary>
/// <param name="wall">The clock of the machine.</param>
public sealed class SteadyClock(TimeProvider wall) : TimeProvider
{
    /// <summary>Further off, and nobody knows which of the two is right: what depends on dates waits.</summary>
    public static readonly TimeSpan Borne = TimeSpan.FromMinutes(2);

    // Less, from one look to the next, is two clocks that run a little differently, as any two do, or one that is being led back slowly.
    private static readonly TimeSpan s_drift = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly DateTimeOffset _startedAt = wall.GetUtcNow();
    private readonly long _started = wall.GetTimestamp();
    private TimeSpan _seen;
    private TimeSpan _jumped;

    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    public override long TimestampFrequency => wall.TimestampFrequency;

    /// <summary>By how much the clock of the machine was set since the start, all together: forward, or back when it is negative.</summary>
    public TimeSpan Jumped
    {
        get
        {
            lock (_lock)
            {
                var ahead = Ahead();
                if ((ahead - _seen).Duration() >= s_drift)
                {
                    _jumped += ahead - _seen;
                }

                _seen = ahead;
                return _jumped;
            }
        }
    }

    /// <summary>Whether what depends on dates has to wait.</summary>
    public bool IsDoubtful => Jumped.Duration() > Borne;

    public override DateTimeOffset GetUtcNow() => _startedAt + wall.GetElapsedTime(_started);

    public override long GetTimestamp() => wall.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>What the clock of the machine will say, as it is set now.</summary>
    /// <param name="moment">By this clock.</param>
    public DateTimeOffset ToWall(DateTimeOffset moment) => moment + Ahead();

    private TimeSpan Ahead() => wall.GetUtcNow() - GetUtcNow();
}
