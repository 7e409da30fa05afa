using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Report;
using InquiryRouter.Benchmarks.Server;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Commands;

/// <summary>The same load on databases that hold more and more.</summary>
internal static class GrowCommand
{
    private const int MostRows = 10_000_000;
    private static readonly int[] s_rows = [1_000, 10_000, 100_000, 1_000_000];

    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "InquiryRouter.dll, or the executable.", Required = true };
        server.AcceptExistingOnly();
        var rows = new Option<int[]>("--rows")
        {
            Description = "How many inquiries are there already, a number for each point, smallest first.",
            DefaultValueFactory = _ => s_rows,
            AllowMultipleArgumentsPerToken = true,
        };
        rows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>() is not { Length: > 0 } given || given.Any(r => r is < 1 or > MostRows))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--rows takes numbers from 1 to {MostRows}."));
            }
        });
        var clinics = Options.Int("--clinics", 200, 2, Network.NetworkGenerator.MostClinics, "Clinics in the network.");
        var workDir = new Option<DirectoryInfo?>("--work-dir") { Description = "Where the data goes, in a fresh directory; it must be on a disk." };
        var svg = new Option<string?>("--svg") { Description = "Also draw throughput and latency into this file." };
        var json = Options.JsonFile();
        var quiet = Options.Quiet();
        var command = new ExplainedCommand(
            "grow",
            "Measure the same load on databases of 1,000 to 1,000,000 inquiries.",
            """
            For each number: a fresh database that the server's own 'demo fill' fills, a server in Production beside it, 15,000
            inquiries to warm up, then the scenarios 'throughput' and 'latency' of 'run'. Prints a row for each, and the cost
            (server CPU) of an inquiry against the first row's. A million takes about half an hour to fill and 12 GB of disk.

            Example:  grow --server InquiryRouter.dll --rows 1000 10000 100000 --svg growth.svg
            """)
        { server, rows, clinics, workDir, svg, json, quiet };
        command.SetAction(async (result, cancel) =>
        {
            Progress.Quiet = result.GetValue(quiet);
            var points = new List<GrowthPoint>();
            foreach (var count in result.GetRequiredValue(rows).Order())
            {
                points.Add(await MeasureAsync(
                    result.GetRequiredValue(server).FullName, result.GetValue(workDir)?.FullName, count, result.GetValue(clinics), cancel));
            }

            return await new GrowthReport(points).WriteAsync(result.GetValue(json), result.GetValue(svg));
        });
        return command;
    }

    private static async Task<GrowthPoint> MeasureAsync(string program, string? parent, int rows, int clinics, CancellationToken cancel)
    {
        await using var sink = new SmtpSink(0);
        using var work = new WorkDirectory(parent, keep: false);
        var environment = new ServerEnvironment
        {
            DataDirectory = Directory.CreateDirectory(work.File("data")).FullName,
            HttpPort = ServerProcess.FreePort(),
            MailPort = sink.Port,
            Transport = "InMemory",
            Database = "Sqlite",
        };
        await using var child = new ServerProcess(program, environment, work.File("server.log"));
        await RunCommand.PrepareAsync(child, work, clinics, cancel);
        Progress.Say(string.Create(CultureInfo.InvariantCulture, $"fill with {rows:N0} inquiries"));
        var start = Stopwatch.GetTimestamp();
        await child.FillAsync(rows, cancel);
        var filled = Stopwatch.GetElapsedTime(start);
        var bytes = new DirectoryInfo(environment.DataDirectory).EnumerateFiles("*.db*").Sum(f => f.Length);
        await child.StartAsync(cancel);
        var limit = TimeSpan.FromMinutes(5);
        var measured = await child.WhileItRunsAsync(
            stop => RunCommand.MeasureAsync(child, sink, [RunCommand.Plan("throughput", 64, limit), RunCommand.Plan("latency", 64, limit)], stop),
            cancel);
        return GrowthPoint.Of(rows, filled, bytes, measured[0], measured[1]);
    }
}
