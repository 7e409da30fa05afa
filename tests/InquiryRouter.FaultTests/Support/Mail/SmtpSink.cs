using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace InquiryRouter.FaultTests.Support.Mail;

/// <summary>A mail server on 127.0.0.1 that takes every mail and keeps it as it came, as often as it came.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string Recipient, byte[] Bytes)> _taken = new();
    private readonly Task _accepting;
    private readonly TimeSpan _thinks;

    /// <param name="thinks">How long it has each mail before it says that it took it.</param>
    public SmtpSink(TimeSpan thinks = default)
    {
        _thinks = thinks;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>Told of each moment of a mail before the sink goes on; null: nobody asks.</summary>
    public Func<SmtpMoment, Task>? Passing { get; set; }

    /// <summary>Every arrival, oldest first.</summary>
    public IReadOnlyList<ArrivedMail> Arrived => [.. _taken.Select(t => ArrivedMail.Parse(t.Bytes, t.Recipient))];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private Task TakeAsync(string recipient, byte[] bytes)
    {
        _taken.Enqueue((recipient, bytes));
        return Task.Delay(_thinks);
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await SmtpConversation.HoldAsync(client.GetStream(), TakeAsync, moment => Passing?.Invoke(moment) ?? Task.CompletedTask);
            }
        }
        catch (IOException)
        {
            // Killed in the middle: what had no final dot was not a mail.
        }
    }
}
