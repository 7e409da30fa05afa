using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>One kept HTTP/1.1 connection, one request at a time. A raw socket: HttpClient costs several times the CPU.</summary>
internal sealed class HttpConnection(IPEndPoint server, InquiryRequests requests) : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly byte[] _request = new byte[requests.Longest];
    private readonly byte[] _answer = new byte[16 * 1024];
    private Socket? _socket;
    private int _filled;
    private long _lastUsed;
    private long _waitingSince;

    /// <summary>The start of the last answer's body, for a report of what was refused.</summary>
    public string Excerpt(HttpAnswer answer)
    {
        var body = Encoding.UTF8.GetString(_answer.AsSpan(answer.BodyStart.._filled));
        var (start, end) = (body.IndexOf('{', StringComparison.Ordinal), body.LastIndexOf('}'));
        var json = start >= 0 && end > start ? body[start..(end + 1)] : body;
        return json[..Math.Min(json.Length, 600)].ReplaceLineEndings(" ").Trim();
    }

    public async Task OpenAsync(CancellationToken cancel)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancel);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        Volatile.Write(ref _socket, socket);
    }

    /// <summary>Posts inquiry <paramref name="number"/>. A failed connection is <see cref="HttpAnswer.None"/>, not an exception.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HttpAnswer> PostAsync(long number, CancellationToken cancel)
    {
        try
        {
            if (_socket is null || WasClosedWhileIdle(_socket))
            {
                Close();
                await OpenAsync(cancel);
            }

            var socket = _socket!;
            Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());
            var length = requests.Write(number, _request);
            for (var sent = 0; sent < length;)
            {
                sent += await socket.SendAsync(_request.AsMemory(sent, length - sent), SocketFlags.None, CancellationToken.None);
            }

            var answer = HttpAnswer.None;
            _filled = 0;
            do
            {
                var received = await socket.ReceiveAsync(_answer.AsMemory(_filled), SocketFlags.None, CancellationToken.None);
                if (received == 0)
                {
                    Close();
                    return HttpAnswer.None;
                }

                _filled += received;
            }
            while (!HttpAnswer.TryRead(_answer.AsSpan(0, _filled), out answer));

            _lastUsed = Stopwatch.GetTimestamp();
            if (!answer.KeepAlive)
            {
                Close();
            }

            return answer;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidDataException or OperationCanceledException)
        {
            Close();
            return HttpAnswer.None;
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
        }
    }

    /// <summary>Called by a watchdog: receives carry no timer of their own, so a silent server is cut off from outside.</summary>
    public void CutWhenSilent()
    {
        var since = Volatile.Read(ref _waitingSince);
        if (since != 0 && Stopwatch.GetElapsedTime(since) > AnswerLimit)
        {
            Volatile.Read(ref _socket)?.Dispose();
        }
    }

    public void Dispose() => Close();

    /// <summary>A server may close an idle connection; that is no failed post.</summary>
    private bool WasClosedWhileIdle(Socket socket) =>
        Stopwatch.GetElapsedTime(_lastUsed) > TimeSpan.FromSeconds(1) && socket.Poll(0, SelectMode.SelectRead);

    private void Close()
    {
        Volatile.Read(ref _socket)?.Dispose();
        Volatile.Write(ref _socket, null);
    }
}
