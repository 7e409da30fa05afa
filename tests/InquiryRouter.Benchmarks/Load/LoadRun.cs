using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using InquiryRouter.Benchmarks.Report;
using InquiryRouter.Benchmarks.Server;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>Runs one scenario: opens the connections, posts, waits for the mail, sums up.</summary>
internal sealed class LoadRun : IDisposable
{
    private readonly LoadPlan _plan;
    private readonly int _port;
    private readonly SmtpSink? _sink;
    private readonly int? _serverPid;
    private readonly Ledger _ledger;
    private readonly Refusals _refusals = new();
    private readonly HttpConnection[] _connections;
    private readonly Pace _pace;
    private readonly Window? _window;

    /// <param name="first">The number of the first inquiry; a number already used with this server would be a duplicate patient.</param>
    public LoadRun(LoadPlan plan, Uri server, long first, SmtpSink? sink, int? serverPid)
    {
        _plan = plan;
        _port = server.Port;
        _sink = sink;
        _serverPid = serverPid;
        _ledger = new Ledger(first, plan.Count);
        var requests = new InquiryRequests(server.Authority);
        var endpoint = new IPEndPoint(IPAddress.Loopback, server.Port);
        _connections = [.. Enumerable.Range(0, plan.Connections).Select(_ => new HttpConnection(endpoint, requests))];
        _pace = new Pace(plan);
        if (plan.Window > 0)
        {
            _window = new Window(plan.Window);
            _ledger.OnCompleted = _window.Release;
        }
    }

    public async Task<ScenarioResult> RunAsync(CancellationToken cancel)
    {
        _sink?.Mailbox = _ledger;
        var sinkBefore = _sink?.Counts ?? default;
        try
        {
            await OpenAllAsync(cancel);
            var before = UsageSnapshot.Take(_serverPid);
            var start = _pace.Start();
            var stalled = await PostAllAsync(cancel);
            if (_sink is not null && !stalled)
            {
                await DrainAsync(cancel);
            }

            var usage = UsageSnapshot.Take(_serverPid).Since(before);
            return ScenarioResult.Of(_plan, _ledger, start, _refusals, stalled, usage, (_sink?.Counts ?? default).Since(sinkBefore));
        }
        finally
        {
            _sink?.Mailbox = null;
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private async Task OpenAllAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var connection in _connections)
            {
                await connection.OpenAsync(cancel);
            }
        }
        catch (SocketException e)
        {
            throw new ServerFailedException($"The server does not answer on port {_port}: {e.Message}", e);
        }
    }

    /// <returns>True when posting had to stop because nothing was completed any more.</returns>
    private async Task<bool> PostAllAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var closing = stop.Token.Register(() => _window?.Close());
        var posting = Task.WhenAll(_connections.Select(c => DriveAsync(c, stop.Token)));
        var (progress, since, stalled) = (-1L, Stopwatch.GetTimestamp(), false);
        while (await Task.WhenAny(posting, Task.Delay(TimeSpan.FromSeconds(1), cancel)) != posting)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var connection in _connections)
            {
                connection.CutWhenSilent();
            }

            Progress.Show(_plan, _ledger, _refusals);
            var now = _ledger.Accepted + _ledger.Completed + (long)_refusals.Total;
            if (now != progress)
            {
                (progress, since) = (now, Stopwatch.GetTimestamp());
            }
            else if (_window is not null && Stopwatch.GetElapsedTime(since) > _plan.DrainLimit)
            {
                stalled = true;
                await stop.CancelAsync();
            }
        }

        await posting;
        return stalled;
    }

    private async Task DriveAsync(HttpConnection connection, CancellationToken cancel)
    {
        // Off the caller's thread, or the first connections would post before the last has started.
        await Task.Yield();
        var place = new Window.Waiter();
        try
        {
            while (true)
            {
                if (_window is not null && !await _window.EnterAsync(place))
                {
                    return;
                }

                if (!_pace.TryTake(out var slot))
                {
                    return;
                }

                var due = await _pace.DueAsync(slot, cancel);
                _ledger.Submitted(slot, due);
                var answer = await connection.PostAsync(_ledger.First + slot, cancel);
                var at = Stopwatch.GetTimestamp();
                if (answer is { Status: 202, Reference: not 0 })
                {
                    _ledger.AcceptedAs(slot, answer.Reference, at);
                    continue;
                }

                _ledger.Answered(at);
                _refusals.Add(answer.Status, () => connection.Excerpt(answer));
                _window?.Release();
                if (answer.Status == 0)
                {
                    // A server that is gone shall not use up the whole count within a second.
                    await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped from outside; what was posted until now still counts.
        }
    }

    private async Task DrainAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        for (var round = 1; _ledger.Completed < _ledger.Accepted && Stopwatch.GetElapsedTime(started) < _plan.DrainLimit; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
            if (round % 50 == 0)
            {
                Progress.Show(_plan, _ledger, _refusals);
            }
        }

        // A mail sent twice comes after the one that completed the inquiry.
        await Task.Delay(TimeSpan.FromMilliseconds(250), cancel);
    }
}
