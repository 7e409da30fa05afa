using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace InquiryRouter.TestSupport;

/// <summary>
/// Ports of 127.0.0.1 that nobody listens on. They lie below those the system gives to outgoing connections: while the
/// broker is down, a client that knocks on a port of that range may be connected to itself and so take the port away.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 20000;

    public static IReadOnlyList<int> Pick(int count)
    {
        var highest = Math.Max(FirstOutgoing() - 1, Lowest + 1000);
        var listeners = new List<TcpListener>();
        try
        {
            // All are held until the last is found, so that they differ.
            while (listeners.Count < count)
            {
                var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(Lowest, highest + 1)) { ExclusiveAddressUse = true };
                try
                {
                    listener.Start();
                    listeners.Add(listener);
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                {
                    listener.Dispose();
                }
            }

            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(l => l.Dispose());
        }
    }

    private static int FirstOutgoing()
    {
        const string range = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(range)
            ? int.Parse(File.ReadAllText(range).Split('\t', ' ')[0], CultureInfo.InvariantCulture)
            : 32768;
    }
}
