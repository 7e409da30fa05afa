using System.CommandLine;
using System.Globalization;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Report;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Commands;

internal static class LoadCommand
{
    public static Command Create()
    {
        var url = Options.LoopbackUri("--url", "http://127.0.0.1:8080", "The server, on this machine.");
        var connections = Options.Connections();
        var count = Options.Int("--count", 50_000, 1, Options.MostInquiries, "Inquiries at most. With --rate and --duration alone: as many as these give.");
        var rate = Options.Number("--rate", 0.0, 0, 100_000, "Inquiries a second by a fixed schedule; 0: as fast as the answers come.");
        var duration = Options.Int("--duration", 0, 0, 24 * 3600, "Stop posting after this many seconds; 0: when all are posted.");
        var window = Options.Int("--window", 0, 0, 1_000_000, "Accepted but not completed inquiries at most; 0: no limit.");
        var sinkPort = Options.Int("--sink-port", 2525, 0, 65535, "Where the server's mail is received; 0: nowhere, only the answers are measured.");
        var serverPid = Options.Int("--server-pid", 0, 0, int.MaxValue, "The server's process, for its CPU and memory; 0: not measured.");
        var drain = Options.Int("--drain-timeout", 60, 0, 24 * 3600, "Seconds to wait, after the last post, for what was accepted to be completed.");
        var first = Options.First();
        var json = Options.JsonFile();
        var quiet = Options.Quiet();
        var command = new ExplainedCommand(
            "load",
            "Load a server that already runs, and receive its mail.",
            """
            The server must have the network imported, Intake:PermitsPerMinute 0, Mail:Transport Smtp, Mail:Host 127.0.0.1,
            Mail:Port the --sink-port, Mail:Security None.

            --rate 0 (the default) is a closed loop: each connection posts again as soon as it is answered. With a rate the
            loop is open: posts are due by a fixed schedule and latency counts from the scheduled time, so a server that
            falls behind cannot hide it. accepted/s is over the time from the first post to the last answer, completed/s
            from the first post to the last completion.

            Exit code 1 when anything was refused, lost or doubled.

            Examples:
              load --url http://127.0.0.1:8080 --connections 64 --count 50000 --server-pid 4711
              load --rate 5 --duration 30
              load --window 500 --count 20000 --json result.json
            """)
        { url, connections, count, rate, duration, window, sinkPort, serverPid, drain, first, json, quiet };
        command.SetAction(async (result, cancel) =>
        {
            Progress.Quiet = result.GetValue(quiet);
            var (perSecond, seconds) = (result.GetValue(rate), result.GetValue(duration));
            var scheduled = perSecond > 0 && seconds > 0 && result.GetResult(count) is null or { Implicit: true };
            var plan = new LoadPlan(
                "load",
                result.GetValue(connections),
                scheduled ? (int)Math.Clamp(Math.Ceiling(perSecond * seconds), 1, Options.MostInquiries) : result.GetValue(count),
                TimeSpan.FromSeconds(result.GetValue(drain)))
            {
                Rate = perSecond,
                Duration = TimeSpan.FromSeconds(seconds),
                Window = result.GetValue(window),
            };
            if (plan.Window > 0 && result.GetValue(sinkPort) == 0)
            {
                await Console.Error.WriteLineAsync("--window needs a sink: without mail nothing is ever completed.");
                return 2;
            }

            await using var sink = result.GetValue(sinkPort) is > 0 and var port ? new SmtpSink(port) : null;
            var pid = result.GetValue(serverPid) is > 0 and var given ? given : (int?)null;
            var target = result.GetValue(url)!;
            var start = result.GetValue(first) < 0 ? Options.FirstFromClock() : result.GetValue(first);
            using var run = new LoadRun(plan, target, start, sink, pid);
            var measured = await run.RunAsync(cancel);
            return await BenchmarkReport
                .Of(string.Create(CultureInfo.InvariantCulture, $"a running server at {target.Authority}, sink {(sink is null ? "none" : sink.Port)}"), [measured], [])
                .WriteAsync(result.GetValue(json));
        });
        return command;
    }
}
