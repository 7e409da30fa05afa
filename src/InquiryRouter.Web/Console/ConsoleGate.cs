using InquiryRouter.Application;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console.Inquiries;
using InquiryRouter.Web.Console.Unfinished;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InquiryRouter.Web.Console;

/// <summary>Stands before every page of the console: is it our own form, who is it, and may they?</summary>
internal static class ConsoleGate
{
    public const string Path = "/console";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "object-src 'none'; frame-ancestors 'none'";

    public static bool IsConsole(HttpContext context) => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal);

    public static void UseConsoleGate(this IApplicationBuilder app) => app.UseWhen(IsConsole, console => console.Use(RunAsync));

    /// <summary>The headers of every answer, over those of other pages.</summary>
    public static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.Vary = "HX-Request";

        // Says to this site alone which page a form was sent from; addresses of the console hold no secret and no name.
        headers["Referrer-Policy"] = "same-origin";
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ConsoleEntry>() is not { } entry)
        {
            // What a form was sent to is no page: reloaded, or opened in a new tab, it is the page that its form stands on.
            if (IsSafe(context.Request.Method) && !ConsolePages.IsPart(context.Request) && FormPages.Of(context) is { } page)
            {
                context.Response.Redirect(page);
                return;
            }

            // No such page; or one that was mapped past the table, which nobody may.
            await FindUserAsync(context, isDeed: false);
            if (context.GetEndpoint() is RouteEndpoint)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await next(context);
            return;
        }

        if (!IsSafe(context.Request.Method) && !LinkCookies.ComesFromHere(context))
        {
            context.RequestServices.GetRequiredService<SecurityLog>().CrossSiteRefused();
            await ConsolePages.Message(
                StatusCodes.Status403Forbidden, "This came from another site",
                "Nothing was done. Open the console itself, and press the button there.", isOurs: false).ExecuteAsync(context);
            return;
        }

        var user = await FindUserAsync(context, entry.IsDeed && !IsPrefetch(context.Request));
        if (entry.Access == Access.SignIn || user?.May(entry.Access) == true)
        {
            var needsProof = context.GetEndpoint()!.Metadata.GetMetadata<ConsoleStepUp>() is not null;
            if (needsProof && user?.HasFreshProof(context) != true)
            {
                await AskForProof(context).ExecuteAsync(context);
                return;
            }

            await next(context);
            await context.RequestServices.GetRequiredService<RefusedForms>().TakenAsync(context);
            return;
        }

        await (user is null ? AskToSignIn(context) : await RefuseAsync(context, user, entry.Access)).ExecuteAsync(context);
    }

    private static async Task<ConsoleUser?> FindUserAsync(HttpContext context, bool isDeed)
    {
        var sessions = context.RequestServices.GetRequiredService<ConsoleSessions>();
        if (await sessions.FindAsync(ConsoleCookies.Session(context), isDeed, context.RequestAborted) is not var (found, session)
            || (session.Factors == DemoSignIn.Factor && !context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()))
        {
            return null;
        }

        var preferences = context.RequestServices.GetRequiredService<Preferences>();
        var user = new ConsoleUser(found, session, await preferences.FindAsync(found.Id, context.RequestAborted));
        context.Features.Set(user);
        return user;
    }

    // A page is asked for again once they have signed in; what was typed is kept, and offered then.
    private static IResult AskToSignIn(HttpContext context)
    {
        var isSafe = IsSafe(context.Request.Method);
        if (isSafe && !ConsolePages.IsPart(context.Request))
        {
            return Results.Redirect(
                $"{SignInEndpoints.Path}?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        }

        var page = isSafe ? null : InquiryEndpoints.PageOf(context.Request.Path);
        return ConsolePages.Message(
            StatusCodes.Status401Unauthorized, "You are not signed in any more",
            "Nothing was done.",
            ("Sign in", page is null ? SignInEndpoints.Path : $"{SignInEndpoints.Path}?to={Uri.EscapeDataString(page)}"));
    }

    private static async Task<IResult> RefuseAsync(HttpContext context, ConsoleUser user, Access access)
    {
        var services = context.RequestServices;
        services.GetRequiredService<SecurityLog>().AccessRefused(user.Id.Value, access.ToString());
        await services.GetRequiredService<RecordAccess>().RunAsync(
            SystemEvent.AccessRefused(user.Id, access), user.Actor, context.RequestAborted);
        return ConsolePages.Message(
            StatusCodes.Status403Forbidden, "Your role does not allow this",
            $"Nothing was done. You are signed in as {UserRoleNames.Write(user.Roles).Replace(",", ", ", StringComparison.Ordinal)}. "
            + $"It takes one of: {UserRoleNames.Write(
                AccessTable.Who(access)).Replace(",", ", ", StringComparison.Ordinal)}. {(user.May(Access.ManageUsers)
                ? "Nobody gives a role to themselves: another administrator can." : "An administrator can give it.")}",
            way: null, Unsent.NotAllowed);
    }

    private static RazorComponentResult<ConsoleMessagePage> AskForProof(HttpContext context) => ConsolePages.Message(
        StatusCodes.Status403Forbidden, "Show your code again",
        "Nothing was done: this needs a code of your app from the last ten minutes. Show one, and press the button again.",
        ("Show a code", $"{AccountEndpoints.ProofPath}?to={Uri.EscapeDataString(AccountEndpoints.PageOf(context.Request.Path))}"),
            Unsent.NeedsProof);

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static bool IsPrefetch(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().StartsWith("prefetch", StringComparison.Ordinal);
}
