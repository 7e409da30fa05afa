using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using InquiryRouter.Benchmarks.Server;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Commands;

internal static class SinkCommand
{
    public static Command Create()
    {
        var port = Options.Int("--port", 2525, 0, 65535, "The port on 127.0.0.1; 0 picks a free one.");
        var duration = Options.Int("--duration", 0, 0, 7 * 24 * 3600, "End by itself after this many seconds; 0: at Ctrl-C.");
        var command = new ExplainedCommand(
            "sink",
            "Only the mail server: takes every mail on 127.0.0.1, keeps none, and counts.",
            """
            Prints a line a second while mail comes in, and the sum at the end. 'doubled' counts mails whose Message-ID had
            come before (the last 4,000,000 ids are known). It offers PIPELINING, 8BITMIME, SMTPUTF8 and SIZE (256 KB), no
            TLS and no sign-in: set Mail:Security to None.

            Example:  sink --port 2525
            """)
        { port, duration };
        command.SetAction((result, cancel) => RunAsync(result.GetValue(port), result.GetValue(duration), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int port, int seconds, CancellationToken cancel)
    {
        await using var sink = new SmtpSink(port);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Listening on 127.0.0.1:{sink.Port}"));
        var start = Stopwatch.GetTimestamp();
        var (busyFrom, busyTo) = (0L, 0L);
        var shown = default(SinkCounts);
        while (!cancel.IsCancellationRequested && (seconds == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var counts = sink.Counts;
            var now = counts.Since(shown);
            if (now.Mails == 0)
            {
                continue;
            }

            busyTo = Stopwatch.GetTimestamp();
            busyFrom = busyFrom == 0 ? busyTo - Stopwatch.Frequency : busyFrom;
            shown = counts;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now.Mails,8} mails  {now.Bytes / 1024,8} KB  {now.Doubled,4} doubled  {now.Connections,4} new connections"));
        }

        var all = sink.Counts;
        var usage = UsageSnapshot.Take(serverPid: null).Since(new UsageSnapshot { ClientCpu = 0 });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Mails} mails in {Stopwatch.GetElapsedTime(busyFrom, busyTo).TotalSeconds:0.0} s, {all.Doubled} doubled, {all.WithoutId} without Message-ID, {all.Connections} connections; CPU {usage.ClientCpuSeconds:0.00} s, peak RSS {usage.ClientPeakRssMb:0} MB"));
        return 0;
    }
}
