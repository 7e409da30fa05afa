using System.Net.Sockets;
using System.Text;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>A request as no browser sends it, byte by byte.</summary>
internal static class RawRequest
{
    /// <summary>Sends it, and reads until the server closes.</summary>
    /// <param name="app">Whom.</param>
    /// <param name="request">Lines end with \n here.</param>
    public static async Task<RawAnswer> SendAsync(InquiryApp app, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", app.Settings.PublicUrl.IsLoopback ? app.Settings.PublicUrl.Port : new Uri(app.Settings.Urls).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("\n", "\r\n", StringComparison.Ordinal)));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        return new RawAnswer(text.Length == 0 ? 0 : int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), text);
    }
}

/// <param name="Status">0: closed without an answer.</param>
/// <param name="Text">Headers and body.</param>
internal sealed record RawAnswer(int Status, string Text);
