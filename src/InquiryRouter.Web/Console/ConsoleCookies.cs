using InquiryRouter.Core.Users;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console;

/// <summary>The session's secret, and what says that somebody has signed in on this device. <c>__Host-</c> where there is HTTPS.</summary>
internal static class ConsoleCookies
{
    private const string SecurePrefix = "__Host-";
    private const string SessionName = "console";
    private const string DeviceName = "console-device";
    private static readonly TimeSpan s_deviceLifetime = TimeSpan.FromDays(365);

    public static string? Session(HttpContext context) => context.Request.Cookies[Name(context, SessionName)];

    public static string? Device(HttpContext context) => context.Request.Cookies[Name(context, DeviceName)];

    public static void SignIn(HttpContext context, string token, string? device)
    {
        context.Response.Cookies.Append(Name(context, SessionName), token, Options(context, SignInRules.LongestSession));
        if (device is not null)
        {
            context.Response.Cookies.Append(Name(context, DeviceName), device, Options(context, s_deviceLifetime));
        }
    }

    public static void SignOut(HttpContext context) =>
        context.Response.Cookies.Delete(Name(context, SessionName), Options(context, lifetime: null));

    private static string Name(HttpContext context, string name) => IsSecure(context) ? SecurePrefix + name : name;

    private static bool IsSecure(HttpContext context) =>
        context.RequestServices.GetRequiredService<PublicAddress>().IsSecure(context.Request);

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true, Secure = IsSecure(context), SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime,
    };
}
