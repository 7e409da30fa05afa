using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Users.Provider;

/// <summary>Who an identity provider says somebody is; verified.</summary>
/// <param name="Factors">What it says was shown: <c>amr</c> and <c>acr</c>.</param>
/// <param name="ShownAt">When; null: it does not say.</param>
public sealed record ProviderIdentity(string Issuer, string Subject, IReadOnlyList<string> Factors, DateTimeOffset? ShownAt);

/// <summary>
/// Signs in whom the operator's identity provider knows. Issuer and subject say who it is, bound by an invitation's link and by nothing
/// else: no mail address, and nobody is made. Roles are those of our table.
/// </summary>
public sealed class SignInWithProvider(
    Work work, ProviderOptions options, SignInAttempts attempts, MailWriter mails, SecurityLog security)
{
    /// <summary>How a session says it.</summary>
    public const string Factor = "provider";

    private readonly string[] _second =
        options.SecondFactor.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <param name="identity">Whom the provider has shown.</param>
    /// <param name="invitation">The token of an invitation's link they came from; null: they sign in.</param>
    /// <param name="place">From where.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ProviderSignIn> RunAsync(
        ProviderIdentity identity, string? invitation, SignInPlace place, CancellationToken cancellation)
    {
        if (!identity.Factors.Any(f => _second.Contains(f, StringComparer.Ordinal)))
        {
            await FailAsync("provider-one-factor", cancellation);
            return new ProviderSignIn.Refused("one-factor");
        }

        var user = await work.ReadAsync(session => WhoAsync(session, identity, invitation), cancellation);
        if (user is null)
        {
            await FailAsync("provider-unknown", cancellation);
            return new ProviderSignIn.Refused(invitation is null ? "unknown" : "invitation");
        }

        var token = AccessLinkStore.NewToken();
        var told = invitation is null ? null : mails.AccountChanged(user, AccountChange.ProviderBound, work.Now);
        var shownAt = identity.ShownAt is { } at && at <= work.Now ? at : work.Now - SignInRules.FreshProof;
        bool done;
        try
        {
            done = await work.WriteAsync(
                async tx =>
                {
                    if ((await WhoAsync(tx, identity, invitation))?.Id != user.Id)
                    {
                        return false;
                    }

                    if (invitation is not null)
                    {
                        await UserLoginStore.BindAsync(tx, user.Id, identity.Issuer, identity.Subject);
                        await AccessLinkStore.RevokeAsync(tx, LinkPurpose.Invitation, user.Id.Value);
                        await new RecordSystem(
                            SystemEvent.FactorChanged(user.Id, Factor), Actor.Coordinator(user.Name)).ApplyAsync(tx, new Applied());
                        await SignIn.TellAsync(tx, told);
                    }

                    await SignIn.BeginAsync(tx, user, token, Factor, place.Device, shownAt);
                    return true;
                },
                cancellation);
        }
        catch (ConflictException)
        {
            // The same person of the provider is bound to somebody else here.
            done = false;
        }

        if (!done)
        {
            await FailAsync("provider-taken", cancellation);
            return new ProviderSignIn.Refused("taken");
        }

        security.SignedIn(user.Id.Value, Factor);
        return new ProviderSignIn.SignedIn(token, attempts.NewDevice(user.Id));
    }

    /// <summary>The provider has shown nobody: refused there, or its answer was not right.</summary>
    public Task FailAsync(string why, CancellationToken cancellation) =>
        SignIn.RecordRefusedAsync(work, security, user: null, why, cancellation);

    /// <summary>The issuer somebody is bound at; null: none.</summary>
    public Task<string?> FindIssuerAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => UserLoginStore.FindIssuerAsync(session, user), cancellation);

    // An invitation that asks for a new password only leaves the second factor they have: a provider does not go around it.
    private static async Task<AppUser?> WhoAsync(Session session, ProviderIdentity identity, string? invitation)
    {
        if (invitation is not null)
        {
            return await AccessLinkStore.FindAsync(session, invitation, LinkPurpose.Invitation) is { } link
                && await UserStore.FindAsync(session, new UserId(link.SubjectId)) is { Active: true, SealedTotp: null } invited
                    ? invited
                    : null;
        }

        return await UserLoginStore.FindAsync(session, identity.Issuer, identity.Subject) is { } id
            && await UserStore.FindAsync(session, id) is { Active: true } user
                ? user
                : null;
    }
}

/// <summary>What a provider's answer came to.</summary>
public abstract record ProviderSignIn
{
    private ProviderSignIn()
    {
    }

    /// <param name="Token">Of the session, for the cookie.</param>
    /// <param name="KnownDevice">For the cookie that says that they have signed in here.</param>
    public sealed record SignedIn(string Token, string KnownDevice) : ProviderSignIn;

    /// <param name="Why">one-factor, unknown, invitation, taken.</param>
    public sealed record Refused(string Why) : ProviderSignIn;
}
