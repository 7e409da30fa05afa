namespace InquiryRouter.Benchmarks.Report;

/// <summary>What a server carries beside a number of inquiries that are there already.</summary>
/// <param name="Rows">So many.</param>
/// <param name="FillSeconds">How long filling took.</param>
/// <param name="DatabaseMb">Of all its files, filled.</param>
/// <param name="CompletedPerSecond">As much as it can.</param>
/// <param name="CpuMilliseconds">Of the server, for one inquiry of these.</param>
/// <param name="Latency">Milliseconds from form to referral mail, at 5 a second.</param>
/// <param name="PeakRssMb">Of the server.</param>
/// <param name="IsClean">Nothing was refused, lost or doubled.</param>
internal sealed record GrowthPoint(
    int Rows, double FillSeconds, double DatabaseMb, double CompletedPerSecond, double? CpuMilliseconds, Latency Latency, double? PeakRssMb,
    bool IsClean)
{
    public static GrowthPoint Of(int rows, TimeSpan filled, long bytes, ScenarioResult throughput, ScenarioResult latency) => new(
        rows,
        Math.Round(filled.TotalSeconds, 1),
        Math.Round(bytes / 1048576.0, 1),
        throughput.CompletedPerSecond,
        throughput.Usage.ServerCpuSeconds is { } cpu ? Math.Round(cpu * 1000 / Math.Max(1, throughput.Completed), 3) : null,
        latency.SubmitToReferralMail,
        latency.Usage.ServerPeakRssMb,
        throughput.Clean && latency.Clean);
}
