using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Server;

namespace InquiryRouter.Benchmarks.Sink;

/// <summary>A mail server on 127.0.0.1 that takes every mail, notes what it was and forgets it.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const int MostConnections = 500;

    private readonly Lock _gate = new();
    private readonly RecentIds _ids = new();
    private readonly ConcurrentDictionary<Socket, bool> _sessions = new();
    private readonly Socket _listener;
    private readonly Task _accepting;
    private SinkCounts _counts;
    private IMailbox? _mailbox;

    /// <param name="port">0 picks a free one.</param>
    public SmtpSink(int port)
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException e)
        {
            _listener.Dispose();
            throw new ServerFailedException($"The mail sink cannot listen on 127.0.0.1:{port}: {e.Message}", e);
        }

        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Who is told of each mail that is not a double.</summary>
    public IMailbox? Mailbox
    {
        get => Volatile.Read(ref _mailbox);
        set => Volatile.Write(ref _mailbox, value);
    }

    public SinkCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    /// <summary>Takes one mail: everything between DATA and the final dot, dot-stuffed as it came.</summary>
    public void Take(ReadOnlySpan<Recipient> recipients, ReadOnlySpan<byte> mail)
    {
        var at = Stopwatch.GetTimestamp();
        var id = MessageId.Hash(mail);
        lock (_gate)
        {
            var doubled = id != 0 && !_ids.Add(id);
            _counts = new SinkCounts(
                _counts.Mails + 1,
                _counts.Doubled + (doubled ? 1 : 0),
                _counts.WithoutId + (id == 0 ? 1 : 0),
                _counts.Bytes + mail.Length,
                _counts.Connections);
            if (doubled)
            {
                return;
            }
        }

        if (Mailbox is not { } mailbox)
        {
            return;
        }

        ulong reference = 0;
        foreach (var recipient in recipients)
        {
            // A patient is known by the address; only a clinic's mail has to be searched.
            if (recipient.Kind == RecipientKind.Clinic && reference == 0)
            {
                _ = ReferenceCode.TryFind(mail, out reference);
            }

            mailbox.Received(recipient, reference, at);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var socket in _sessions.Keys)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                if (_sessions.Count >= MostConnections)
                {
                    socket.Dispose();
                    continue;
                }

                lock (_gate)
                {
                    _counts = _counts with { Connections = _counts.Connections + 1 };
                }

                _sessions[socket] = true;
                _ = ServeAsync(socket);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was closed: the sink ends.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        // Leave the accepting thread before the first byte.
        await Task.Yield();
        try
        {
            using (socket)
            {
                socket.NoDelay = true;
                await new SmtpSession(socket, this).RunAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client went away; what it had not ended with a dot was not a mail.
        }
        finally
        {
            _sessions.TryRemove(socket, out _);
        }
    }
}
