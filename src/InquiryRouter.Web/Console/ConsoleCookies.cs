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
    private const string QuestionName = "console-passkey";
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

    /// <summary>What finds a passkey's question again: only in the browser that was asked, and only from our own pages.</summary>
    public static string? TakeQuestion(HttpContext context)
    {
        var kept = context.Request.Cookies[Name(context, QuestionName)];
        context.Response.Cookies.Delete(Name(context, QuestionName), Strict(context, lifetime: null));
        return kept;
    }

    public static void KeepQuestion(HttpContext context, string token) =>
        context.Response.Cookies.Append(Name(context, QuestionName), token, Strict(context, SignInRules.ChallengeLifetime));

    private static string Name(HttpContext context, string name) => IsSecure(context) ? SecurePrefix + name : name;

    private static bool IsSecure(HttpContext context) =>
        context.RequestServices.GetRequiredService<PublicAddress>().IsSecure(context.Request);

    private static CookieOptions Strict(HttpContext context, TimeSpan? lifetime)
    {
        var options = Options(context, lifetime);
        options.SameSite = SameSiteMode.Strict;
        return options;
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true, Secure = IsSecure(context), SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime,
    };
}
