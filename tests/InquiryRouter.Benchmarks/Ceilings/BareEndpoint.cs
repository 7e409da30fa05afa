using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Benchmarks.Ceilings;

/// <summary>Kestrel that reads what is posted and answers 202, in a process of its own as the server is.</summary>
internal static class BareEndpoint
{
    private const int Count = 50_000;
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);

    /// <summary>The endpoint itself, until it is ended.</summary>
    public static async Task ServeAsync(int port, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        app.MapPost("/api/inquiries", static async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Results.Json(new { reference = "IR-0000-0000" }, statusCode: StatusCodes.Status202Accepted);
        });
        await app.StartAsync(cancel);
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }

    /// <param name="connections">As many as the scenarios use.</param>
    /// <param name="cancel">Ends it in the middle.</param>
    public static async Task<Ceiling> MeasureAsync(int connections, CancellationToken cancel)
    {
        var port = ServerProcess.FreePort();
        using var child = Start(port);
        try
        {
            var endpoint = new IPEndPoint(IPAddress.Loopback, port);
            var requests = new InquiryRequests(endpoint.ToString());
            await WaitAsync(endpoint, cancel);
            var kept = Enumerable.Range(0, connections).Select(_ => new HttpConnection(endpoint, requests)).ToList();
            var number = 0L;
            var refused = 0;
            var perSecond = await Measured.PerSecondAsync(connections, Count, PostAsync, cancel);
            kept.ForEach(c => c.Dispose());
            return refused == 0
                ? new Ceiling("bare endpoint", perSecond, "posts read and answered with 202 by Kestrel")
                : throw new ServerFailedException(string.Create(CultureInfo.InvariantCulture, $"The bare endpoint refused {refused} posts."));

            async Task PostAsync(int caller)
            {
                if ((await kept[caller].PostAsync(Interlocked.Increment(ref number), cancel)).Status != StatusCodes.Status202Accepted)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Process Start(int port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        foreach (var argument in (string[])[typeof(BareEndpoint).Assembly.Location, "bare-endpoint", "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        // As a server runs, not as this program does.
        start.Environment["DOTNET_TieredPGO"] = "1";
        start.Environment["DOTNET_gcConcurrent"] = "1";
        return Process.Start(start) ?? throw new ServerFailedException("The bare endpoint did not start.");
    }

    private static async Task WaitAsync(IPEndPoint endpoint, CancellationToken cancel)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(endpoint, cancel);
                return;
            }
            catch (SocketException e) when (Stopwatch.GetElapsedTime(started) > s_startLimit)
            {
                throw new ServerFailedException($"The bare endpoint does not answer: {e.Message}", e);
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
            }
        }
    }
}
