using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.TestSupport;

/// <summary>Time in tests: it stands still unless a test moves it, or waits for something that happens by itself.</summary>
internal static class Clocks
{
    /// <summary>A Monday, 11:00 in Mexico City: the clinics of the tests are open.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    public static FakeTimeProvider New() => new(Start);

    /// <summary>Waits until <paramref name="condition"/> holds, for a limited time, and lets the clock run a little meanwhile.</summary>
    /// <param name="clock">The clock of what is waited for.</param>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">For the failure: what did not happen.</param>
    /// <param name="step">How far the clock moves between two questions; 50 ms when not given.</param>
    /// <param name="limit">In real time; 90 s when not given.</param>
    public static async Task UntilAsync(this FakeTimeProvider clock, Func<Task<bool>> condition, Func<string> what, TimeSpan? step = null, TimeSpan? limit = null)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(until) > (limit ?? s_limit))
            {
                Assert.Fail($"Not within {(limit ?? s_limit).TotalSeconds} s: {what()}");
            }

            clock.Advance(step ?? s_step);
            await Task.Delay(s_pause);
        }
    }

    /// <summary>Awaits work that may itself wait on the clock (a retry after a deadlock).</summary>
    /// <param name="clock">The clock it waits on.</param>
    /// <param name="work">Begun already.</param>
    /// <param name="limit">In real time; 90 s when not given.</param>
    public static async Task<T> RunningAsync<T>(this FakeTimeProvider clock, Task<T> work, TimeSpan? limit = null)
    {
        await RunningAsync(clock, (Task)work, limit);
        return await work;
    }

    /// <inheritdoc cref="RunningAsync{T}(FakeTimeProvider, Task{T}, TimeSpan?)"/>
    public static async Task RunningAsync(this FakeTimeProvider clock, Task work, TimeSpan? limit = null)
    {
        await clock.UntilAsync(() => Task.FromResult(work.IsCompleted), () => "the work ends", limit: limit);
        await work;
    }
}
