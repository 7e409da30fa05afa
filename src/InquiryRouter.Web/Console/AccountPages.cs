using InquiryRouter.Application.Users;
using InquiryRouter.Application.Users.Passkeys;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Console;

/// <summary>The page of one's own account, and the one that asks for a factor again: shown by several endpoints.</summary>
internal sealed class AccountPages(ChangeFactors change, ConsoleSessions sessions, AcceptInvitation offers, ChangePasskeys passkeys, ProviderOptions provider)
{
    /// <param name="context">The request.</param>
    /// <param name="user">Whose.</param>
    /// <param name="problem">What was wrong; null: nothing.</param>
    /// <param name="said">What was done, by its code.</param>
    public async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, string? problem, string? said)
    {
        var cancellation = context.RequestAborted;
        var (secret, proof) = offers.Offer(user.User);
        var model = new AccountModel(
            user.User, user.Session, await change.CountRecoveryCodesAsync(user.Id, cancellation),
            await sessions.ListAsync(user.Id, cancellation), user.HasFreshProof(context), secret, proof,
            Totp.Uri("InquiryRouter", user.User.Mail, Base32.Read(secret)!), await passkeys.ListAsync(user.Id, cancellation), ProviderOf(user), problem,
            said switch
            {
                "password" => "Your password is changed. You are signed out everywhere else.",
                "app" => "Your authenticator app is changed. You are signed out everywhere else.",
                "sessions" => "Signed out there.",
                "preferences" => "This is how you work from now on.",
                "time-zone" => "Moments are shown in this zone from now on.",
                "passkey-added" => "Your passkey is added: sign in with it next time. You are signed out everywhere else.",
                "passkey-removed" => "The passkey is removed. You are signed out everywhere else. Delete it on the device, too.",
                _ => null,
            })
        {
            Preferences = user.Preferences,
        };
        return ConsolePages.Page<AccountPage>(model, StatusOf(problem));
    }

    public async Task<IResult> AskForProofAsync(HttpContext context, ConsoleUser user, string? to, string? problem)
    {
        var has = await passkeys.ListAsync(user.Id, context.RequestAborted);
        return ConsolePages.Page<ProofPage>(new ProofModel(SignInEndpoints.WayOn(to), problem, has.Count > 0, ProviderOf(user)), StatusOf(problem));
    }

    private string? ProviderOf(ConsoleUser user) => provider.IsOn && user.User.HasProvider ? provider.Name : null;

    private static int StatusOf(string? problem) =>
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}

/// <param name="To">Where it goes on.</param>
/// <param name="Problem">What was wrong.</param>
/// <param name="HasPasskeys">One of them will do, too.</param>
/// <param name="Provider">What the provider is called that knows them; null: none does.</param>
public sealed record ProofModel(string To, string? Problem, bool HasPasskeys, string? Provider);

/// <param name="Codes">How many recovery codes are left.</param>
/// <param name="IsFresh">A factor was shown just now.</param>
/// <param name="Secret">For another app.</param>
/// <param name="Provider">What the provider is called that knows them; null: none does.</param>
/// <param name="Said">What was done.</param>
public sealed record AccountModel(
    AppUser User, UserSession Session, int Codes, IReadOnlyList<UserSession> Sessions, bool IsFresh, string Secret, string Proof,
    string Uri, IReadOnlyList<StoredPasskey> Passkeys, string? Provider, string? Problem, string? Said)
{
    public UserPreference Preferences { get; init; } = UserPreference.Default;
}
