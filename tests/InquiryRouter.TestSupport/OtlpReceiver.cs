using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Xunit;

namespace InquiryRouter.TestSupport;

/// <summary>Takes what is exported over HTTP, and keeps it as text: names and values stand in it as they are.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Text)> _bodies = new();
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OtlpReceiver()
    {
        Url = $"http://127.0.0.1:{FreePort.Pick(1)[0].ToString(CultureInfo.InvariantCulture)}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public IReadOnlyCollection<(string Path, string Text)> Bodies => _bodies;

    /// <summary>Waits until something has come to each of these paths: what is exported is gathered first.</summary>
    public async Task UntilAllCameAsync(IReadOnlyCollection<string> paths, TimeSpan limit)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (paths.FirstOrDefault(p => _bodies.All(b => b.Path != p)) is { } missing)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < limit, $"Nothing came to {missing}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _bodies.Enqueue((context.Request.Url!.AbsolutePath, Encoding.UTF8.GetString(body.ToArray())));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
