using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>
/// Signs somebody in with password and second factor, both at once: nobody is told which of them was wrong, nor whether there is such a
/// person,
/// and it takes as long.
/// </summary>
public sealed class SignIn(
    Work work, UserPasswords passwords, UserSecrets secrets, SignInAttempts attempts, MailWriter mails, SecurityLog security)
{
    private static readonly Actor s_somebody = new("visitor", "visitor");

    /// <param name="mail">As typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="code">Of the app, or a recovery code.</param>
    /// <param name="place">From where.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<SignInOutcome> RunAsync(string mail, string password, string code, SignInPlace place, CancellationToken cancellation)
    {
        var user = await work.ReadAsync(session => UserStore.FindByMailAsync(session, mail), cancellation);
        if (await attempts.BeginAsync(mail, user, place, cancellation) is not { } made)
        {
            return SignInOutcome.TooMany.It;
        }

        var (isTheirs, better) = await passwords.VerifyAsync(user?.PasswordHash, password, cancellation);
        var factor = user is { IsReady: true } && isTheirs ? SecondFactor.Read(user, code, secrets, work.Now) : null;
        var token = AccessLinkStore.NewToken();
        var told = factor?.Notice(mails, user!, work.Now);
        var done = factor is not null && await work.WriteAsync(
            async tx =>
            {
                // Read again: disabled, or given another password, in this moment.
                if (await UserStore.FindAsync(tx, user!.Id) is not { IsReady: true } now || now.PasswordHash != user.PasswordHash
                    || !await factor.TryUseAsync(tx, user.Id))
                {
                    return false;
                }

                if (better is not null)
                {
                    await UserStore.ReplaceHashAsync(tx, user.Id, user.PasswordHash!, better);
                }

                await SignInAttempts.ForgetAsync(tx, made);
                await TellAsync(tx, told);
                await BeginAsync(tx, user, token, $"password,{factor.Name}", place.Device);
                return true;
            },
            cancellation);
        if (done)
        {
            security.SignedIn(user!.Id.Value, factor!.Name);
            return new SignInOutcome.SignedIn(user, token, attempts.NewDevice(user.Id));
        }

        var why = user is null ? "unknown" : !user.IsReady ? "not-ready" : !isTheirs ? "password" : "second-factor";
        await RecordRefusedAsync(work, security, user?.Id, why, cancellation);
        return SignInOutcome.Refused.It;
    }

    /// <summary>A try that came to nothing stands in the access log.</summary>
    internal static Task RecordRefusedAsync(Work work, SecurityLog security, UserId? user, string why, CancellationToken cancellation)
    {
        security.SignInRefused(why);
        return work.ApplyAsync([new RecordSystem(SystemEvent.SignInRefused(user, why), s_somebody)], cancellation);
    }

    /// <summary>Mails to whose account it is, in the same transaction; a null is none.</summary>
    internal static async Task TellAsync(Tx tx, params IEnumerable<NewMail?> mails)
    {
        foreach (var mail in mails.OfType<NewMail>())
        {
            await MailStore.AddAsync(tx, mail);
        }
    }

    /// <summary>A session begins, and stands in the access log.</summary>
    internal static async Task BeginAsync(Tx tx, AppUser user, string token, string factors, string device, DateTimeOffset? provedAt = null)
    {
        await UserSessionStore.AddAsync(tx, AccessLinkStore.Hash(token), user.Id, factors, device, provedAt: provedAt);
        await UserStore.SeenAsync(tx, user.Id);
        var what = SystemEvent.SignedIn(user.Id, factors);
        await SystemAuditStore.AddAsync(tx, what.Action, Actor.Coordinator(user.Name), what.Detail);
    }
}

/// <summary>What a try to sign in came to.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <param name="User">Who.</param>
    /// <param name="Token">Of the session, for the cookie.</param>
    /// <param name="KnownDevice">For the cookie that says that they have signed in here.</param>
    public sealed record SignedIn(AppUser User, string Token, string KnownDevice) : SignInOutcome;

    /// <summary>Something of it was wrong.</summary>
    public sealed record Refused : SignInOutcome
    {
        public static readonly Refused It = new();
    }

    /// <summary>Too many tries failed: later, or from a device they have signed in on.</summary>
    public sealed record TooMany : SignInOutcome
    {
        public static readonly TooMany It = new();
    }
}
