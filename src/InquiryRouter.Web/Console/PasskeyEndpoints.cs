using InquiryRouter.Application.Users;
using InquiryRouter.Application.Users.Passkeys;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console;

/// <summary>
/// Passkeys: a question is fetched by the script, which sends the browser's answer with the form it stands in. Everything else is a page.
/// </summary>
internal static class PasskeyEndpoints
{
    public const string SignInPath = SignInEndpoints.Path + "/passkey";
    public const string PasswordPath = SignInPath + "/password";
    public const string AddPath = AccountEndpoints.Path + "/passkeys";
    public const string RemovePath = AddPath + "/remove";
    public const string ProofPath = AccountEndpoints.ProofPath + "/passkey";

    /// <summary>Behind each of the paths above the question of it.</summary>
    public const string Question = "/question";

    public static void MapConsolePasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapConsolePost(SignInPath + Question, Access.SignIn, AskAsync);
        routes.MapConsolePost(SignInPath, Access.SignIn, SignInAsync);
        routes.MapConsolePost(PasswordPath, Access.SignIn, AddPasswordAsync);
        routes.MapConsolePost(ProofPath + Question, Access.UseConsole, AskToProveAsync);
        routes.MapConsolePost(ProofPath, Access.UseConsole, ProveAsync);
        routes.MapConsolePost(AddPath + Question, Access.UseConsole, AskForNewAsync).NeedsFreshProof();
        routes.MapConsolePost(AddPath, Access.UseConsole, AddAsync).NeedsFreshProof();
        routes.MapConsolePost(RemovePath, Access.UseConsole, RemoveAsync).NeedsFreshProof();
    }

    private static async Task<IResult> AskAsync(HttpContext context, PasskeySite site, SignInWithPasskey signIn)
    {
        if (site.Domain is null)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        return await signIn.AskAsync(SignInEndpoints.PlaceOf(context), context.RequestAborted) is { } question
            ? Answer(context, question)
            : Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, SignInWithPasskey signIn, ConsoleSessions sessions, [FromForm] string? credential,
        [FromForm] string? to)
    {
        var place = SignInEndpoints.PlaceOf(context);
        var done = await signIn.RunAsync(ConsoleCookies.TakeQuestion(context), credential, place, context.RequestAborted);
        return done is PasskeySignIn.NeedsPassword needs
            ? AskForPassword(context, needs.Token, to, problem: null)
            : await EndAsync(context, sessions, done, to);
    }

    private static async Task<IResult> AddPasswordAsync(
        HttpContext context, SignInWithPasskey signIn, ConsoleSessions sessions, [FromForm] string? password,
        [FromForm] string? to)
    {
        var place = SignInEndpoints.PlaceOf(context);
        var done = await signIn.AddPasswordAsync(
            ConsoleCookies.TakeQuestion(context), password ?? string.Empty, place, context.RequestAborted);
        return done is PasskeySignIn.WrongPassword wrong
            ? AskForPassword(context, wrong.Token, to, "The password is not right.")
            : await EndAsync(context, sessions, done, to);
    }

    private static RazorComponentResult<PasskeyPasswordPage> AskForPassword(HttpContext context, string token, string? to, string? problem)
    {
        ConsoleCookies.KeepQuestion(context, token);
        return ConsolePages.Page<PasskeyPasswordPage>(
            new ProofModel(SignInEndpoints.WayOn(to), problem, HasPasskeys: false, Provider: null),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> EndAsync(
        HttpContext context, ConsoleSessions sessions, PasskeySignIn done, string? to)
    {
        if (done is PasskeySignIn.SignedIn signedIn)
        {
            await SignInEndpoints.EndFormerAsync(context, sessions);
            ConsoleCookies.SignIn(context, signedIn.Token, signedIn.KnownDevice);
            return ConsolePages.SeeOther(context, SignInEndpoints.WayOn(to));
        }

        var (status, problem) = done switch
        {
            PasskeySignIn.TooMany => (StatusCodes.Status429TooManyRequests, SignInModel.TooMany),
            PasskeySignIn.Expired => (StatusCodes.Status422UnprocessableEntity, PasskeyWords.Expired),
            _ => (StatusCodes.Status422UnprocessableEntity, "This passkey does not sign in here. Use another one, or your password and a code."),
        };
        return ConsolePages.Page<SignInPage>(new SignInModel(SignInEndpoints.WayOn(to), string.Empty, problem), status);
    }

    private static async Task<IResult> AskToProveAsync(HttpContext context, ConsoleUser user, ChangePasskeys passkeys) =>
        Answer(context, await passkeys.AskToProveAsync(user.User, context.RequestAborted));

    private static async Task<IResult> ProveAsync(
        HttpContext context, ConsoleUser user, ChangePasskeys passkeys, AccountPages pages, [FromForm] string? credential,
        [FromForm] string? to)
    {
        var token = ConsoleCookies.TakeQuestion(context);
        if (await passkeys.ProveAsync(user.User, user.Session, token, credential, context.RequestAborted) is not { } session)
        {
            return await pages.AskForProofAsync(
                context, user, to, "The passkey was not taken: it took too long, or it is not right. Try again, or type a code.");
        }

        ConsoleCookies.SignIn(context, session, device: null);
        return ConsolePages.SeeOther(context, SignInEndpoints.WayOn(to));
    }

    private static async Task<IResult> AskForNewAsync(HttpContext context, ConsoleUser user, ChangePasskeys passkeys) =>
        Answer(context, await passkeys.AskForNewAsync(user.User, context.RequestAborted));

    private static async Task<IResult> AddAsync(
        HttpContext context, ConsoleUser user, ChangePasskeys passkeys, AccountPages pages, [FromForm] string? credential,
        [FromForm] string? name)
    {
        var token = ConsoleCookies.TakeQuestion(context);
        return await passkeys.AddAsync(user.User, user.Session, token, credential, name, context.RequestAborted) is var done
            && done == PasskeyChange.Done
                ? ConsolePages.SeeOther(context, AccountEndpoints.Path + "?done=passkey-added")
                : await pages.ShowAsync(context, user, PasskeyWords.Of(done), said: null);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context, ConsoleUser user, ChangePasskeys passkeys, AccountPages pages, [FromForm] string? passkey) =>
        await passkeys.RemoveAsync(user.User, user.Session, passkey, context.RequestAborted) is var done && done == PasskeyChange.Done
            ? ConsolePages.SeeOther(context, AccountEndpoints.Path + "?done=passkey-removed")
            : await pages.ShowAsync(context, user, PasskeyWords.Of(done), said: null);

    private static ContentHttpResult Answer(HttpContext context, PasskeyQuestion question)
    {
        ConsoleCookies.KeepQuestion(context, question.Token);
        return TypedResults.Text(question.OptionsJson, "application/json; charset=utf-8");
    }
}

/// <summary>What is said of passkeys.</summary>
internal static class PasskeyWords
{
    public const string Expired = "That took longer than five minutes, or was sent twice. Nothing was done: press the button again.";

    public static string Of(PasskeyChange change) => change switch
    {
        PasskeyChange.Expired => Expired,
        PasskeyChange.TooMany => "You have as many passkeys as one can have. Remove one that you no longer use.",
        PasskeyChange.Gone => "This passkey was removed already.",
        _ => "The browser's answer could not be taken. Nothing was done: try again, or use another device.",
    };
}
