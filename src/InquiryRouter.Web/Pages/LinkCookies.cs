using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Pages;

/// <summary>
/// A link's secret leaves the address bar on the first visit: it moves into a cookie of that link, and the page is opened again with the
/// link's short name. Several links can be open side by side. Opening a link changes nothing else.
/// </summary>
internal static class LinkCookies
{
    public const string TokenParameter = "t";
    public const string NameParameter = "link";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);

    /// <summary>The redirect that takes the secret out of the URL, or null when the request has none.</summary>
    public static IResult? Exchange(HttpContext context, LinkPurpose purpose)
    {
        var token = context.Request.Query[TokenParameter].ToString();
        if (token.Length is 0 or > 100)
        {
            return null;
        }

        var name = Open(context, purpose, token);
        return Results.Redirect(context.RequestServices.GetRequiredService<PageLanguage>().Url($"{context.Request.Path}?{NameParameter}={name}"));
    }

    /// <summary>Opens a link in this browser.</summary>
    /// <returns>The short name of the link.</returns>
    public static string Open(HttpContext context, LinkPurpose purpose, string token)
    {
        var name = Name(token);
        context.Response.Cookies.Append(CookieName(context, purpose, name), token, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,

            // Strict would not survive the click in a mail program; Lax keeps other sites from posting.
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = s_lifetime,
        });
        return name;
    }

    /// <summary>The secret of the link with this short name, if this browser has opened it.</summary>
    public static string? Find(HttpContext context, LinkPurpose purpose, string? name) =>
        name is { Length: 16 } && name.All(char.IsAsciiHexDigitLower)
            ? context.Request.Cookies[CookieName(context, purpose, name)]
            : null;

    /// <summary>True when a browser says that the request comes from another site.</summary>
    public static bool IsCrossSite(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => false,

        // An old browser: of our own pages, which send no referrer, it says "null".
        "" => Uri.TryCreate(context.Request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && !origin.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private static string Name(string token) => Convert.ToHexStringLower(AccessLinkStore.Hash(token).AsSpan(0, 8));

    // __Host- needs HTTPS; the embedded start on this machine has none.
    private static string CookieName(HttpContext context, LinkPurpose purpose, string name) =>
        $"{(context.Request.IsHttps ? "__Host-" : string.Empty)}ir-{purpose}-{name}";
}
