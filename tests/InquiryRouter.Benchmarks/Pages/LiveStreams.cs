namespace InquiryRouter.Benchmarks.Pages;

/// <summary>Live streams that stay open while pages are measured, as of as many colleagues.</summary>
internal sealed class LiveStreams : IDisposable
{
    private const string Address = "/console/live";

    private readonly List<Stream> _streams = [];

    public static async Task<LiveStreams> OpenAsync(ConsoleVisitor visitor, int count, CancellationToken cancel)
    {
        var open = new LiveStreams();
        for (var i = 0; i < count; i++)
        {
            open._streams.Add(await visitor.StreamAsync(Address, cancel));
        }

        return open;
    }

    public void Dispose() => _streams.ForEach(s => s.Dispose());
}
