using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Web.Console.Inquiries;
using InquiryRouter.Web.Console.Unfinished;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console;

/// <summary>One's own account: the factors, and where one is signed in.</summary>
internal static class AccountEndpoints
{
    public const string Path = "/console/account";
    public const string ProofPath = "/console/account/proof";

    public static void MapConsoleAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.UseConsole, ShowAsync);
        routes.MapConsoleGet(
            ProofPath, Access.UseConsole, (HttpContext context, ConsoleUser user, AccountPages pages, [FromQuery] string? to) =>
                pages.AskForProofAsync(context, user, to, problem: null));
        routes.MapConsolePost(Path + "/time-zone", Access.UseConsole, SetTimeZoneAsync);
        routes.MapConsolePost(ProofPath, Access.UseConsole, ProveAsync).KeepsNothing();
        routes.MapConsolePost(Path + "/preferences", Access.UseConsole, ChoosePreferencesAsync);
        routes.MapConsolePost(Path + "/password", Access.UseConsole, ChangePasswordAsync).NeedsFreshProof().KeepsNothing();
        routes.MapConsolePost(Path + "/app", Access.UseConsole, ChangeAppAsync).NeedsFreshProof().KeepsNothing();
        routes.MapConsolePost(Path + "/recovery-codes", Access.UseConsole, NewCodesAsync).NeedsFreshProof();
        routes.MapConsoleGet(Path + "/recovery-codes", Access.UseConsole, ShowCodesAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/sessions", Access.UseConsole, EndSessionsAsync).NeedsFreshProof();
    }

    /// <summary>The page a form of which was sent to a path: one that can be opened.</summary>
    public static string PageOf(string path) =>
        path.StartsWith(UserEndpoints.Path, StringComparison.Ordinal) ? UserEndpoints.Path : PrivacyEndpoints.PageOf(path) ?? Path;

    private static Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, AccountPages pages, [FromQuery] string? done) =>
        pages.ShowAsync(context, user, problem: null, said: done);

    private static async Task<IResult> ChoosePreferencesAsync(
        HttpContext context, ConsoleUser user, Preferences preferences, [FromForm] int version,
        [FromForm(Name = "single-keys")] string? singleKeys, [FromForm(Name = "goes-on")] string? goesOn,
        [FromForm(Name = "digest")] string? digest) =>
        await preferences.SaveAsync(
            user.Id,
            new UserPreference
            {
                SingleKeys = !string.IsNullOrEmpty(singleKeys), GoesOn = !string.IsNullOrEmpty(goesOn), Digest = !string.IsNullOrEmpty(digest),
                Version = version,
            },
            context.RequestAborted)
            ? ConsolePages.SeeOther(context, Path + "?done=preferences")
            : ConsolePages.Conflict();

    private static async Task<IResult> ProveAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, AccountPages pages, [FromForm] string? code, [FromForm] string? to)
    {
        var place = SignInEndpoints.PlaceOf(context);
        if (await change.ProveAsync(user.User, user.Session, code ?? string.Empty, place, context.RequestAborted) is not { } token)
        {
            return await pages.AskForProofAsync(
                context, user, to, "The code is not right, or was used before. Wait for the next one.");
        }

        ConsoleCookies.SignIn(context, token, device: null);
        return ConsolePages.SeeOther(context, SignInEndpoints.WayOn(to));
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, AccountPages pages, [FromForm] string? current,
        [FromForm] string? password, [FromForm] string? again)
    {
        if (password != again)
        {
            return await pages.ShowAsync(context, user, "The two passwords are not the same.", null);
        }

        return await change.ChangePasswordAsync(
            user.User, user.Session, current ?? string.Empty, password ?? string.Empty, SignInEndpoints.PlaceOf(
                context), context.RequestAborted) switch
        {
            FactorChange.BadPassword bad => await pages.ShowAsync(context, user, PasswordWords.Of(bad.Problem), null),
            FactorChange.NotTheirs => await pages.ShowAsync(context, user, "The current password is not right.", null),
            _ => ConsolePages.SeeOther(context, Path + "?done=password"),
        };
    }

    private static async Task<IResult> ChangeAppAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, AccountPages pages, AcceptInvitation offers,
        [FromForm] string? secret, [FromForm] string? proof, [FromForm] string? code) =>
        await change.ChangeAppAsync(
            user.User, user.Session, offers.Offered(
                user.User, secret, proof), code ?? string.Empty, context.RequestAborted) is FactorChange.Done
            ? ConsolePages.SeeOther(context, Path + "?done=app")
            : await pages.ShowAsync(context, user, "The code of the new app is not right. Set it up with the key below.", null);

    private static async Task<IResult> SetTimeZoneAsync(
        HttpContext context, ConsoleUser user, SetTimeZone set, AccountPages pages, [FromForm] string? zone) =>
        await set.RunAsync(user.Id, zone, context.RequestAborted)
            ? ConsolePages.SeeOther(context, Path + "?done=time-zone")
            : await pages.ShowAsync(context, user, "There is no such time zone. Its name is like Europe/Madrid.", null);

    private static async Task<IResult> NewCodesAsync(HttpContext context, ConsoleUser user, ChangeFactors change, ShownOnce shown) =>
        await CodesAsync(context, shown, user.Id, await change.NewRecoveryCodesAsync(user.User, user.Session, context.RequestAborted));

    /// <summary>To the page that shows them: loaded again, it makes no others.</summary>
    internal static async Task<IResult> CodesAsync(HttpContext context, ShownOnce shown, UserId user, IReadOnlyList<string> codes) =>
        ConsolePages.SeeOther(context, $"{Path}/recovery-codes?shown={await shown.KeepAsync(user, codes, ShownOnce.Kept, context.RequestAborted):N}");

    private static async Task<IResult> ShowCodesAsync(HttpContext context, ConsoleUser user, ShownOnce once, [FromQuery] string? shown) =>
        Guid.TryParseExact(shown, "N", out var id) && await once.FindAsync(user.Id, id, context.RequestAborted) is { } codes
            ? ConsolePages.Page<RecoveryCodesPage>(new RecoveryCodesModel(codes))
            : ConsolePages.Message(
                StatusCodes.Status404NotFound, "These codes are not shown any more",
                "They were shown for ten minutes. If you have not kept them, make new ones: the old ones end.", ("To your account", Path));

    private static async Task<IResult> EndSessionsAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, [FromForm] string? session)
    {
        await change.EndSessionsAsync(user.User, user.Session, string.IsNullOrEmpty(session) ? null : session, context.RequestAborted);
        return ConsolePages.SeeOther(context, Path + "?done=sessions");
    }
}
