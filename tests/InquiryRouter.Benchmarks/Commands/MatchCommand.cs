using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using InquiryRouter.Benchmarks.Match;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Benchmarks.Commands;

internal static class MatchCommand
{
    public static Command Create()
    {
        var command = new ExplainedCommand(
            "match",
            "How long one match takes against 200, 10,000 and 100,000 clinics, with BenchmarkDotNet.",
            """
            Needs no server. Decided: who is asked, and the reason for every other clinic. Written: the same as JSON, as 'match --json'
            prints it. Index: making a network ready, once a quarter of an hour. First it prints what stops the clinics it invents. Takes about
            four minutes; the reports are written to artifacts/benchmarks. Build it for Release.

            The goal for Decided, on one thread: 2 ms for 10,000 clinics, 0.1 ms for 200.
            """);
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        ShowMix(10_000);
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(12))
            .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
        var summary = BenchmarkRunner.Run<MatchBenchmarks>(config);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(r => !r.Success) ? 2 : 0;
    }

    private static void ShowMix(int clinics)
    {
        var network = MatchNetwork.Generate(clinics);
        var index = new MatchIndex(network, MatchNetwork.Now);
        var decision = Matcher.Match(MatchNetwork.Inquiry, index, Policy.Shipped, MatchNetwork.Load(network), MatchNetwork.Now);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Of {clinics} clinics {decision.Ranked.Count} are ranked; the others are stopped by"));
        foreach (var (gate, count) in decision.Stopped().OrderBy(g => g.Gate))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {GateList.Code(gate),-24}{count,6}"));
        }
    }
}
