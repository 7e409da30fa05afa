using System.Diagnostics;
using System.Globalization;

namespace InquiryRouter.Benchmarks.Server;

/// <summary>CPU and memory over one scenario. Null where the system (not Linux) or a missing pid gives no figure.</summary>
/// <param name="ServerPeakRssMb">The server's peak since it started, not since the scenario did.</param>
/// <param name="OtherCpuSeconds">What neither the server nor this program used: a broker, for example, or noise.</param>
internal sealed record Usage(
    double? ServerCpuSeconds,
    double? ServerPeakRssMb,
    double? ClientCpuSeconds,
    double? ClientPeakRssMb,
    double? OtherCpuSeconds,
    double? MachineBusyPercent);

/// <summary>Counters of the server, of this program and of the machine at one moment, from /proc.</summary>
internal sealed record UsageSnapshot
{
    private const double TicksPerSecond = 100;

    private double? ServerCpu { get; init; }

    private double? ServerPeakMb { get; init; }

    public double? ClientCpu { get; init; }

    private double? ClientPeakMb { get; init; }

    private double? MachineCpu { get; init; }

    private long At { get; init; }

    public static UsageSnapshot Take(int? serverPid)
    {
        var (serverCpu, serverPeak) = serverPid is { } pid ? OfProcess(pid) : default;
        var (clientCpu, clientPeak) = OfProcess(Environment.ProcessId);
        return new UsageSnapshot
        {
            ServerCpu = serverCpu,
            ServerPeakMb = serverPeak,
            ClientCpu = clientCpu,
            ClientPeakMb = clientPeak,
            MachineCpu = OfMachine(),
            At = Stopwatch.GetTimestamp(),
        };
    }

    public Usage Since(UsageSnapshot before)
    {
        var server = Round(ServerCpu - before.ServerCpu);
        var client = Round(ClientCpu - before.ClientCpu);
        var machine = MachineCpu - before.MachineCpu;
        var possible = Stopwatch.GetElapsedTime(before.At, At).TotalSeconds * Environment.ProcessorCount;
        return new Usage(
            server,
            Round(ServerPeakMb),
            client,
            Round(ClientPeakMb),
            ServerCpu is null && before.ServerCpu is null ? null : Round(machine - server.GetValueOrDefault() - client.GetValueOrDefault()),
            Round(machine / possible * 100));
    }

    private static double? Round(double? value) => value is { } v ? Math.Round(v, 2) : null;

    private static (double? Cpu, double? PeakMb) OfProcess(int pid)
    {
        try
        {
            // The second field is the program's name in brackets and may hold spaces: count from behind it.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var peak = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return (
                (Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond,
                peak is null ? null : Parse(peak["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal)) / 1024);
        }
        catch (IOException)
        {
            return default;
        }
    }

    private static double? OfMachine()
    {
        try
        {
            // cpu  user nice system idle iowait irq softirq steal
            var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (Parse(fields[1]) + Parse(fields[2]) + Parse(fields[3]) + Parse(fields[6]) + Parse(fields[7])) / TicksPerSecond;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Parse(string digits) => double.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture);
}
