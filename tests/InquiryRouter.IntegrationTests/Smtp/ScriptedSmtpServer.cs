using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>Where in the conversation something other than yes happens.</summary>
internal enum SmtpStage
{
    Greeting,
    MailFrom,
    RcptTo,
    Data,

    /// <summary>In the middle of the content.</summary>
    Content,

    /// <summary>The whole mail is there; the answer to it.</summary>
    AfterDot,
}

/// <summary>One thing out of the ordinary.</summary>
/// <param name="Stage">Where it happens.</param>
/// <param name="Reply">What is answered; null: nothing.</param>
/// <param name="Silent">Without a reply: true keeps the connection open and says nothing, false drops it.</param>
internal sealed record SmtpTrouble(SmtpStage Stage, string? Reply, bool Silent = false)
{
    public static SmtpTrouble Reply451(SmtpStage stage) => new(stage, "451 4.3.0 try again later");

    public static SmtpTrouble Drop(SmtpStage stage) => new(stage, null);
}

/// <summary>A mail whose end was received.</summary>
internal sealed record ReceivedMail(string Sender, string Recipient, byte[] Content, DateTimeOffset At, bool Accepted);

/// <summary>An SMTP server that does what a script says, each entry once, and otherwise takes every mail.</summary>
internal sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<SmtpTrouble> _script = new();
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly ConcurrentQueue<string> _recipients = new();
    private readonly ConcurrentDictionary<Socket, Task> _sessions = new();
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _clock;
    private readonly string[] _extensions;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="clock">Dates what is received.</param>
    /// <param name="extensions">What EHLO offers.</param>
    public ScriptedSmtpServer(TimeProvider? clock = null, params string[] extensions)
        : this(0, clock, extensions)
    {
    }

    /// <param name="port">Where it listens; 0: anywhere.</param>
    /// <param name="clock">Dates what is received.</param>
    /// <param name="extensions">What EHLO offers.</param>
    public ScriptedSmtpServer(int port, TimeProvider? clock, params string[] extensions)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _clock = clock ?? TimeProvider.System;
        _extensions = extensions;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<ReceivedMail> Received => [.. _received];

    /// <summary>Every RCPT TO, refused ones included.</summary>
    public IReadOnlyList<string> Recipients => [.. _recipients];

    public int Connections => Volatile.Read(ref _connections);

    public void Expect(params SmtpTrouble[] troubles) => Array.ForEach(troubles, _script.Enqueue);

    /// <summary>From now on this address is answered so.</summary>
    public void Refuse(string recipient, string reply) => _refused[recipient] = reply;

    /// <summary>This address takes mail again.</summary>
    public void Accept(string recipient) => _refused.TryRemove(recipient, out _);

    /// <summary>Ends all connections, as a server that tires of idle ones.</summary>
    public void HangUp()
    {
        foreach (var socket in _sessions.Keys)
        {
            socket.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        HangUp();
        await _accepting;
        await Task.WhenAll(_sessions.Values);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                _sessions[client.Client] = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped; perhaps before it listened for the next one.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await new Session(this, client).RunAsync(_stopping.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has gone, or the script wanted it so.
        }
    }

    private SmtpTrouble? TroubleAt(SmtpStage stage) =>
        _script.TryPeek(out var next) && next.Stage == stage && _script.TryDequeue(out next) ? next : null;

    private sealed class Session(ScriptedSmtpServer server, TcpClient client)
    {
        private static ReadOnlySpan<byte> End => "\r\n.\r\n"u8;

        private readonly NetworkStream _stream = client.GetStream();
        private readonly List<byte> _buffer = [];
        private string _sender = string.Empty;
        private string _recipient = string.Empty;

        public async Task RunAsync(CancellationToken stopping)
        {
            if (!await AnswerAsync(SmtpStage.Greeting, "220 scripted.example ESMTP", stopping))
            {
                return;
            }

            while (await ReadLineAsync(stopping) is { } line)
            {
                if (!await HandleAsync(line, stopping))
                {
                    return;
                }
            }
        }

        private async Task<bool> HandleAsync(string line, CancellationToken stopping)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    string[] lines = ["scripted.example", .. server._extensions];
                    return await SayAsync(string.Join("\r\n", lines.Select((l, i) => (i == lines.Length - 1 ? "250 " : "250-") + l)), stopping);
                case "MAIL":
                    _sender = Address(line);
                    return await AnswerAsync(SmtpStage.MailFrom, "250 2.1.0 fine", stopping);
                case "RCPT":
                    _recipient = Address(line);
                    server._recipients.Enqueue(_recipient);
                    return await AnswerAsync(SmtpStage.RcptTo, server._refused.GetValueOrDefault(_recipient, "250 2.1.5 fine"), stopping);
                case "DATA":
                    return await TakeMailAsync(stopping);
                case "QUIT":
                    await SayAsync("221 2.0.0 bye", stopping);
                    return false;
                default:
                    return await SayAsync("250 2.0.0 fine", stopping);
            }
        }

        private async Task<bool> TakeMailAsync(CancellationToken stopping)
        {
            if (server._script.TryPeek(out var next) && next.Stage == SmtpStage.Data)
            {
                return await AnswerAsync(SmtpStage.Data, string.Empty, stopping);
            }

            await SayAsync("354 go on", stopping);
            if (server.TroubleAt(SmtpStage.Content) is not null)
            {
                // Closed with something unread, so that the other side learns of it at once.
                await FillAsync(stopping);
                client.Client.Close(0);
                return false;
            }

            var content = await ReadContentAsync(stopping);
            var trouble = server._script.TryPeek(out var after) && after.Stage == SmtpStage.AfterDot ? after : null;
            server._received.Enqueue(new ReceivedMail(_sender, _recipient, content, server._clock.GetUtcNow(), Accepted: trouble is null or { Reply: ['2', ..] }));
            return await AnswerAsync(SmtpStage.AfterDot, "250 2.0.0 taken", stopping);
        }

        /// <summary>The usual reply, or what the script says; false: the connection has ended.</summary>
        private async Task<bool> AnswerAsync(SmtpStage stage, string usual, CancellationToken stopping)
        {
            if (server.TroubleAt(stage) is not { } trouble)
            {
                return await SayAsync(usual, stopping);
            }

            if (trouble.Reply is not null)
            {
                return await SayAsync(trouble.Reply, stopping);
            }

            if (trouble.Silent)
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }

            client.Client.Close(0);
            return false;
        }

        private async Task<bool> SayAsync(string reply, CancellationToken stopping)
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), stopping);
            return true;
        }

        private async Task<string?> ReadLineAsync(CancellationToken stopping)
        {
            int end;
            while ((end = _buffer.IndexOf((byte)'\n')) < 0)
            {
                if (!await FillAsync(stopping))
                {
                    return null;
                }
            }

            var line = Encoding.UTF8.GetString([.. _buffer.Take(end)]).TrimEnd('\r');
            _buffer.RemoveRange(0, end + 1);
            return line;
        }

        private async Task<byte[]> ReadContentAsync(CancellationToken stopping)
        {
            int end;
            while ((end = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_buffer).IndexOf(End)) < 0)
            {
                if (!await FillAsync(stopping))
                {
                    throw new IOException("The connection ended in the middle of a mail.");
                }
            }

            byte[] content = [.. _buffer.Take(end + 2)];
            _buffer.RemoveRange(0, end + End.Length);
            return content;
        }

        private async Task<bool> FillAsync(CancellationToken stopping)
        {
            var part = new byte[8192];
            var length = await _stream.ReadAsync(part, stopping);
            _buffer.AddRange(part.AsSpan(0, length));
            return length > 0;
        }

        private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
    }
}
