using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Users.Passkeys;

/// <summary>
/// Signs in whoever shows a passkey, without a name. One that has verified the person is two factors; one that has not is one, and the
/// password is asked as well. Wrong passwords of others never keep a passkey out.
/// </summary>
public sealed class SignInWithPasskey(
    Work work, PasskeyCeremony ceremony, UserPasswords passwords, SignInAttempts attempts, MailWriter mails, SecurityLog security)
{
    private const string Factor = "passkey";

    /// <returns>Null: this address has asked too often without an answer that was right.</returns>
    public async Task<PasskeyQuestion?> AskAsync(SignInPlace place, CancellationToken cancellation) =>
        await attempts.AskAsync(place, cancellation) ? await ceremony.AskAsync(PasskeyPurpose.SignIn, null, cancellation) : null;

    /// <param name="token">Of the question, as the browser that was asked keeps it.</param>
    /// <param name="answer">As the browser gives it, JSON.</param>
    /// <param name="place">From where.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<PasskeySignIn> RunAsync(string? token, string? answer, SignInPlace place, CancellationToken cancellation)
    {
        if (await ceremony.TakeAsync(PasskeyPurpose.SignIn, token, cancellation) is not { } asked)
        {
            return PasskeySignIn.Expired.It;
        }

        if (await ceremony.ReadAsync(asked.State, answer) is not { } shown)
        {
            return await RefuseAsync(null, Factor, cancellation);
        }

        if (!shown.User.CanSignIn || (!shown.IsVerified && !shown.User.IsReady))
        {
            return await RefuseAsync(shown.User.Id, "not-ready", cancellation);
        }

        var (session, password) = (AccessLinkStore.NewToken(), AccessLinkStore.NewToken());
        var verdict = await work.WriteAsync(
            async tx =>
            {
                // Read again: disabled in this moment, or the passkey removed.
                if (await UserStore.FindAsync(tx, shown.User.Id) is not { CanSignIn: true } user)
                {
                    return "not-ready";
                }

                if (!await PasskeyStore.TryUseAsync(tx, shown.CredentialId, shown.SignCount, shown.BackedUp))
                {
                    return await PasskeyStore.FindAsync(tx, shown.CredentialId) is null ? Factor : CountWentBack;
                }

                await SignInAttempts.AnsweredAsync(tx, attempts.AddressOf(place));
                await (shown.IsVerified
                    ? SignIn.BeginAsync(tx, user, session, Factor, place.Device)
                    : PasskeyCeremony.KeepAsync(tx, password, PasskeyPurpose.Password, user.Id, null));
                return null;
            },
            cancellation);
        if (verdict is not null)
        {
            if (verdict == CountWentBack)
            {
                await TellOfCopyAsync(work, mails, shown.User, cancellation);
            }

            return await RefuseAsync(shown.User.Id, verdict, cancellation);
        }

        if (!shown.IsVerified)
        {
            return new PasskeySignIn.NeedsPassword(password);
        }

        security.SignedIn(shown.User.Id.Value, Factor);
        return new PasskeySignIn.SignedIn(session, attempts.NewDevice(shown.User.Id));
    }

    /// <summary>The password besides a passkey that has not verified who holds it.</summary>
    public async Task<PasskeySignIn> AddPasswordAsync(string? token, string password, SignInPlace place, CancellationToken cancellation)
    {
        if (await ceremony.TakeAsync(PasskeyPurpose.Password, token, cancellation) is not { User: { } id }
            || await work.ReadAsync(session => UserStore.FindAsync(session, id), cancellation) is not { IsReady: true } user)
        {
            return PasskeySignIn.Expired.It;
        }

        if (await attempts.BeginAsync(user.Mail, user, place, cancellation) is not { } made)
        {
            return PasskeySignIn.TooMany.It;
        }

        if (!(await passwords.VerifyAsync(user.PasswordHash, password, cancellation)).IsTheirs)
        {
            await RefuseAsync(id, "password", cancellation);
            return new PasskeySignIn.WrongPassword(await ceremony.KeepAsync(PasskeyPurpose.Password, id, null, cancellation));
        }

        var session = AccessLinkStore.NewToken();
        var done = await work.WriteAsync(
            async tx =>
            {
                if (await UserStore.FindAsync(tx, id) is not { IsReady: true } now || now.PasswordHash != user.PasswordHash)
                {
                    return false;
                }

                await SignInAttempts.ForgetAsync(tx, made);
                await SignIn.BeginAsync(tx, now, session, $"{Factor},password", place.Device);
                return true;
            },
            cancellation);
        if (!done)
        {
            return await RefuseAsync(id, "not-ready", cancellation);
        }

        security.SignedIn(id.Value, Factor);
        return new PasskeySignIn.SignedIn(session, attempts.NewDevice(id));
    }

    /// <summary>How the access log says that a passkey's count went back.</summary>
    internal const string CountWentBack = "passkey-count";

    internal static Task TellOfCopyAsync(Work work, MailWriter mails, AppUser user, CancellationToken cancellation)
    {
        var told = mails.AccountChanged(user, AccountChange.PasskeyRefused, work.Now);
        return work.WriteAsync(
            async tx =>
            {
                await SignIn.TellAsync(tx, told);
                return true;
            },
            cancellation);
    }

    private async Task<PasskeySignIn> RefuseAsync(UserId? user, string why, CancellationToken cancellation)
    {
        await SignIn.RecordRefusedAsync(work, security, user, why, cancellation);
        return PasskeySignIn.Refused.It;
    }
}

/// <summary>What a passkey that was shown came to.</summary>
public abstract record PasskeySignIn
{
    private PasskeySignIn()
    {
    }

    /// <param name="Token">Of the session, for the cookie.</param>
    /// <param name="KnownDevice">For the cookie that says that they have signed in here.</param>
    public sealed record SignedIn(string Token, string KnownDevice) : PasskeySignIn;

    /// <summary>It has not verified the person.</summary>
    /// <param name="Token">What the same browser shows with the password.</param>
    public sealed record NeedsPassword(string Token) : PasskeySignIn;

    /// <summary>The same, once more.</summary>
    public sealed record WrongPassword(string Token) : PasskeySignIn;

    /// <summary>The question was too old, or answered before.</summary>
    public sealed record Expired : PasskeySignIn
    {
        public static readonly Expired It = new();
    }

    public sealed record Refused : PasskeySignIn
    {
        public static readonly Refused It = new();
    }

    public sealed record TooMany : PasskeySignIn
    {
        public static readonly TooMany It = new();
    }
}
