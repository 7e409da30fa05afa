namespace InquiryRouter.Benchmarks.Report;

/// <summary>Milliseconds over <paramref name="Count"/> measured inquiries; nearest-rank percentiles over all of them, nothing sampled.</summary>
internal sealed record Latency(int Count, double P50, double P99, double Max)
{
    public static Latency Of(double[] milliseconds)
    {
        if (milliseconds.Length == 0)
        {
            return new Latency(0, 0, 0, 0);
        }

        Array.Sort(milliseconds);
        return new Latency(milliseconds.Length, Rank(milliseconds, 0.50), Rank(milliseconds, 0.99), Round(milliseconds[^1]));
    }

    private static double Rank(double[] sorted, double share) => Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1]);

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
