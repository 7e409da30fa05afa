using System.Diagnostics;

namespace InquiryRouter.Benchmarks.Ceilings;

internal static class Measured
{
    /// <summary>Does a thing again and again from several callers, a tenth of it first to warm up.</summary>
    /// <param name="callers">So many at once, each waiting for its own before the next.</param>
    /// <param name="count">How often together.</param>
    /// <param name="once">Of a caller, by its number.</param>
    /// <param name="cancel">Ends it in the middle.</param>
    /// <returns>How many a second.</returns>
    public static async Task<double> PerSecondAsync(int callers, int count, Func<int, Task> once, CancellationToken cancel)
    {
        await AllAsync(callers, count / 10, once, cancel);
        var start = Stopwatch.GetTimestamp();
        await AllAsync(callers, count, once, cancel);
        return Math.Round(count / Stopwatch.GetElapsedTime(start).TotalSeconds, 1);
    }

    private static Task AllAsync(int callers, int count, Func<int, Task> once, CancellationToken cancel)
    {
        var left = count;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                cancel.ThrowIfCancellationRequested();
                await once(caller);
            }
        }));
    }
}
