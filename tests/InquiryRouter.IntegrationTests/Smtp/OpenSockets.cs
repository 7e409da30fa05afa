using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>The sockets this process has open, as the operating system knows them: whoever opened them, and however deep a library hides them.</summary>
internal static class OpenSockets
{
    /// <summary>Of each connection of this process to a port of this machine, whether a small piece leaves at once (TCP_NODELAY).</summary>
    public static IReadOnlyList<bool> NoDelayOfConnectionsTo(int port)
    {
        var found = new List<bool>();
        foreach (var name in Directory.GetFiles("/proc/self/fd"))
        {
            if (IsSocket(name))
            {
                // Looked at through a handle that is not its owner: it stays open.
                using var socket = new Socket(new SafeSocketHandle(nint.Parse(Path.GetFileName(name), CultureInfo.InvariantCulture), ownsHandle: false));
                try
                {
                    if (socket.ProtocolType == ProtocolType.Tcp && socket.Connected && ((IPEndPoint)socket.RemoteEndPoint!).Port == port)
                    {
                        found.Add(socket.NoDelay);
                    }
                }
                catch (SocketException)
                {
                    // Another test has closed it meanwhile.
                }
            }
        }

        return found;
    }

    private static bool IsSocket(string name)
    {
        try
        {
            return new FileInfo(name).LinkTarget is { } target && target.StartsWith("socket:", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
