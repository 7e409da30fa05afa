using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Users;

/// <summary>Adds people, who set password and second factor themselves behind a link; and lets them set new ones.</summary>
public sealed class InviteUsers(Work work, MailWriter mails)
{
    private const int LongestName = 100;

    /// <param name="mail">Valid.</param>
    /// <param name="name">As colleagues see them; empty: what stands before the @.</param>
    /// <param name="roles">At least one.</param>
    /// <param name="who">Invites.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Invited> AddAsync(string mail, string? name, UserRoles roles, Actor who, CancellationToken cancellation)
    {
        var called = string.IsNullOrWhiteSpace(name) ? mail.Split('@')[0] : name.Trim();
        called = called.Length > LongestName ? called[..LongestName] : called;
        var (id, token) = (UserId.New(), AccessLinkStore.NewToken());
        return work.WriteAsync<Invited>(
            async tx =>
            {
                if (!await UserStore.TryAddAsync(tx, id, mail, called, roles))
                {
                    return Invited.Exists.It;
                }

                await AccessLinkStore.AddAsync(
                    tx, AccessLinkStore.Hash(token), LinkPurpose.Invitation, id.Value, SignInRules.InvitationLifetime);
                await new RecordSystem(SystemEvent.UserAdded(id, roles), who).ApplyAsync(tx, new Applied());
                return new Invited.Link(token, called);
            },
            cancellation);
    }

    /// <summary>Another link for somebody who is there: signs them out everywhere, and the password they had is no longer theirs.</summary>
    /// <param name="mail">Whose.</param>
    /// <param name="factorsToo">The second factor is lost: passkeys, the app, recovery codes and a provider end as well.</param>
    /// <param name="who">Invites.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Invited> AgainAsync(string mail, bool factorsToo, Actor who, CancellationToken cancellation)
    {
        var token = AccessLinkStore.NewToken();
        var told = await work.ReadAsync(session => UserStore.FindByMailAsync(session, mail), cancellation) is { CanSignIn: true } ready
            ? mails.AccountChanged(ready, factorsToo ? AccountChange.FactorsEnded : AccountChange.PasswordEnded, work.Now)
            : null;
        return await work.WriteAsync<Invited>(
            async tx =>
            {
                if (await UserStore.FindByMailAsync(tx, mail) is not { } user)
                {
                    return Invited.NotFound.It;
                }

                await UserStore.UpdateAsync(
                    tx, user with { PasswordHash = null, SealedTotp = factorsToo ? null : user.SealedTotp });
                if (factorsToo)
                {
                    await RecoveryCodeStore.ReplaceAsync(tx, user.Id, []);
                    await PasskeyStore.RemoveAllAsync(tx, user.Id);
                    await UserLoginStore.RemoveAsync(tx, user.Id);
                }

                await UserSessionStore.EndAllAsync(tx, user.Id, SessionEnd.FactorChanged);
                await AccessLinkStore.RevokeAsync(tx, LinkPurpose.Invitation, user.Id.Value);
                await AccessLinkStore.AddAsync(
                    tx, AccessLinkStore.Hash(token), LinkPurpose.Invitation, user.Id.Value, SignInRules.InvitationLifetime);
                await new RecordSystem(SystemEvent.UserInvited(user.Id, factorsToo), who).ApplyAsync(tx, new Applied());
                await SignIn.TellAsync(tx, told);
                return new Invited.Link(token, user.Name);
            },
            cancellation);
    }
}

/// <summary>What inviting came to.</summary>
public abstract record Invited
{
    private Invited()
    {
    }

    /// <param name="Token">Of the link, which is shown or mailed, and stored nowhere.</param>
    /// <param name="Name">Of who was invited.</param>
    public sealed record Link(string Token, string Name) : Invited;

    public sealed record Exists : Invited
    {
        public static readonly Exists It = new();
    }

    public sealed record NotFound : Invited
    {
        public static readonly NotFound It = new();
    }
}
