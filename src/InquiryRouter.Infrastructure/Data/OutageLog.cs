using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// Says that the database does not take part: when that begins, once a minute while it lasts, and when it is over. Whoever asked in vain has nothing to
/// add: there are thousands of them a minute.
/// </summary>
/// <param name="clock">For how often it is said.</param>
/// <param name="log">Where it is said.</param>
internal sealed partial class OutageLog(TimeProvider clock, ILogger log)
{
    // On a disk with no room, a commit now and then still finds some.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(5);

    private readonly EveryMinute _said = new(clock);
    private readonly EveryMinute _slow = new(clock);
    private readonly Lock _lock = new();
    private long? _began;
    private long _failed;
    private volatile int _failures;

    /// <summary>True from the first failure until there was none for a few seconds and something was committed.</summary>
    public bool Lasts => _failures > 0;

    /// <summary>A unit of work, or several that share a transaction, was not committed, or a question not answered.</summary>
    public void Failed(Exception cause)
    {
        int failures;
        lock (_lock)
        {
            failures = ++_failures;
            _failed = clock.GetTimestamp();
            _began ??= _failed;
            if (!_said.IsDue())
            {
                return;
            }
        }

        if (failures == 1)
        {
            LogBegan(cause);
        }
        else
        {
            LogGoesOn(cause.GetType().Name, cause.Message, failures);
        }
    }

    /// <summary>One question took too long, which says nothing of others.</summary>
    public void Slow(Exception cause)
    {
        lock (_lock)
        {
            if (!_slow.IsDue())
            {
                return;
            }
        }

        LogSlow(cause);
    }

    /// <summary>A transaction was committed.</summary>
    public void Works()
    {
        if (_failures == 0)
        {
            return;
        }

        TimeSpan lasted;
        lock (_lock)
        {
            if (_began is not { } began || clock.GetElapsedTime(_failed) < s_quiet)
            {
                return;
            }

            lasted = clock.GetElapsedTime(began, _failed);
            _began = null;
            _said.End();
            _failures = 0;
        }

        LogOver(lasted.TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A question to the database took too long and was given up. Others are answered.")]
    private partial void LogSlow(Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database does not take part: nothing is accepted and nothing is sent until it does. It is tried again all the time.")]
    private partial void LogBegan(Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database still does not take part ({Cause}: {Reason}), {Times} tries in vain so far.")]
    private partial void LogGoesOn(string cause, string reason, int times);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database takes part again, after {Seconds:F0} s without it.")]
    private partial void LogOver(double seconds);
}
