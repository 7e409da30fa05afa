using System.Net;
using System.Net.Sockets;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>The socket to the mail server: a mail of more than 4 KB must not wait for an acknowledgement between its pieces.</summary>
public sealed class SmtpConnectionTests : IAsyncLifetime
{
    private readonly ScriptedSmtpServer _server = new(null, "8BITMIME");
    private readonly MailOptions _options = new() { Host = "127.0.0.1", Security = MailSecurity.None };

    public ValueTask InitializeAsync()
    {
        _options.Port = _server.Port;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_connection_that_mails_are_sent_on_sends_small_pieces_at_once()
    {
        await using var transport = new SmtpTransport(_options);
        var mime = new MimeFactory(_options);
        var id = Guid.NewGuid();
        using var message = mime.Create(id, Clocks.Start, new MailContent
        {
            ToName = "Patient", ToAddress = "patient@patient.example", Subject = "Subject", Text = "Hello", Html = "<p>Hello</p>",
        });

        Assert.Equal(SendOutcome.Delivered, (await transport.SendAsync(id, message, mime.Sender(id), CancellationToken.None)).Outcome);

        Assert.True(Assert.Single(OpenSockets.NoDelayOfConnectionsTo(_server.Port)));
    }

    [Fact]
    public async Task The_connection_of_the_doctor_does_too()
    {
        // It stays silent, so that the connection is still there when it is looked at.
        _server.Expect(new SmtpTrouble(SmtpStage.Greeting, null, Silent: true));
        using var enough = new CancellationTokenSource();
        var probing = SmtpProbe.TryAsync(_options, enough.Token);
        IReadOnlyList<bool> seen;
        while ((seen = OpenSockets.NoDelayOfConnectionsTo(_server.Port)).Count == 0 && !probing.IsCompleted)
        {
            await Task.Delay(5);
        }

        await enough.CancelAsync();

        Assert.True(Assert.Single(seen));
        Assert.NotNull(await probing);
    }

    [Fact]
    public async Task A_socket_that_nobody_told_so_is_seen_to_wait()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Port);

        Assert.False(Assert.Single(OpenSockets.NoDelayOfConnectionsTo(_server.Port)));
    }

    [Fact]
    public async Task An_address_that_does_not_answer_is_followed_by_the_next()
    {
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.IPv6Loopback, IPAddress.Loopback];

        using var socket = await SmtpConnection.ConnectAsync(addresses, _server.Port, CancellationToken.None);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)socket.RemoteEndPoint!).Address);
        Assert.True(socket.NoDelay);
    }

    [Fact]
    public async Task When_no_address_answers_the_last_one_says_why()
    {
        var port = FreePort.Pick(1)[0];

        var error = await Assert.ThrowsAsync<SocketException>(
            () => SmtpConnection.ConnectAsync([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], port, CancellationToken.None));

        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
        await Assert.ThrowsAsync<SocketException>(() => SmtpConnection.ConnectAsync([], port, CancellationToken.None));
    }
}
