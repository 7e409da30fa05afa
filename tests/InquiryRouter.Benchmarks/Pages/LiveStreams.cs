using System.Text.RegularExpressions;

namespace InquiryRouter.Benchmarks.Pages;

/// <summary>Live streams that stay open while pages are measured, as of as many colleagues.</summary>
internal sealed partial class LiveStreams : IDisposable
{
    private readonly List<Stream> _streams = [];

    public static async Task<LiveStreams> OpenAsync(ConsoleVisitor visitor, int count, CancellationToken cancel)
    {
        var open = new LiveStreams();
        if (Address().Match(await visitor.TextAsync(ConsoleVisitor.Home, cancel)) is { Success: true } address)
        {
            for (var i = 0; i < count; i++)
            {
                open._streams.Add(await visitor.StreamAsync(address.Groups["value"].Value, cancel));
            }
        }

        return open;
    }

    public void Dispose() => _streams.ForEach(s => s.Dispose());

    [GeneratedRegex("""(?:sse-connect|data-live|hx-sse|data-stream)="(?<value>/console/[^"]+)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
