using System.Globalization;
using System.Net;
using System.Net.Sockets;
using InquiryRouter.Benchmarks.Sink;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace InquiryRouter.Benchmarks.Ceilings;

/// <summary>MailKit that hands over mails of the size the server's have, over as many connections.</summary>
internal static class BareMail
{
    private const int Count = 10_000;

    // The server's Mail:Connections.
    private const int Connections = 4;

    // What headers come to beside the text.
    private const int Headers = 400;

    /// <param name="sink">Takes them.</param>
    /// <param name="bytes">Of a mail of the server, as the sink has counted.</param>
    /// <param name="cancel">Ends it in the middle.</param>
    public static async Task<Ceiling> MeasureAsync(SmtpSink sink, int bytes, CancellationToken cancel)
    {
        var line = new string('x', 74) + "\r\n";
        var text = string.Concat(Enumerable.Repeat(line, Math.Max(1, (bytes - Headers) / line.Length)));
        var clients = new List<SmtpClient>();
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                var client = new SmtpClient();
                clients.Add(client);

                // Without it, each mail of more than 4 KB waits 40 ms for an acknowledgement; the server does the same.
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, sink.Port, cancel);
                await client.ConnectAsync(socket, "127.0.0.1", sink.Port, SecureSocketOptions.None, cancel);
            }

            var perSecond = await Measured.PerSecondAsync(Connections, Count, SendAsync, cancel);
            return new Ceiling(
                "bare MailKit", perSecond,
                string.Create(CultureInfo.InvariantCulture, $"mails of {bytes:N0} bytes over {Connections} connections; the server sends two for an inquiry"));
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }

        async Task SendAsync(int caller)
        {
            using var mail = new MimeMessage
            {
                Subject = "Your request",
                Body = new TextPart("plain") { Text = text },
            };
            mail.From.Add(new MailboxAddress("InquiryRouter", "router@load.example"));
            mail.To.Add(new MailboxAddress("A patient", "somebody@load.example"));
            await clients[caller].SendAsync(mail, cancel);
        }
    }
}
