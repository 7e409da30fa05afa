using System.CommandLine;
using System.Globalization;
using InquiryRouter.Benchmarks.Ceilings;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Network;
using InquiryRouter.Benchmarks.Report;
using InquiryRouter.Benchmarks.Server;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Commands;

internal static class RunCommand
{
    private const int WarmUpCount = 15_000;
    private static readonly string[] Names = ["accept", "throughput", "latency"];

    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "InquiryRouter.dll, or the executable.", Required = true };
        server.AcceptExistingOnly();
        var transport = new Option<string>("--transport") { Description = "The server's bus.", DefaultValueFactory = _ => "inmemory" };
        transport.AcceptOnlyFromAmong("inmemory", "rabbitmq");
        var brokerUri = Options.LoopbackUri("--broker-uri", null, "The broker, on this machine; the server's own default when not given.");
        var database = new Option<string>("--database") { Description = "The server's database.", DefaultValueFactory = _ => "sqlite" };
        database.AcceptOnlyFromAmong("sqlite", "sqlserver");
        var connectionString = new Option<string?>("--connection-string") { Description = "For sqlserver: an empty database." };
        var scenario = new Option<string>("--scenario") { Description = "What to measure.", DefaultValueFactory = _ => "all" };
        scenario.AcceptOnlyFromAmong(["all", .. Names]);
        var clinics = Options.Int("--clinics", 200, 2, NetworkGenerator.MostClinics, "Clinics in the network.");
        var connections = Options.Connections();
        var drain = Options.Int("--drain-timeout", 300, 1, 24 * 3600, "Seconds to wait, after a scenario's last post, for its mail.");
        var workDir = new Option<DirectoryInfo?>("--work-dir") { Description = "Where the server's data goes, in a fresh directory; it must be on a disk." };
        var ceilings = new Option<bool>("--ceilings") { Description = "Also measure what the machine can do of each thing by itself, and compare." };
        var keep = new Option<bool>("--keep") { Description = "Keep that directory (data and server.log)." };
        var json = Options.JsonFile();
        var quiet = Options.Quiet();
        var command = new ExplainedCommand(
            "run",
            "Start a fresh server, measure it, end it.",
            """
            Prepares the server with its own 'migrate' and 'import clinics', starts 'serve' in Production with mail going to
            this program, warms it up with 15,000 inquiries (until the JIT has settled), and runs:

              accept      50,000 inquiries as fast as the answers come: what intake alone can take; then the time to drain
              throughput  20,000 inquiries, at most 500 of them accepted but not completed: what the whole pipeline can carry
              latency     5 inquiries a second for 30 s by a fixed schedule: what a patient on a quiet day sees

            With --ceilings, before the server is ended and on the same machine: a bare endpoint, a bare group commit, MailKit with
            mails of the size the server's had, and with RabbitMQ a bare publish with confirms.

            Data is on a disk, never in memory, and removed afterwards. The server is ended by SIGTERM, and killed when
            it has not ended 40 s later. Exit code 1 when anything was refused, lost or doubled.

            Examples:
              run --server src/InquiryRouter/bin/Release/net10.0/InquiryRouter.dll
              run --server InquiryRouter.dll --scenario throughput --json -
              run --server InquiryRouter.dll --transport rabbitmq --broker-uri amqp://guest:guest@127.0.0.1:5672/
            """)
        { server, transport, brokerUri, database, connectionString, scenario, clinics, connections, drain, workDir, ceilings, keep, json, quiet };
        command.SetAction(async (result, cancel) =>
        {
            Progress.Quiet = result.GetValue(quiet);
            await using var sink = new SmtpSink(0);
            using var work = new WorkDirectory(result.GetValue(workDir)?.FullName, result.GetValue(keep));
            var environment = new ServerEnvironment
            {
                DataDirectory = Directory.CreateDirectory(work.File("data")).FullName,
                HttpPort = ServerProcess.FreePort(),
                MailPort = sink.Port,
                Transport = result.GetValue(transport) == "rabbitmq" ? "RabbitMq" : "InMemory",
                BrokerUri = result.GetValue(brokerUri)?.OriginalString,
                Database = result.GetValue(database) == "sqlserver" ? "SqlServer" : "Sqlite",
                ConnectionString = result.GetValue(connectionString),
            };
            await using var child = new ServerProcess(result.GetRequiredValue(server).FullName, environment, work.File("server.log"));
            await PrepareAsync(child, work, result.GetValue(clinics), cancel);
            await child.StartAsync(cancel);
            var names = result.GetValue(scenario) is "all" or null ? Names : [result.GetRequiredValue(scenario)];
            var plans = names.Select(n => Plan(n, result.GetValue(connections), TimeSpan.FromSeconds(result.GetValue(drain))));
            var measured = await child.WhileItRunsAsync(stop => MeasureAsync(child, sink, plans, stop), cancel);
            var bare = result.GetValue(ceilings)
                ? await CeilingsAsync(result.GetValue(connections), work, sink, BrokerOf(environment), cancel) : [];
            return await BenchmarkReport
                .Of(string.Create(CultureInfo.InvariantCulture, $"{environment.Transport} bus, {environment.Database}, {result.GetValue(clinics)} clinics"), measured, bare)
                .WriteAsync(result.GetValue(json));
        });
        return command;
    }

    private static Uri? BrokerOf(ServerEnvironment environment) =>
        environment.Transport == "RabbitMq" ? new Uri(environment.BrokerUri ?? "amqp://guest:guest@127.0.0.1:5672/") : null;

    /// <summary>A schema, clinics and rules; the server is not started.</summary>
    internal static async Task PrepareAsync(ServerProcess server, WorkDirectory work, int clinics, CancellationToken cancel)
    {
        var network = work.File("network.json");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await NetworkGenerator.Generate(clinics, today).SaveAsync(network, cancel);
        Progress.Say("migrate, import clinics");
        await server.CommandAsync(["migrate"], cancel);
        await server.CommandAsync(["import", "clinics", network], cancel);
        var rules = work.File("country-rules.json");
        await File.WriteAllTextAsync(rules, NetworkFile.CountryRules, cancel);
        await server.CommandAsync(["import", "reference", rules], cancel);
    }

    private static async Task<List<Ceiling>> CeilingsAsync(
        int connections, WorkDirectory work, SmtpSink sink, Uri? broker, CancellationToken cancel)
    {
        Progress.Say("ceilings");
        var counts = sink.Counts;
        var mail = (int)(counts.Bytes / Math.Max(1, counts.Mails));
        var requests = new InquiryRequests("127.0.0.1");
        List<Ceiling> bare =
        [
            await BareEndpoint.MeasureAsync(connections, cancel),
            await BareGroupCommit.MeasureAsync(work.File("bare.db"), connections, requests.Longest, cancel),
            await BareMail.MeasureAsync(sink, mail, cancel),
        ];
        if (broker is not null)
        {
            bare.Add(await BarePublish.MeasureAsync(broker, cancel));
        }

        return bare;
    }

    /// <summary>Warms up and runs the scenarios; the warm-up is not in the result.</summary>
    internal static async Task<List<ScenarioResult>> MeasureAsync(
        ServerProcess server, SmtpSink sink, IEnumerable<LoadPlan> plans, CancellationToken cancel)
    {
        var first = Options.FirstFromClock();
        var measured = new List<ScenarioResult>();
        foreach (var plan in plans.Prepend(Plan("warm-up", 64, TimeSpan.FromSeconds(60))))
        {
            using var run = new LoadRun(plan, server.Url, first, sink, server.Pid);
            var done = await run.RunAsync(cancel);
            first += plan.Count;
            if (plan.Name != "warm-up")
            {
                measured.Add(done);
            }
            else if (done.Completed == 0)
            {
                var refused = done.Refused.Count == 0 ? "" : $" First refusal: {done.Refused[0].Status} {done.Refused[0].Example}";
                throw new ServerFailedException(string.Create(
                    CultureInfo.InvariantCulture, $"None of the {WarmUpCount} inquiries of the warm-up was completed ({done.Accepted} accepted, {done.Mails} mails).{refused}"));
            }
        }

        return measured;
    }

    internal static LoadPlan Plan(string name, int connections, TimeSpan drain) => name switch
    {
        "warm-up" => new LoadPlan(name, connections, WarmUpCount, drain),
        "accept" => new LoadPlan(name, connections, 50_000, drain),
        "throughput" => new LoadPlan(name, connections, 20_000, drain) { Window = 500 },
        "latency" => new LoadPlan(name, connections, 150, drain) { Rate = 5 },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such scenario."),
    };
}
