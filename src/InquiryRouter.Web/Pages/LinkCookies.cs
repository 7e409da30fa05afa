using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Pages;

/// <summary>
/// A link's secret leaves the address bar on the first visit: it moves into a cookie of that link, and the page is opened again with the
/// link's short name. Several links can be open side by side, but never more than a browser sends along with ease. Opening a link changes
/// nothing else.
/// </summary>
internal static class LinkCookies
{
    public const string TokenParameter = "t";
    public const string NameParameter = "link";

    /// <summary>Links open in one browser; together under 2 KB. The one that was opened longest ago makes room.</summary>
    public const int MostOpen = 20;

    private const string Mark = "ir-";
    private const string SecurePrefix = "__Host-";
    private const char Since = '.';
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);

    /// <summary>The redirect that takes the secret out of the URL, or null when the request has none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="purpose">Of the page.</param>
    /// <param name="opens">Whether a secret that is known opens something for whoever has it; null: it does.</param>
    public static async Task<IResult?> ExchangeAsync(HttpContext context, LinkPurpose purpose, Func<string, Task<bool>>? opens = null)
    {
        var token = context.Request.Query[TokenParameter].ToString();
        if (token.Length is 0 or > 100)
        {
            return null;
        }

        // What opens nothing, and never did, is not kept.
        var services = context.RequestServices;
        var known = await services.GetRequiredService<Database>().ReadAsync(
            session => AccessLinkStore.FindEndedAsync(session, token, purpose), context.RequestAborted);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (known is null || known.RevokedAt is not null || known.ExpiresAt <= now)
        {
            services.GetRequiredService<SecurityLog>().LinkRefused(purpose.ToString(), known is null ? "unknown" : "ended");
        }
        else if (opens is not null && !await opens(token))
        {
            known = null;
        }

        var name = known is null ? null : $"?{NameParameter}={Open(context, purpose, token)}";
        return Results.Redirect(services.GetRequiredService<PageLanguage>().Url($"{context.Request.Path}{name}"));
    }

    /// <summary>Opens a link in this browser.</summary>
    /// <returns>The short name of the link.</returns>
    public static string Open(HttpContext context, LinkPurpose purpose, string token)
    {
        var name = Name(token);
        var cookie = CookieName(context, purpose, name);
        var others = context.Request.Cookies.Where(c => IsOfALink(c.Key) && c.Key != cookie)
            .OrderByDescending(c => OpenedAt(c.Value)).Select(c => c.Key);
        foreach (var tooMany in others.Skip(MostOpen - 1))
        {
            context.Response.Cookies.Delete(tooMany, Options(context, tooMany));
        }

        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var options = Options(context, cookie);
        options.MaxAge = s_lifetime;
        context.Response.Cookies.Append(cookie, string.Create(CultureInfo.InvariantCulture, $"{token}{Since}{now:x}"), options);
        return name;
    }

    /// <summary>This browser forgets the link with this short name.</summary>
    public static void Close(HttpContext context, LinkPurpose purpose, string? name)
    {
        if (Find(context, purpose, name) is not null)
        {
            var cookie = CookieName(context, purpose, name!);
            context.Response.Cookies.Delete(cookie, Options(context, cookie));
        }
    }

    /// <summary>This browser forgets the page it showed; whoever sits there next finds nothing.</summary>
    public static IResult Leave(HttpContext context, string? name, params ReadOnlySpan<LinkPurpose> purposes)
    {
        if (!IsCrossSite(context))
        {
            foreach (var purpose in purposes)
            {
                Close(context, purpose, name);
            }

            context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        }

        return PageResults.Message(context, StatusCodes.Status200OK, "left");
    }

    /// <summary>The secret of the link with this short name, if this browser has opened it.</summary>
    public static string? Find(HttpContext context, LinkPurpose purpose, string? name) =>
        name is not null && AccessLinkStore.IsName(name)
            ? context.Request.Cookies[CookieName(context, purpose, name)]?.Split(Since)[0]
            : null;

    /// <summary>The secrets of the links this browser has open, the one opened last first.</summary>
    public static IReadOnlyList<string> ListOpen(HttpContext context, LinkPurpose purpose)
    {
        var mark = CookieName(context, purpose, string.Empty);
        return [.. context.Request.Cookies.Where(c => c.Key.StartsWith(mark, StringComparison.Ordinal))
            .OrderByDescending(c => OpenedAt(c.Value)).Select(c => c.Value.Split(Since)[0])];
    }

    /// <summary>True when a browser says that the request comes from another site.</summary>
    public static bool IsCrossSite(HttpContext context)
    {
        var isCross = ComesFromAnotherSite(context);
        if (isCross)
        {
            context.RequestServices.GetRequiredService<SecurityLog>().CrossSiteRefused();
        }

        return isCross;
    }

    private static bool ComesFromAnotherSite(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => false,

        // An old browser: of our own pages, which send no referrer, it says "null". A proxy may name itself as the host, and not us.
        "" => OriginOf(context) is { } origin && !IsOurs(context, origin),
        _ => true,
    };

    /// <summary>
    /// True when a browser says that the request comes from a page of ours. The console asks for that; links of patients work without.
    /// </summary>
    public static bool ComesFromHere(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        "" => OriginOf(context) is { } origin && IsOurs(context, origin),
        _ => false,
    };

    private static Uri? OriginOf(HttpContext context) =>
        Uri.TryCreate(context.Request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) ? origin : null;

    private static bool IsOurs(HttpContext context, Uri origin) =>
        origin.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
        || context.RequestServices.GetRequiredService<PublicAddress>().IsOrigin(origin);

    private static CookieOptions Options(HttpContext context, string cookie) => new()
    {
        HttpOnly = true,
        Secure = cookie.StartsWith(SecurePrefix, StringComparison.Ordinal) || IsSecure(context),

        // Strict would not survive the click in a mail program; Lax keeps other sites from posting.
        SameSite = SameSiteMode.Lax,
        Path = "/",
    };

    private static string Name(string token) => AccessLinkStore.NameOf(AccessLinkStore.Hash(token));

    private static bool IsOfALink(string cookie) =>
        cookie.StartsWith(Mark, StringComparison.Ordinal) || cookie.StartsWith(SecurePrefix + Mark, StringComparison.Ordinal);

    private static long OpenedAt(string value) =>
        value.Split(Since) is [_, var since] && long.TryParse(since, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at) ? at : 0;

    private static bool IsSecure(HttpContext context) =>
        context.RequestServices.GetRequiredService<PublicAddress>().IsSecure(context.Request);

    // __Host- needs HTTPS; the embedded start on this machine has none.
    private static string CookieName(HttpContext context, LinkPurpose purpose, string name) =>
        $"{(IsSecure(context) ? SecurePrefix : string.Empty)}{Mark}{purpose}-{name}";
}
