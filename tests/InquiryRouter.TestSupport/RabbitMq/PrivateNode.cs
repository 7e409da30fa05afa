using System.Diagnostics;

namespace InquiryRouter.TestSupport;

/// <summary>
/// A node of the rabbitmq-server installed on this machine, with a name, ports, a cookie and a data folder of its own; the
/// machine's own RabbitMQ and epmd, if any, are left alone.
/// </summary>
internal sealed class PrivateNode : TestBroker
{
    // Debian keeps the real scripts here; the ones of the same name on PATH change to the user rabbitmq first.
    private const string DebianScripts = "/usr/lib/rabbitmq/bin";

    /// <summary>
    /// Runs epmd and the node in one process group and kills that group on an order, or when the input ends because the
    /// test process has gone, however it went. In that case the data goes too; "keep" leaves it for the next start.
    /// epmd is started here so that the node doesn't start one that outlives it.
    /// </summary>
    private const string Keeper = """
        epmd="$1" server="$2" base="$3"
        exec >> "$base/output.log" 2>&1
        trap : INT TERM HUP   # Ctrl-C reaches this shell, too; it has to outlive the test process
        set -m
        ( "$epmd" -address 127.0.0.1 -port "$ERL_EPMD_PORT" & exec "$server" ) < /dev/null &
        node=$!
        while kill -0 "$node" 2> /dev/null; do
          read -r -t 1 order
          result=$?
          [ "$result" -gt 128 ] || break
        done
        kill -KILL -- "-$node" 2> /dev/null
        wait
        if [ "$result" = 1 ]; then rm -rf -- "$base"; fi
        """;

    private readonly string _base = Directory.CreateTempSubdirectory("inquiryrouter-broker-").FullName;
    private readonly string _why;
    private readonly string _scripts;
    private readonly Dictionary<string, string> _environment;
    private Process? _keeper;

    private PrivateNode(string scripts, string why)
    {
        _scripts = scripts;
        _why = why;
        var ports = FreePort.Pick(3);
        var password = NewPassword();
        Uri = new UriBuilder("amqp", "127.0.0.1", ports[0], "/") { UserName = UserName, Password = password }.Uri;

        var config = Path.Combine(_base, "rabbitmq.conf");
        File.WriteAllText(config, $"""
            listeners.tcp.1 = 127.0.0.1:{ports[0]}
            default_user = {UserName}
            default_pass = {password}

            """);
        var plugins = Path.Combine(_base, "enabled_plugins");
        File.WriteAllText(plugins, "[].\n");

        _environment = new(StringComparer.Ordinal)
        {
            ["HOME"] = _base,
            ["ERL_EPMD_PORT"] = $"{ports[1]}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"inquiryrouter-{ports[0]}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{ports[2]}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = $"{ErlangArguments} -kernel inet_dist_use_interface {{127,0,0,1}}",
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = config,
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = plugins,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_base, "mnesia"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(_base, "generated"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_base, "log"),
            ["RABBITMQ_LOGS"] = LogFile,
            ["RABBITMQ_PID_FILE"] = Path.Combine(_base, "pid"),
        };
    }

    public override Uri Uri { get; }

    public override string Kind => "private node";

    private string LogFile => Path.Combine(_base, "node.log");

    private string OutputFile => Path.Combine(_base, "output.log");

    /// <summary>Why this machine can't run a private node, or null when it can.</summary>
    public static string? WhyUnavailable()
    {
        if (OperatingSystem.IsWindows())
        {
            return "not made for Windows";
        }

        return FindScripts() is null ? "rabbitmq-server is not installed" : FindEpmd() is null ? "Erlang's epmd is not found" : null;
    }

    /// <param name="why">Why it is not a container, for the description.</param>
    /// <param name="cancellationToken">Ends the waiting for it.</param>
    public static async Task<TestBroker> StartNewAsync(string why, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var node = new PrivateNode(FindScripts()!, why);
            try
            {
                await node.StartAsync(cancellationToken);
                return node;
            }
            catch (InvalidOperationException e) when (attempt < 3 && e.Message.Contains("eaddrinuse", StringComparison.Ordinal))
            {
                // Somebody was quicker to take one of the ports.
                await node.DisposeAsync();
            }
            catch
            {
                await node.DisposeAsync();
                throw;
            }
        }
    }

    public override Task StartAsync() => StartAsync(CancellationToken.None);

    protected override Task KillAsync() => EndKeeperAsync(keepData: true);

    protected override string Describe(string version) => $"private node of rabbitmq-server {version} (no container: {_why})";

    protected override async Task<string> RabbitMqCtlAsync(IReadOnlyList<string> arguments)
    {
        var start = StartInfo(Path.Combine(_scripts, "rabbitmqctl"), arguments);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {await output}{await errors}");
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await EndKeeperAsync(keepData: false);
        if (Directory.Exists(_base))
        {
            Directory.Delete(_base, recursive: true);
        }
    }

    private static string? FindScripts() => SearchPath([DebianScripts], "rabbitmq-server");

    private static string? FindEpmd()
    {
        // Debian's is on PATH; elsewhere it may only be found beside the runtime.
        var runtimes = Directory.Exists("/usr/lib/erlang") ? Directory.GetDirectories("/usr/lib/erlang", "erts-*") : [];
        return SearchPath([.. runtimes.Select(r => Path.Combine(r, "bin"))], "epmd") is { } folder ? Path.Combine(folder, "epmd") : null;
    }

    private static string? SearchPath(IEnumerable<string> first, string program) =>
        first.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, program)));

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = StartInfo("bash", ["-c", Keeper, "keeper", FindEpmd()!, Path.Combine(_scripts, "rabbitmq-server"), _base]);
        _keeper = Process.Start(start)!;
        await WaitUntilReadyAsync(() => _keeper.HasExited ? $"The private RabbitMQ node ended before it was ready: {LastLines()}" : null, cancellationToken);
    }

    private ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _base,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("RABBITMQ_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task EndKeeperAsync(bool keepData)
    {
        if (_keeper is not { } keeper)
        {
            return;
        }

        _keeper = null;
        using (keeper)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                if (keepData)
                {
                    await keeper.StandardInput.WriteLineAsync("keep");
                }

                keeper.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already.
            }

            try
            {
                await keeper.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                keeper.Kill(entireProcessTree: true);
            }
        }
    }

    private string LastLines()
    {
        var lines = new[] { OutputFile, LogFile }.Where(File.Exists).SelectMany(f => File.ReadLines(f).TakeLast(20));
        return string.Join(Environment.NewLine, lines);
    }
}
