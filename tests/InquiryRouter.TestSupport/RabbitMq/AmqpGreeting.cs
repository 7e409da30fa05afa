using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace InquiryRouter.TestSupport;

/// <summary>The first exchange of AMQP 0-9-1: the client's protocol header, the server's connection.start.</summary>
internal static class AmqpGreeting
{
    private const int FrameHeaderLength = 7;

    private static readonly byte[] ProtocolHeader = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    /// <summary>The version that the broker on this port of 127.0.0.1 says it has, or null when none answers within 2 s.</summary>
    public static async Task<string?> VersionAtAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        using var client = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(ProtocolHeader, limit.Token);

            // Type (1 is a method), channel (2 bytes), length of the payload (4 bytes).
            var header = new byte[FrameHeaderLength];
            await stream.ReadExactlyAsync(header, limit.Token);
            var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(3));
            if (header[0] != 1 || length is < 1 or > 65536)
            {
                return null;
            }

            var payload = new byte[length];
            await stream.ReadExactlyAsync(payload, limit.Token);
            return VersionIn(payload);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    // In the table of server properties: a short string (the name), 'S', a long string (the value).
    private static string VersionIn(ReadOnlySpan<byte> payload)
    {
        var name = "\u0007versionS"u8;
        var at = payload.IndexOf(name);
        var value = at < 0 ? default : payload[(at + name.Length)..];
        if (value.Length < 4)
        {
            return "of unknown version";
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(value);
        return length >= 0 && length <= value.Length - 4 ? Encoding.UTF8.GetString(value.Slice(4, length)) : "of unknown version";
    }
}
