using System.Diagnostics;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>Hands out the posts of a scenario, and says when each is due.</summary>
internal sealed class Pace(LoadPlan plan)
{
    // Up to this rate, spinning for the last stretch costs next to nothing and the timer's coarseness would show in the result.
    private const double PreciseUpTo = 200;
    private static readonly TimeSpan Coarseness = TimeSpan.FromMilliseconds(2);

    private long _start;
    private int _next;

    public long Start() => _start = Stopwatch.GetTimestamp();

    public bool TryTake(out int slot)
    {
        slot = -1;
        if (plan.Duration > TimeSpan.Zero && Stopwatch.GetElapsedTime(_start) >= plan.Duration)
        {
            return false;
        }

        slot = Interlocked.Increment(ref _next) - 1;
        return slot < plan.Count;
    }

    /// <summary>
    /// Waits until the post is due and returns the time its latency counts from. With a rate that is the scheduled time,
    /// even when the post leaves late because the server holds every connection: otherwise a slow server would hide its
    /// slowness by slowing the client (coordinated omission).
    /// </summary>
    public async ValueTask<long> DueAsync(int slot, CancellationToken cancel)
    {
        if (plan.Rate <= 0)
        {
            return Stopwatch.GetTimestamp();
        }

        var due = _start + (long)(slot / plan.Rate * Stopwatch.Frequency);
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) - Coarseness;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancel);
        }

        while (plan.Rate <= PreciseUpTo && Stopwatch.GetTimestamp() < due)
        {
            Thread.SpinWait(20);
        }

        return Math.Min(due, Stopwatch.GetTimestamp());
    }
}
