using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Users;

/// <summary>
/// In Development only: a start prints a link that signs in once, as somebody who has no password and so no other way in. Callers say
/// that it is
/// Development.
/// </summary>
public sealed class DemoSignIn(Work work)
{
    /// <summary>How a session of this kind says what was shown; it counts in Development only.</summary>
    public const string Factor = "demo";

    private const string Mail = "demo@localhost";
    private const UserRoles Roles = UserRoles.Manager | UserRoles.Admin | UserRoles.Auditor;

    /// <returns>The token of the link; earlier ones end.</returns>
    public Task<string> NewLinkAsync(CancellationToken cancellation)
    {
        var (id, token) = (UserId.New(), AccessLinkStore.NewToken());
        return work.WriteAsync(
            async tx =>
            {
                await UserStore.TryAddAsync(tx, id, Mail, "Demo", Roles);
                var user = (await UserStore.FindByMailAsync(tx, Mail))!;
                await AccessLinkStore.RevokeAsync(tx, LinkPurpose.DemoSignIn, user.Id.Value);
                await AccessLinkStore.AddAsync(
                    tx, AccessLinkStore.Hash(token), LinkPurpose.DemoSignIn, user.Id.Value, SignInRules.DemoLinkLifetime);
                return token;
            },
            cancellation);
    }

    /// <returns>The token of the session; null: the link was used, or is too old.</returns>
    public Task<string?> UseAsync(string? link, string device, CancellationToken cancellation)
    {
        var token = AccessLinkStore.NewToken();
        return work.WriteAsync<string?>(
            async tx =>
            {
                if (await AccessLinkStore.FindAsync(tx, link, LinkPurpose.DemoSignIn) is not { } open
                    || await UserStore.FindAsync(tx, new UserId(open.SubjectId)) is not { Active: true } user
                    || await AccessLinkStore.RevokeAsync(tx, LinkPurpose.DemoSignIn, open.SubjectId) == 0)
                {
                    return null;
                }

                await SignIn.BeginAsync(tx, user, token, Factor, device);
                return token;
            },
            cancellation);
    }
}
