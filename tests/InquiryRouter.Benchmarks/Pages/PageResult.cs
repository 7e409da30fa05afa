using System.Diagnostics;

namespace InquiryRouter.Benchmarks.Pages;

/// <summary>How long a page takes, in milliseconds as its reader waits for the whole of it, and how large it is.</summary>
/// <param name="Page">Its shape.</param>
/// <param name="Count">How often it was asked for.</param>
/// <param name="Bytes">Of the largest answer.</param>
internal sealed record PageResult(string Page, int Count, double P50, double P95, double Max, long Bytes)
{
    private const int WarmUp = 10;

    public static async Task<PageResult> MeasureAsync(string page, int rounds, Func<int, CancellationToken, Task<long>> ask,
        CancellationToken cancel)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            await ask(i, cancel);
        }

        var (times, bytes) = (new double[rounds], 0L);
        for (var i = 0; i < rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            bytes = Math.Max(bytes, await ask(i, cancel));
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        return new PageResult(page, rounds, At(times, 0.50), At(times, 0.95), times[^1], bytes);
    }

    private static double At(double[] sorted, double share) => Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 2);
}
