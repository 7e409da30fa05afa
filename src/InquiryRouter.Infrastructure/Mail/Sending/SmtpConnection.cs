using System.Net;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>Connects to the mail server as the settings say, and signs in when they name a user.</summary>
public static class SmtpConnection
{
    /// <param name="client">Not connected; afterwards it is, or an exception says why not.</param>
    /// <param name="options">Where to, and how.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task OpenAsync(SmtpClient client, MailOptions options, CancellationToken cancellation)
    {
        var socket = await ConnectAsync(await Dns.GetHostAddressesAsync(options.Host!, cancellation), options.Port, cancellation);
        try
        {
            await client.ConnectAsync(socket, options.Host!, options.Port, SecurityOf(options), cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (!string.IsNullOrEmpty(options.Username))
        {
            await client.AuthenticateAsync(options.Username, options.Password ?? string.Empty, cancellation);
        }
    }

    /// <summary>
    /// Tries the addresses in turn, each with a socket of its family: as MailKit does by itself, but without Nagle's algorithm. A mail is
    /// written in pieces of 4 KB, and with it the second piece would wait for the server's delayed acknowledgement, 40 ms on Linux.
    /// </summary>
    /// <exception cref="SocketException">None answered; it is the last one's.</exception>
    public static async Task<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        var error = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellation);
                return socket;
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                error = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw error;
    }

    private static SecureSocketOptions SecurityOf(MailOptions options) => options.Security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };
}
