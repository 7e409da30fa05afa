using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using InquiryRouter.Benchmarks.Load;

namespace InquiryRouter.Benchmarks.Server;

/// <summary>The measured server as a child process: prepared, started, watched, ended.</summary>
internal sealed class ServerProcess(string program, ServerEnvironment environment, string logFile) : IAsyncDisposable
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FillLimit = TimeSpan.FromHours(2);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    // As long as src/docs/operating.md says a stop may take.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(40);

    private Process? _process;

    public int Pid => _process?.Id ?? throw new InvalidOperationException("The server was not started.");

    public Uri Url => environment.Url;

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Runs one of the server's own commands to its end.</summary>
    /// <exception cref="ServerFailedException">It ended with another code than 0, or not in time.</exception>
    public Task CommandAsync(string[] arguments, CancellationToken cancel) => CommandAsync(environment, arguments, CommandLimit, cancel);

    /// <summary>Fills its database with invented inquiries, which only Development does.</summary>
    /// <exception cref="ServerFailedException">It ended with another code than 0, or not in time.</exception>
    public Task FillAsync(int inquiries, CancellationToken cancel) => CommandAsync(
        environment with { IsDevelopment = true }, ["demo", "fill", "--inquiries", inquiries.ToString(CultureInfo.InvariantCulture)], FillLimit, cancel);

    private async Task CommandAsync(ServerEnvironment settings, string[] arguments, TimeSpan most, CancellationToken cancel)
    {
        using var process = Launch(settings, arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(most);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancel.ThrowIfCancellationRequested();
        }

        if (!process.HasExited || process.ExitCode != 0)
        {
            throw Failed($"'{string.Join(' ', arguments.Take(2))}' failed");
        }
    }

    /// <summary>Starts <c>serve</c> and waits for <c>/health/ready</c>.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        _process = Launch(environment, ["serve"]);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var ready = new Uri(Url, "/health/ready");
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < ReadyLimit;)
        {
            if (_process.HasExited)
            {
                throw Failed(string.Create(CultureInfo.InvariantCulture, $"'serve' ended with code {_process.ExitCode}"));
            }

            try
            {
                using var answer = await http.GetAsync(ready, cancel);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
        }

        throw Failed("the server was not ready within 60 s");
    }

    /// <summary>Does <paramref name="work"/>, and breaks it off when the server ends meanwhile.</summary>
    public async Task<T> WhileItRunsAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = work(stop.Token);
        var ending = _process!.WaitForExitAsync(stop.Token);
        var ended = await Task.WhenAny(working, ending) == ending && _process.HasExited;
        if (ended)
        {
            await stop.CancelAsync();
            await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"the server ended by itself, with code {_process.ExitCode}"));
        }

        var result = await working;
        await stop.CancelAsync();
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (!_process.HasExited)
        {
            Terminate(_process.Id);
            try
            {
                using var limit = new CancellationTokenSource(EndLimit);
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Progress.Say("The server did not end within 40 s of SIGTERM and is killed.");
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    /// <summary>
    /// The shell only turns the output into a file and then becomes the server (same pid), so reading a chatty log costs this
    /// program nothing.
    /// </summary>
    private Process Launch(ServerEnvironment settings, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        string[] command = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", program] : [program];
        foreach (var argument in (string[])["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", logFile, .. command, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        settings.ApplyTo(start.Environment);
        return Process.Start(start) ?? throw Failed("the server could not be started");
    }

    /// <summary>The runtime has no call for SIGTERM, which lets the server end in order.</summary>
    private static void Terminate(int pid)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {pid}")]);
        kill.WaitForExit();
    }

    private ServerFailedException Failed(string what)
    {
        var log = File.Exists(logFile) ? File.ReadLines(logFile).TakeLast(30) : [];
        return new ServerFailedException($"{what}. The end of its output:\n{string.Join('\n', log)}");
    }
}
