using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Pages.Requests;

/// <summary>How this site is reached from outside (<c>Mail:PublicUrl</c>), whatever a proxy in front of it passes on.</summary>
public sealed class PublicAddress(Uri url)
{
    private const string TwoYears = "max-age=63072000; includeSubDomains";

    public HostString Host { get; } = HostString.FromUriComponent(url);

    /// <summary>Whoever asks does so over HTTPS, here or at a proxy that says nothing of it.</summary>
    public bool IsSecure(HttpRequest request) => request.IsHttps || url.Scheme == Uri.UriSchemeHttps;

    /// <summary>What a browser is told to keep to (RFC 6797); null: nothing, as on this machine itself and for an address of numbers.</summary>
    public string? TransportSecurity { get; } =
        url.Scheme == Uri.UriSchemeHttps && url.HostNameType == UriHostNameType.Dns && !url.IsLoopback ? TwoYears : null;

    /// <summary>True when a page of this site sent the request, by what an old browser says of it.</summary>
    public bool IsOrigin(Uri origin) => origin.Scheme == url.Scheme && origin.Authority.Equals(url.Authority, StringComparison.OrdinalIgnoreCase);
}
