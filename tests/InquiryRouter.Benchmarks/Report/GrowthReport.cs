using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace InquiryRouter.Benchmarks.Report;

/// <summary>The points of one call, as text, JSON and a drawing.</summary>
internal sealed class GrowthReport(IReadOnlyList<GrowthPoint> points)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The exit code: 1 when anything was refused, lost or doubled.</returns>
    public async Task<int> WriteAsync(string? jsonFile, string? svgFile)
    {
        var table = jsonFile == "-" ? Console.Error : Console.Out;
        await table.WriteAsync(Text());
        if (jsonFile is not null)
        {
            var json = JsonSerializer.Serialize(points, s_json);
            if (jsonFile == "-")
            {
                Console.WriteLine(json);
            }
            else
            {
                await File.WriteAllTextAsync(jsonFile, json + "\n");
            }
        }

        if (svgFile is not null)
        {
            await File.WriteAllTextAsync(svgFile, GrowthDrawing.Of(points));
        }

        return points.All(p => p.IsClean) ? 0 : 1;
    }

    private string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        text.AppendLine("inquiries there   completed/s   CPU ms each   to first   p50 ms   p99 ms   peak MB   database MB   filled in s");
        foreach (var p in points)
        {
            var cost = p.CpuMilliseconds / points[0].CpuMilliseconds;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{p.Rows,15:N0}   {p.CompletedPerSecond,11:N1}   {p.CpuMilliseconds,11:N2}   {cost,8:N2}   {p.Latency.P50,6:N1}   {p.Latency.P99,6:N1}   {p.PeakRssMb,7:N0}   {p.DatabaseMb,11:N0}   {p.FillSeconds,11:N0}{(p.IsClean ? string.Empty : "   NOT CLEAN")}");
        }

        return text.ToString();
    }
}
