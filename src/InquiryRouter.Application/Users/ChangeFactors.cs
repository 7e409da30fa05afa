using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>What people change about how they sign in themselves. Whatever changes ends their other sessions.</summary>
public sealed class ChangeFactors(Work work, UserPasswords passwords, UserSecrets secrets, SignInAttempts attempts, MailWriter mails)
{
    /// <summary>A factor is shown again: the session goes on under another secret.</summary>
    /// <returns>Its token; null: the code is not right, or too many were tried.</returns>
    public async Task<string?> ProveAsync(AppUser user, UserSession session, string code, SignInPlace place, CancellationToken cancellation)
    {
        // Of tries beyond the limit nothing is looked at, and nothing is written.
        if (await attempts.BeginAsync(user.Mail, user, place, cancellation) is not { } made)
        {
            return null;
        }

        if (SecondFactor.Read(user, code, secrets, work.Now) is not { } factor)
        {
            await RefuseAsync(user, "code", cancellation);
            return null;
        }

        var token = AccessLinkStore.NewToken();
        var told = factor.Notice(mails, user, work.Now);
        var done = await work.WriteAsync(
            async tx =>
            {
                if (!await factor.TryUseAsync(tx, user.Id) || !await GoOnAsync(tx, user, session, token))
                {
                    return null;
                }

                await SignInAttempts.ForgetAsync(tx, made);
                await SignIn.TellAsync(tx, told);
                return token;
            },
            cancellation);
        if (done is null)
        {
            await RefuseAsync(user, "code", cancellation);
        }

        return done;
    }

    /// <summary>Another password, with the current one.</summary>
    public async Task<FactorChange> ChangePasswordAsync(
        AppUser user, UserSession session, string current, string chosen, SignInPlace place, CancellationToken cancellation)
    {
        if (passwords.Check(chosen, user.Mail, user.Name) is { } problem)
        {
            return new FactorChange.BadPassword(problem);
        }

        if (await attempts.BeginAsync(user.Mail, user, place, cancellation) is not { } made)
        {
            return FactorChange.NotTheirs.It;
        }

        if (!(await passwords.VerifyAsync(user.PasswordHash, current, cancellation)).IsTheirs)
        {
            await RefuseAsync(user, "password", cancellation);
            return FactorChange.NotTheirs.It;
        }

        var hash = await passwords.HashAsync(chosen, cancellation);
        await StoreAsync(
            user with { PasswordHash = hash }, session, "password", AccountChange.PasswordChanged,
            tx => SignInAttempts.ForgetAsync(tx, made), cancellation);
        return FactorChange.Done.It;
    }

    /// <summary>Another authenticator app in place of the one there was.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="session">Stays.</param>
    /// <param name="secret">Of the new app; null: it was not offered here.</param>
    /// <param name="code">Of the new app.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<FactorChange> ChangeAppAsync(
        AppUser user, UserSession session, byte[]? secret, string code, CancellationToken cancellation)
    {
        if (secret is null || Totp.StepOf(secret, code.Trim(), work.Now) is not { } step)
        {
            return FactorChange.NotTheirs.It;
        }

        await StoreAsync(
            user with { SealedTotp = secrets.SealTotp(user.Id, secret) }, session, "totp", AccountChange.AppChanged,
            tx => UserStore.TryUseTotpAsync(tx, user.Id, step), cancellation);
        return FactorChange.Done.It;
    }

    /// <summary>New recovery codes, shown once; the old ones end.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(AppUser user, UserSession session, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, RecoveryCodeStore.Count).Select(_ => RecoveryCodeStore.New()).ToList();
        await StoreAsync(
            user, session, "recovery-codes", AccountChange.CodesMade,
            tx => RecoveryCodeStore.ReplaceAsync(tx, user.Id, codes.Select(c => RecoveryCodeStore.Hash(c)!)), cancellation);
        return codes;
    }

    public Task<int> CountRecoveryCodesAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => RecoveryCodeStore.CountAsync(session, user), cancellation);

    /// <summary>Ends one of their own other sessions, by its short name; null: all of the others.</summary>
    public Task<int> EndSessionsAsync(AppUser user, UserSession mine, string? name, CancellationToken cancellation)
    {
        var told = mails.AccountChanged(user, AccountChange.SignedOut, work.Now);
        return work.WriteAsync(
            async tx =>
            {
                var others = (await UserSessionStore.ListAsync(tx, user.Id))
                    .Where(s => s.ShortName != mine.ShortName && (name is null || s.ShortName == name)).ToList();
                foreach (var other in others)
                {
                    await UserSessionStore.EndAsync(tx, other.KeyHash, SessionEnd.EndedByUser);
                }

                if (others.Count > 0)
                {
                    await new RecordSystem(
                        SystemEvent.SessionsEnded(user.Id, others.Count), Actor.Coordinator(user.Name)).ApplyAsync(tx, new Applied());
                    await SignIn.TellAsync(tx, told);
                }

                return others.Count;
            },
            cancellation);
    }

    /// <summary>A session goes on under another secret, from the moment a factor was shown again.</summary>
    /// <returns>False: it has ended.</returns>
    internal static async Task<bool> GoOnAsync(Tx tx, AppUser user, UserSession session, string token)
    {
        if (!await UserSessionStore.EndAsync(tx, session.KeyHash, SessionEnd.Replaced))
        {
            return false;
        }

        await UserSessionStore.AddAsync(tx, AccessLinkStore.Hash(token), user.Id, session.Factors, session.Device, session.CreatedAt);
        return true;
    }

    /// <summary>What goes with every change of a factor: other sessions end, it is put on record, and whose it is hears of it.</summary>
    internal static IReadOnlyList<Step> Steps(AppUser user, UserSession mine, string what, NewMail told, Func<Tx, Task> more) =>
        [
            new Store("user", tx => UserStore.UpdateAsync(tx, user)),
            new Store(what, more),
            new Store("end others", tx => UserSessionStore.EndAllAsync(tx, user.Id, SessionEnd.FactorChanged, mine.KeyHash)),
            new RecordSystem(SystemEvent.FactorChanged(user.Id, what), Actor.Coordinator(user.Name)),
            new SendMail(told),
        ];

    private Task RefuseAsync(AppUser user, string what, CancellationToken cancellation) =>
        work.ApplyAsync([new RecordSystem(SystemEvent.ProofRefused(user.Id, what), Actor.Coordinator(user.Name))], cancellation);

    private Task StoreAsync(
        AppUser user, UserSession mine, string what, AccountChange change, Func<Tx, Task> more, CancellationToken cancellation) =>
        work.ApplyAsync(Steps(user, mine, what, mails.AccountChanged(user, change, work.Now), more), cancellation);
}

/// <summary>What a change of a factor came to.</summary>
public abstract record FactorChange
{
    private FactorChange()
    {
    }

    public sealed record Done : FactorChange
    {
        public static readonly Done It = new();
    }

    public sealed record BadPassword(PasswordProblem Problem) : FactorChange;

    /// <summary>What was shown for it is not right, or too much was tried.</summary>
    public sealed record NotTheirs : FactorChange
    {
        public static readonly NotTheirs It = new();
    }
}
