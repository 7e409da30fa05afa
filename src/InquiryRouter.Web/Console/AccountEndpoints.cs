using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
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
        routes.MapConsoleGet(ProofPath, Access.UseConsole, ([FromQuery] string? to) =>
            ConsolePages.Page<ProofPage>(new ProofModel(SignInEndpoints.WayOn(to), null)));
        routes.MapConsolePost(ProofPath, Access.UseConsole, ProveAsync);
        routes.MapConsolePost(Path + "/password", Access.UseConsole, ChangePasswordAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/app", Access.UseConsole, ChangeAppAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/recovery-codes", Access.UseConsole, NewCodesAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/sessions", Access.UseConsole, EndSessionsAsync).NeedsFreshProof();
    }

    /// <summary>The page a form of which was sent to a path: one that can be opened.</summary>
    public static string PageOf(string path) => path.StartsWith(UserEndpoints.Path, StringComparison.Ordinal) ? UserEndpoints.Path : Path;

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, ConsoleSessions sessions, AcceptInvitation offers,
        [FromQuery] string? done) =>
        await PageAsync(context, user, change, sessions, offers, problem: null, said: done);

    private static async Task<IResult> PageAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, ConsoleSessions sessions, AcceptInvitation offers, string? problem,
        string? said)
    {
        var (secret, proof) = offers.Offer(user.User);
        var model = new AccountModel(
            user.User, user.Session, await change.CountRecoveryCodesAsync(user.Id, context.RequestAborted),
            await sessions.ListAsync(user.Id, context.RequestAborted), user.HasFreshProof(context), secret, proof,
            Totp.Uri("InquiryRouter", user.User.Mail, Base32.Read(secret)!), problem, said switch
            {
                "password" => "Your password is changed. You are signed out everywhere else.",
                "app" => "Your authenticator app is changed. You are signed out everywhere else.",
                "sessions" => "Signed out there.",
                _ => null,
            });
        return ConsolePages.Page<AccountPage>(model, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ProveAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, [FromForm] string? code, [FromForm] string? to)
    {
        var place = SignInEndpoints.PlaceOf(context);
        if (await change.ProveAsync(user.User, user.Session, code ?? string.Empty, place, context.RequestAborted) is not { } token)
        {
            return ConsolePages.Page<ProofPage>(
                new ProofModel(SignInEndpoints.WayOn(to), "The code is not right, or was used before. Wait for the next one."),
                StatusCodes.Status422UnprocessableEntity);
        }

        ConsoleCookies.SignIn(context, token, device: null);
        return ConsolePages.SeeOther(context, SignInEndpoints.WayOn(to));
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, ConsoleSessions sessions, AcceptInvitation offers,
        [FromForm] string? current, [FromForm] string? password, [FromForm] string? again)
    {
        if (password != again)
        {
            return await PageAsync(context, user, change, sessions, offers, "The two passwords are not the same.", null);
        }

        return await change.ChangePasswordAsync(
            user.User, user.Session, current ?? string.Empty, password ?? string.Empty, SignInEndpoints.PlaceOf(
                context), context.RequestAborted) switch
        {
            FactorChange.BadPassword bad => await PageAsync(context, user, change, sessions, offers, PasswordWords.Of(bad.Problem), null),
            FactorChange.NotTheirs => await PageAsync(context, user, change, sessions, offers, "The current password is not right.", null),
            _ => ConsolePages.SeeOther(context, Path + "?done=password"),
        };
    }

    private static async Task<IResult> ChangeAppAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, ConsoleSessions sessions, AcceptInvitation offers,
        [FromForm] string? secret, [FromForm] string? proof, [FromForm] string? code) =>
        await change.ChangeAppAsync(
            user.User, user.Session, offers.Offered(
                user.User, secret, proof), code ?? string.Empty, context.RequestAborted) is FactorChange.Done
            ? ConsolePages.SeeOther(context, Path + "?done=app")
            : await PageAsync(
                context, user, change, sessions, offers, "The code of the new app is not right. Set it up with the key below.", null);

    private static async Task<IResult> NewCodesAsync(HttpContext context, ConsoleUser user, ChangeFactors change) =>
        ConsolePages.Page<RecoveryCodesPage>(
            new RecoveryCodesModel(await change.NewRecoveryCodesAsync(user.User, user.Session, context.RequestAborted)));

    private static async Task<IResult> EndSessionsAsync(
        HttpContext context, ConsoleUser user, ChangeFactors change, [FromForm] string? session)
    {
        await change.EndSessionsAsync(user.User, user.Session, string.IsNullOrEmpty(session) ? null : session, context.RequestAborted);
        return ConsolePages.SeeOther(context, Path + "?done=sessions");
    }
}

/// <param name="To">Where it goes on.</param>
/// <param name="Problem">What was wrong.</param>
public sealed record ProofModel(string To, string? Problem);

/// <param name="Codes">How many recovery codes are left.</param>
/// <param name="IsFresh">A factor was shown just now.</param>
/// <param name="Secret">For another app.</param>
/// <param name="Said">What was done.</param>
public sealed record AccountModel(
    AppUser User, UserSession Session, int Codes, IReadOnlyList<UserSession> Sessions, bool IsFresh, string Secret, string Proof,
    string Uri, string? Problem, string? Said);
