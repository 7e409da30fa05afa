namespace InquiryRouter.Benchmarks.Server;

/// <summary>Runtime settings of this program alone; the server it starts keeps the defaults.</summary>
internal static class SocketTuning
{
    public static readonly IReadOnlyList<(string Name, string Value)> Variables =
    [
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"),
        ("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1"),
    ];
}
