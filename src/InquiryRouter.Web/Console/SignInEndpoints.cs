using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace InquiryRouter.Web.Console;

/// <summary>The ways in and out.</summary>
internal static class SignInEndpoints
{
    public const string Path = "/console/sign-in";
    public const string InvitationPath = "/console/invitation";
    public const string DemoPath = "/console/demo";
    public const string SignOutPath = "/console/sign-out";
    private const int LongestMail = 254;
    private const int LongestWay = 500;

    public static void MapConsoleSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SignIn, Form);
        routes.MapConsolePost(Path, Access.SignIn, SignInAsync);
        routes.MapConsolePost(SignOutPath, Access.UseConsole, SignOutAsync);
        routes.MapConsoleGet(InvitationPath, Access.SignIn, InvitationAsync);
        routes.MapConsolePost(InvitationPath, Access.SignIn, AcceptAsync);
        routes.MapConsoleGet(DemoPath, Access.SignIn, DemoAsync);
        routes.MapConsolePost(DemoPath, Access.SignIn, UseDemoAsync);
    }

    /// <summary>Where somebody tries from.</summary>
    public static SignInPlace PlaceOf(HttpContext context) =>
        new(SenderLimits.SenderOf(context), ConsoleCookies.Device(context), Devices.Name(context.Request.Headers.UserAgent.ToString()));

    /// <summary>A page of the console, or the first one: never another site.</summary>
    public static string WayOn(string? to) =>
        to is { Length: > 0 and <= LongestWay } && Uri.TryCreate(
            to, UriKind.Relative, out _) && !to.Contains('\\', StringComparison.Ordinal)
        && !to.Any(char.IsControl) && (to == ConsoleGate.Path || to.StartsWith(ConsoleGate.Path + "/", StringComparison.Ordinal)
            || to.StartsWith(ConsoleGate.Path + "?", StringComparison.Ordinal))
            ? to
            : ConsoleGate.Path;

    private static IResult Form(HttpContext context, [FromQuery] string? to) => ConsoleUser.Of(context) is not null
        ? Results.Redirect(WayOn(to))
        : ConsolePages.Page<SignInPage>(new SignInModel(WayOn(to), string.Empty, null));

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignIn signIn, ConsoleSessions sessions, [FromForm] string? mail, [FromForm] string? password,
        [FromForm] string? code, [FromForm] string? to)
    {
        var typed = (mail ?? string.Empty).Trim();
        if (typed.Length > LongestMail)
        {
            return Again(StatusCodes.Status422UnprocessableEntity, SignInModel.Wrong);
        }

        switch (await signIn.RunAsync(typed, password ?? string.Empty, code ?? string.Empty, PlaceOf(context), context.RequestAborted))
        {
            case SignInOutcome.SignedIn done:
                await EndFormerAsync(context, sessions);
                ConsoleCookies.SignIn(context, done.Token, done.KnownDevice);
                return ConsolePages.SeeOther(context, WayOn(to));
            case SignInOutcome.TooMany:
                return Again(StatusCodes.Status429TooManyRequests, SignInModel.TooMany);
            default:
                return Again(StatusCodes.Status422UnprocessableEntity, SignInModel.Wrong);
        }

        IResult Again(int status, string problem) => ConsolePages.Page<SignInPage>(new SignInModel(WayOn(to), typed, problem), status);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, ConsoleSessions sessions, ConsoleUser user)
    {
        await sessions.SignOutAsync(user.User, user.Session, context.RequestAborted);
        ConsoleCookies.SignOut(context);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return ConsolePages.SeeOther(context, Path);
    }

    private static async Task<IResult> InvitationAsync(HttpContext context, AcceptInvitation accept, [FromQuery] string? link)
    {
        if (await LinkCookies.ExchangeAsync(context, LinkPurpose.Invitation) is { } redirect)
        {
            return redirect;
        }

        return await accept.FindAsync(LinkCookies.Find(context, LinkPurpose.Invitation, link), context.RequestAborted) is { } user
            ? ConsolePages.Page<InvitationPage>(InvitationModel.Of(user, link!, accept.Offer(user), null))
            : EndedInvitation();
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext context, AcceptInvitation accept, ConsoleSessions sessions, ShownOnce shown, [FromForm] string? link,
            [FromForm] string? password,
        [FromForm] string? again, [FromForm] string? code, [FromForm] string? secret, [FromForm] string? proof)
    {
        var token = LinkCookies.Find(context, LinkPurpose.Invitation, link);
        if (await accept.FindAsync(token, context.RequestAborted) is not { } user)
        {
            return EndedInvitation();
        }

        if (password != again)
        {
            return Again("The two passwords are not the same.");
        }

        var offered = accept.Offered(user, secret, proof);
        switch (
            await accept.RunAsync(token, password ?? string.Empty, code ?? string.Empty, offered, PlaceOf(context), context.RequestAborted))
        {
            case InvitationOutcome.Welcome welcome:
                LinkCookies.Close(context, LinkPurpose.Invitation, link);
                await EndFormerAsync(context, sessions);
                ConsoleCookies.SignIn(context, welcome.Token, welcome.KnownDevice);
                return welcome.RecoveryCodes.Count == 0
                    ? ConsolePages.SeeOther(context, ConsoleGate.Path)
                    : await AccountEndpoints.CodesAsync(context, shown, welcome.User.Id, welcome.RecoveryCodes);
            case InvitationOutcome.BadPassword bad:
                return Again(PasswordWords.Of(bad.Problem));
            case InvitationOutcome.BadCode:
                return Again("The code is not right, or was used before. Wait for the next one, and type that.");
            case InvitationOutcome.TooMany:
                return Again(SignInModel.TooMany);
            default:
                return EndedInvitation();
        }

        IResult Again(string problem)
        {
            // The app that was set up stays: it is not to be scanned twice.
            var offer = accept.Offered(user, secret, proof) is null ? accept.Offer(user) : (secret!, proof!);
            return ConsolePages.Page<InvitationPage>(
                InvitationModel.Of(user, link!, offer, problem), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static RazorComponentResult<ConsoleMessagePage> EndedInvitation() => ConsolePages.Message(
        StatusCodes.Status404NotFound, "This invitation has ended",
        "It was used, or it is older than three days. Ask an administrator for another one, or sign in if you have set your password.",
        ("Sign in", Path));

    private static async Task<IResult> DemoAsync(HttpContext context, IHostEnvironment environment, [FromQuery] string? link)
    {
        if (!environment.IsDevelopment())
        {
            return ConsolePages.NotFound();
        }

        return await LinkCookies.ExchangeAsync(context, LinkPurpose.DemoSignIn)
            ?? (LinkCookies.Find(context, LinkPurpose.DemoSignIn, link) is null ? EndedDemo() : ConsolePages.Page<DemoPage>(link!));
    }

    private static async Task<IResult> UseDemoAsync(
        HttpContext context, IHostEnvironment environment, DemoSignIn demo, [FromForm] string? link)
    {
        if (!environment.IsDevelopment())
        {
            return ConsolePages.NotFound();
        }

        var token = LinkCookies.Find(context, LinkPurpose.DemoSignIn, link);
        if (await demo.UseAsync(token, PlaceOf(context).Device, context.RequestAborted) is not { } session)
        {
            return EndedDemo();
        }

        LinkCookies.Close(context, LinkPurpose.DemoSignIn, link);
        ConsoleCookies.SignIn(context, session, device: null);
        return ConsolePages.SeeOther(context, ConsoleGate.Path);
    }

    private static RazorComponentResult<ConsoleMessagePage> EndedDemo() => ConsolePages.Message(
        StatusCodes.Status404NotFound, "This link has ended",
        "It works once, and for a quarter of an hour. Start the program again, and it prints another one.", ("Sign in", Path));

    // Whoever signs in again where somebody was signed in does not leave that session behind.
    internal static async Task EndFormerAsync(HttpContext context, ConsoleSessions sessions)
    {
        if (ConsoleUser.Of(context) is { } former)
        {
            await sessions.SignOutAsync(former.User, former.Session, context.RequestAborted);
        }
    }
}
