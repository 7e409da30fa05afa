using System.Globalization;
using InquiryRouter.TestSupport;

namespace InquiryRouter.FaultTests.Support.Server;

/// <summary>How a program that refused to start, or a command, ended.</summary>
internal sealed record Ended(int Code, string Output);

/// <summary>
/// A data directory with the settings of the processes that use it, beside the tests on disk; removed afterwards unless
/// <see cref="KeepForInspection"/> was called.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan s_commandLimit = TimeSpan.FromSeconds(30);
    private readonly string _home = Directory.CreateDirectory(
        Path.Combine(AppContext.BaseDirectory, "runs", Guid.NewGuid().ToString("N")[..12])).FullName;

    private readonly List<ServerProcess> _processes = [];
    private bool _keep;

    public Installation()
    {
        Directory.CreateDirectory(Path.Combine(_home, "logs"));
        Server = new Uri($"http://127.0.0.1:{FreePort.Pick(1)[0].ToString(CultureInfo.InvariantCulture)}");
        Settings = new(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["Urls"] = Server.GetLeftPart(UriPartial.Authority),
            ["Data__Directory"] = DataDirectory,
            ["Intake__PermitsPerMinute"] = "0",
            ["Mail__PublicUrl"] = Server.GetLeftPart(UriPartial.Authority),
        };
    }

    public string DataDirectory => Path.Combine(_home, "data");

    public string DatabaseFile => Path.Combine(DataDirectory, "inquiryrouter.db");

    /// <summary>Where the web role answers, before and after every restart.</summary>
    public Uri Server { get; }

    /// <summary>Settings of all its processes, as environment variables: embedded until they are changed.</summary>
    public Dictionary<string, string> Settings { get; }

    public Installation SendMailTo(int smtpPort)
    {
        Settings["Mail__Transport"] = "Smtp";
        Settings["Mail__Host"] = "127.0.0.1";
        Settings["Mail__Port"] = smtpPort.ToString(CultureInfo.InvariantCulture);
        Settings["Mail__Security"] = "None";
        return this;
    }

    public Installation UseBroker(Uri broker)
    {
        Settings["Broker__Transport"] = "RabbitMq";
        Settings["Broker__Uri"] = broker.ToString();
        return this;
    }

    /// <summary>Makes the database with clinics in it.</summary>
    public async Task ImportClinicsAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(_home, "clinics.json");
        var rules = Path.Combine(_home, "country-rules.json");
        await ClinicFile.WriteAsync(file, cancellation);
        await ClinicFile.WriteRulesAsync(rules, cancellation);
        foreach (var import in (string[][])[["import", "clinics", file], ["import", "reference", rules]])
        {
            var ended = await RunAsync(import, cancellation);
            if (ended.Code != 0)
            {
                throw new InvalidOperationException($"The clinics or their rules could not be imported:\n{ended.Output}");
            }
        }
    }

    /// <summary>Starts <c>serve</c> in both roles, or in the one named, and returns when it is ready.</summary>
    public async Task<ServerProcess> ServeAsync(CancellationToken cancellation, string? roles = null)
    {
        var settings = new Dictionary<string, string>(Settings, StringComparer.Ordinal);
        var listens = roles is null or "web";
        if (!listens)
        {
            settings.Remove("Urls");
        }

        var process = Start(roles is null ? ["serve"] : ["serve", "--roles", roles], settings);
        await process.UntilReadyAsync(listens ? Server : null, cancellation);
        return process;
    }

    /// <summary>Runs a command, or a server that must refuse to start, to its end.</summary>
    public async Task<Ended> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var process = Start(arguments, Settings);
        var code = await process.UntilEndedAsync(s_commandLimit, cancellation);
        return new Ended(code, process.Output);
    }

    /// <summary>Starts a command and does not wait for its end.</summary>
    public ServerProcess Start(params string[] arguments) => Start(arguments, Settings);

    /// <summary>All that its processes have written until now.</summary>
    public string Logs() => string.Join('\n', _processes.Select(p => p.Output));

    /// <summary>Lines of all its processes' logs that report trouble, without their time, each with how often it was said.</summary>
    public IReadOnlyList<(string Line, int Count)> Troubles() =>
        [.. _processes.SelectMany(p => p.Output.Split('\n'))
            .Where(l => l.Contains(" fail: ", StringComparison.Ordinal) || l.Contains(" crit: ", StringComparison.Ordinal)
                || l.Contains(" warn: ", StringComparison.Ordinal) || l.Contains("Unhandled exception", StringComparison.Ordinal))
            .Select(WithoutMomentAndIds)
            .GroupBy(l => l, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .Select(g => (g.Key, g.Count()))];

    /// <summary>Leaves the directory for whoever looks into a failure.</summary>
    public string KeepForInspection()
    {
        _keep = true;
        return Path.GetRelativePath(AppContext.BaseDirectory, _home);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        if (!_keep)
        {
            Directory.Delete(_home, recursive: true);
        }
    }

    private ServerProcess Start(IReadOnlyList<string> arguments, Dictionary<string, string> settings)
    {
        var log = Path.Combine(_home, "logs", string.Create(CultureInfo.InvariantCulture, $"{_processes.Count:00}-{arguments[^1].Split('/')[^1]}.log"));
        var process = ServerProcess.Start(arguments, settings, _home, log);
        _processes.Add(process);
        return process;
    }

    private static string WithoutMomentAndIds(string line)
    {
        var level = line.IndexOfAny(['f', 'c', 'w', 'U']);
        var words = line[Math.Max(level, 0)..].Split(' ').Select(w => Guid.TryParse(w.TrimEnd(';', ',', '.', ':'), out _) ? "…" : w);
        var text = string.Join(' ', words);
        return text.Length <= 160 ? text : text[..160];
    }
}
