using InquiryRouter.Infrastructure;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Operations;

/// <summary>
/// Says aloud that the clock of the machine was set while the program runs, and that what depends on dates waits for it: which of the
/// two times is right, a program cannot know. It goes on when the clock is set right, or with the next start, which takes it as it is.
/// </summary>
public sealed partial class WatchClock(SteadyClock steady, TimeProvider clock, ILogger<WatchClock> log)
{
    /// <summary>Why a job did not run, as it stands on record.</summary>
    public const string Doubtful = "ClockDoubtful";

    private readonly EveryMinute _said = new(clock);

    public Task RunAsync()
    {
        if (!steady.IsDoubtful)
        {
            if (_said.End())
            {
                LogRight();
            }
        }
        else if (_said.IsDue())
        {
            LogDoubtful(steady.Jumped.TotalSeconds);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock of this machine was set by {Seconds:+0;-0} s while the program runs. "
        + "Follow-ups, reminders, recalls, digests and erasures by age wait until it is set right. If it is right as it is, start the program again.")]
    private partial void LogDoubtful(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine is right again: what depends on dates goes on.")]
    private partial void LogRight();
}
