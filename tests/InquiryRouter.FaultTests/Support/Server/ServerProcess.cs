using System.Diagnostics;
using System.Net;

namespace InquiryRouter.FaultTests.Support.Server;

/// <summary>The real program as a child process, killed with SIGKILL, or told to stop.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>
    /// Runs the program and kills it when its own input ends: on the test's order, or because the test process has gone, however it went.
    /// </summary>
    private const string Keeper = """
        log="$1"; shift
        exec 3<&0 > /dev/null 2>&1
        "$@" < /dev/null > "$log" 2>&1 &
        program=$!
        echo "$program" > "$log.pid"
        read -r order <&3 &
        watch=$!
        wait -n "$program" "$watch"
        code=$?
        if kill -KILL "$program"; then wait "$program"; code=$?; fi
        kill "$watch"
        exit "$code"
        """;

    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "InquiryRouter.dll");
    private static readonly TimeSpan s_readyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);

    private readonly Process _keeper;
    private readonly string _logFile;

    private ServerProcess(Process keeper, string logFile) => (_keeper, _logFile) = (keeper, logFile);

    /// <summary>All it has written until now, output and errors.</summary>
    public string Output
    {
        get
        {
            if (!File.Exists(_logFile))
            {
                return "";
            }

            using var reader = new StreamReader(new FileStream(_logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    public bool HasEnded => _keeper.HasExited;

    /// <param name="arguments">The command line.</param>
    /// <param name="settings">Environment variables; settings that this process happens to have are not passed on.</param>
    /// <param name="workingDirectory">A directory without an appsettings.json.</param>
    /// <param name="logFile">What it writes.</param>
    public static ServerProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string workingDirectory, string logFile)
    {
        var start = new ProcessStartInfo("bash", ["-c", Keeper, "keeper", logFile, "dotnet", s_program, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(Process.Start(start)!, logFile);
    }

    /// <summary>Returns when it has said that it is ready and, with an address, answers so.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not ready after a minute; the text has its last lines.</exception>
    public async Task UntilReadyAsync(Uri? server, CancellationToken cancellation)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < s_readyLimit; await Task.Delay(s_step, cancellation))
        {
            if (HasEnded)
            {
                throw new InvalidOperationException($"The server ended with code {_keeper.ExitCode} before it was ready:\n{LastLines()}");
            }

            if (Output.Contains(" is ready: ", StringComparison.Ordinal) && (server is null || await AnswersAsync(server, cancellation)))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The server was not ready within {s_readyLimit.TotalSeconds} s:\n{LastLines()}");
    }

    /// <summary>Waits for it to end by itself and gives its exit code.</summary>
    /// <exception cref="TimeoutException">It runs on; it is killed.</exception>
    public async Task<int> UntilEndedAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        both.CancelAfter(limit);
        try
        {
            await _keeper.WaitForExitAsync(both.Token);
            return _keeper.ExitCode;
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            await KillAsync();
            throw new TimeoutException($"The program should have ended but ran on for {limit.TotalSeconds} s:\n{LastLines()}", exception);
        }
    }

    /// <summary>Tells it to stop, as a service manager does with SIGTERM, and gives its exit code.</summary>
    /// <exception cref="TimeoutException">It runs on; it is killed.</exception>
    public async Task<int> StopAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", (await File.ReadAllTextAsync(_logFile + ".pid", cancellation)).Trim()]);
        await kill.WaitForExitAsync(cancellation);
        return await UntilEndedAsync(limit, cancellation);
    }

    /// <summary>Kills it and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_keeper.HasExited)
        {
            try
            {
                _keeper.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended at this moment.
            }
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _keeper.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _keeper.Dispose();
    }

    private static bool IsSetting(string variable) =>
        variable.Contains("__", StringComparison.Ordinal) || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.Equals("URLS", StringComparison.OrdinalIgnoreCase) || variable.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    private static async Task<bool> AnswersAsync(Uri server, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(server, "/health/ready"), cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Started, and still too busy to answer.
            return false;
        }
    }

    private string LastLines() => string.Join(Environment.NewLine, Output.Split('\n').TakeLast(30));
}
