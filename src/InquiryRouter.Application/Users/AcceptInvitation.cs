using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>
/// Behind an invitation's link somebody chooses a password and, unless they have one, sets up an authenticator app. A new password alone
/// never goes
/// around the second factor.
/// </summary>
public sealed class AcceptInvitation(
    Work work, UserPasswords passwords, UserSecrets secrets, SignInAttempts attempts, MailWriter mails, SecurityLog security)
{
    /// <summary>Whose link it is; null: it opens nothing any more.</summary>
    public Task<AppUser?> FindAsync(string? token, CancellationToken cancellation) =>
        work.ReadAsync(session => InvitedAsync(session, token), cancellation);

    /// <summary>A secret for the app, and the proof that it was made here.</summary>
    public (string Secret, string Proof) Offer(AppUser user)
    {
        var secret = Totp.NewSecret();
        return (Base32.Write(secret), Convert.ToHexString(secrets.ProofOfOffer(user.Id, secret)));
    }

    /// <summary>The secret of a form, if it was made here for this person.</summary>
    public byte[]? Offered(AppUser user, string? secret, string? proof) =>
        Base32.Read(secret ?? string.Empty) is { Length: Totp.SecretLength } bytes
        && string.Equals(Convert.ToHexString(secrets.ProofOfOffer(user.Id, bytes)), proof, StringComparison.Ordinal)
            ? bytes
            : null;

    /// <param name="token">Of the link.</param>
    /// <param name="password">Chosen.</param>
    /// <param name="code">Of the app that was just set up, or the second factor they have.</param>
    /// <param name="secret">Of the app that is set up; ignored when they have one.</param>
    /// <param name="place">Where.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<InvitationOutcome> RunAsync(
        string? token, string password, string code, byte[]? secret, SignInPlace place, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not { } user)
        {
            return InvitationOutcome.Ended.It;
        }

        if (passwords.Check(password, user.Mail, user.Name) is { } problem)
        {
            return new InvitationOutcome.BadPassword(problem);
        }

        if (await attempts.BeginAsync(user.Mail, user, place, cancellation) is not { } made)
        {
            return InvitationOutcome.TooMany.It;
        }

        var isNew = user.SealedTotp is null;
        var with = isNew && secret is not null ? user with { SealedTotp = secrets.SealTotp(user.Id, secret) } : user;
        if (with.SealedTotp is null || SecondFactor.Read(with, code, secrets, work.Now) is not { } factor
            || (isNew && factor is not SecondFactor.App))
        {
            return InvitationOutcome.BadCode.It;
        }

        var hash = await passwords.HashAsync(password, cancellation);
        var codes = isNew ? Enumerable.Range(0, RecoveryCodeStore.Count).Select(_ => RecoveryCodeStore.New()).ToList() : [];
        var session = AccessLinkStore.NewToken();
        var told = mails.AccountChanged(user, isNew ? AccountChange.SetUp : AccountChange.PasswordSet, work.Now);
        var toldOfCode = factor.Notice(mails, user, work.Now);
        var done = await work.WriteAsync(
            async tx =>
            {
                if (await InvitedAsync(tx, token) is null || !await factor.TryUseAsync(tx, user.Id))
                {
                    return false;
                }

                await UserStore.UpdateAsync(tx, with with { PasswordHash = hash });
                if (isNew)
                {
                    await RecoveryCodeStore.ReplaceAsync(tx, user.Id, codes.Select(c => RecoveryCodeStore.Hash(c)!));
                }

                await AccessLinkStore.RevokeAsync(tx, LinkPurpose.Invitation, user.Id.Value);
                await SignInAttempts.ForgetAsync(tx, made);
                var what = SystemEvent.FactorChanged(user.Id, isNew ? "password,totp" : "password");
                await SystemAuditStore.AddAsync(tx, what.Action, Actor.Coordinator(user.Name), what.Detail);
                await SignIn.TellAsync(tx, told, toldOfCode);
                await SignIn.BeginAsync(tx, user, session, $"password,{factor.Name}", place.Device);
                return true;
            },
            cancellation);
        if (!done)
        {
            return InvitationOutcome.BadCode.It;
        }

        security.SignedIn(user.Id.Value, factor.Name);
        return new InvitationOutcome.Welcome(user, session, attempts.NewDevice(user.Id), codes);
    }

    private static async Task<AppUser?> InvitedAsync(Session session, string? token) =>
        await AccessLinkStore.FindAsync(session, token, LinkPurpose.Invitation) is { } link
        && await UserStore.FindAsync(session, new UserId(link.SubjectId)) is { Active: true } user
            ? user
            : null;
}

/// <summary>What accepting an invitation came to.</summary>
public abstract record InvitationOutcome
{
    private InvitationOutcome()
    {
    }

    /// <param name="User">Who.</param>
    /// <param name="Token">Of the session that began.</param>
    /// <param name="KnownDevice">For the cookie of the device.</param>
    /// <param name="RecoveryCodes">Shown once; none when they have some already.</param>
    public sealed record Welcome(AppUser User, string Token, string KnownDevice, IReadOnlyList<string> RecoveryCodes) : InvitationOutcome;

    public sealed record BadPassword(PasswordProblem Problem) : InvitationOutcome;

    public sealed record BadCode : InvitationOutcome
    {
        public static readonly BadCode It = new();
    }

    public sealed record TooMany : InvitationOutcome
    {
        public static readonly TooMany It = new();
    }

    /// <summary>The link opens nothing any more.</summary>
    public sealed record Ended : InvitationOutcome
    {
        public static readonly Ended It = new();
    }
}
