using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Benchmarks.Ceilings;

namespace InquiryRouter.Benchmarks.Report;

/// <summary>All scenarios of one call, the machine they ran on, and what it can do by itself where that was asked for.</summary>
internal sealed record BenchmarkReport(
    DateTimeOffset At, string Runtime, string System, int Processors, string Server, IReadOnlyList<ScenarioResult> Scenarios,
    IReadOnlyList<Ceiling> Ceilings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="server">What was measured, in words for the reader: transport, database.</param>
    /// <param name="scenarios">What was measured.</param>
    /// <param name="ceilings">Measured in the same run; empty: nobody asked.</param>
    public static BenchmarkReport Of(string server, IReadOnlyList<ScenarioResult> scenarios, IReadOnlyList<Ceiling> ceilings) => new(
        TimeProvider.System.GetUtcNow(),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        Environment.ProcessorCount,
        server,
        scenarios,
        ceilings);

    /// <summary>Prints the table and, where asked, the JSON; with <c>-</c> for it, the table gives way to the error stream.</summary>
    /// <returns>The exit code: 1 when anything was refused, lost or doubled.</returns>
    public async Task<int> WriteAsync(string? jsonFile)
    {
        var table = jsonFile == "-" ? Console.Error : Console.Out;
        await table.WriteAsync(ReportTable.Format(this));
        if (jsonFile is not null)
        {
            var json = JsonSerializer.Serialize(this, Json);
            if (jsonFile == "-")
            {
                Console.WriteLine(json);
            }
            else
            {
                await File.WriteAllTextAsync(jsonFile, json + "\n");
            }
        }

        return Scenarios.All(s => s.Clean) ? 0 : 1;
    }
}
