using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace InquiryRouter.FaultTests.Support.Network;

/// <summary>How a relay treats what passes.</summary>
internal enum Weather
{
    Fair,

    /// <summary>Every connection is cut, and none is taken.</summary>
    Cut,

    /// <summary>Connections stay, and nothing arrives on either side.</summary>
    BlackHole,

    /// <summary>Connections stay; what the program sends arrives, and it hears nothing.</summary>
    HalfOpen,

    /// <summary>Everything arrives, late.</summary>
    Slow,
}

/// <summary>
/// A relay on 127.0.0.1 between the program and a server. It sees what passes, a moment before it is passed on, and can have the weather of a
/// network: what bad weather swallows is never passed on, and its connections end with it, as bytes in the middle of a stream cannot be missing.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(300);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _server;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private volatile Weather _weather;

    /// <param name="host">Of the server.</param>
    /// <param name="port">Of the server.</param>
    public Relay(string host, int port)
    {
        _server = IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>The same address by way of this relay.</summary>
    public Uri InsteadOf(Uri server) => new UriBuilder(server) { Host = "127.0.0.1", Port = Port }.Uri;

    /// <summary>Told what is about to pass to the server (true) or from it (false); it is passed on when the call has ended. Null: nobody asks.</summary>
    public Func<bool, ReadOnlyMemory<byte>, Task>? Passing { get; set; }

    /// <summary>Whether what passes is AMQP, and is read.</summary>
    public bool IsAmqp { get; init; }

    /// <summary>Told the same of an AMQP connection, method by method.</summary>
    public Func<AmqpMoment, Task>? PassingAmqp { get; set; }

    public void Change(Weather weather)
    {
        var before = _weather;
        _weather = weather;
        if (weather == Weather.Cut || (weather == Weather.Fair && before is Weather.BlackHole or Weather.HalfOpen))
        {
            foreach (var socket in _open.Keys)
            {
                Reset(socket);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var socket in _open.Keys)
        {
            Reset(socket);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket program)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _open[program] = true;
            _open[server] = true;
            if (_weather == Weather.Cut)
            {
                return;
            }

            await server.ConnectAsync(_server);
            (program.NoDelay, server.NoDelay) = (true, true);
            await Task.WhenAny(PassAsync(program, server, toServer: true), PassAsync(server, program, toServer: false));
        }
        catch (SocketException)
        {
            // The server is away: so is the relay.
        }
        finally
        {
            _open.TryRemove(program, out _);
            _open.TryRemove(server, out _);
            Reset(program);
            Reset(server);
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool toServer)
    {
        var watch = new AmqpWatch(toServer);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                var arrived = buffer.AsMemory(0, count);
                await TellAsync(watch, toServer, arrived);
                if (_weather == Weather.BlackHole || (_weather == Weather.HalfOpen && !toServer))
                {
                    continue;
                }

                if (_weather == Weather.Slow)
                {
                    await Task.Delay(s_late);
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(arrived[sent..]);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two is gone.
        }
    }

    private async Task TellAsync(AmqpWatch watch, bool toServer, ReadOnlyMemory<byte> arrived)
    {
        if (Passing is { } passing)
        {
            await passing(toServer, arrived);
        }

        // Read in any case: the watch must not lose its place between two frames.
        foreach (var moment in IsAmqp ? watch.Read(arrived.Span) : [])
        {
            await (PassingAmqp?.Invoke(moment) ?? Task.CompletedTask);
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            // Without a farewell, as when a cable is pulled.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        socket.Dispose();
    }
}
