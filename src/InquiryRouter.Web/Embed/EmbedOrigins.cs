using System.Globalization;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Embed;

/// <summary>The sites that may have the form on their pages; <c>Intake:EmbedOrigins</c>.</summary>
public sealed class EmbedOrigins(IntakeOptions options)
{
    /// <summary>As browsers write them: <c>https://www.example.org</c>. Empty: nobody may.</summary>
    public IReadOnlyList<string> All { get; } = [.. Split(options.EmbedOrigins).Select(Normalise).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Whose pages may show this answer in a frame, for <c>frame-ancestors</c>: the listed sites the form, nobody anything else.</summary>
    public string AncestorsOf(HttpRequest request) => IsFrame(request) ? string.Join(' ', All) : "'none'";

    /// <summary>Whether the answer stands in a frame of a listed site.</summary>
    public bool IsFrame(HttpRequest request) => All.Count > 0 && request.Path == "/inquiry" && request.Query[EmbedFrame.Parameter] == EmbedFrame.Yes;

    /// <summary>The site of a page's address when it is listed, else null.</summary>
    public string? SiteOf(string? page) =>
        Uri.TryCreate(page, UriKind.Absolute, out var address) && All.Contains(OriginOf(address), StringComparer.Ordinal) ? OriginOf(address) : null;

    public static IEnumerable<string> Split(string setting) => setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An origin as browsers write it, or null: it is none that may be listed. Without TLS anybody between could read what an ill person types.</summary>
    public static string? Normalise(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == "https" || (address.Scheme == "http" && address.Host is "localhost" or "127.0.0.1"))
        && address.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && address.PathAndQuery == "/" && address.Fragment.Length == 0 && address.UserInfo.Length == 0 && !text.EndsWith('/') && !text.EndsWith('?') && !text.EndsWith('#')
            ? OriginOf(address)
            : null;

    private static string OriginOf(Uri address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{Host(address)}{(address.IsDefaultPort ? string.Empty : ":")}{(address.IsDefaultPort ? null : (int?)address.Port)}");

    private static string Host(Uri address) => address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
}
