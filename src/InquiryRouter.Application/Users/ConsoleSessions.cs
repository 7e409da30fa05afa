using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Users;

/// <summary>Who is signed in, asked at each request; and the end of it.</summary>
public sealed class ConsoleSessions(Work work)
{
    private const int LongestToken = 100;

    /// <summary>Null: nobody, not any more, or not active any more.</summary>
    /// <param name="token">Of the cookie.</param>
    /// <param name="isDeed">A person did this: it counts as being there.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<(AppUser User, UserSession Session)?> FindAsync(string? token, bool isDeed, CancellationToken cancellation)
    {
        if (HashOf(token) is not { } hash)
        {
            return null;
        }

        var (session, user) = await work.ReadAsync(
            async reading => await UserSessionStore.FindAsync(reading, hash) is { } found
                ? (found, await UserStore.FindAsync(reading, found.UserId))
                : default((UserSession?, AppUser?)),
            cancellation);
        if (session is null || user is not { Active: true })
        {
            return null;
        }

        if (isDeed && work.Now - session.SeenAt >= SignInRules.SeenEvery)
        {
            await work.ApplyAsync(
                [
                    new Store("seen", tx => UserSessionStore.SeenAsync(tx, hash)),
                    new Store("seen", tx => UserStore.SeenAsync(tx, user.Id)),
                ],
                cancellation);
        }

        return (user, session);
    }

    /// <summary>What the database knows a session by; null: there is none in the cookie.</summary>
    internal static byte[]? HashOf(string? token) => token is null or { Length: 0 or > LongestToken } ? null : AccessLinkStore.Hash(token);

    public async Task SignOutAsync(AppUser user, UserSession session, CancellationToken cancellation) => await work.ApplyAsync(
        [
            new Store("end", tx => UserSessionStore.EndAsync(tx, session.KeyHash, SessionEnd.SignedOut)),
            new RecordSystem(SystemEvent.SignedOut(user.Id), Actor.Coordinator(user.Name)),
        ],
        cancellation);

    public Task<IReadOnlyList<UserSession>> ListAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => UserSessionStore.ListAsync(session, user), cancellation);
}
