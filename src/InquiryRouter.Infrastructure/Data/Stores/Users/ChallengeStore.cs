using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>Questions that wait for a passkey's answer: each is answered once, within minutes.</summary>
public static class ChallengeStore
{
    public static Task AddAsync(Tx tx, string token, string state) => tx.ExecuteAsync(
        "INSERT INTO UserChallenge (KeyHash, State, ExpiresAt) VALUES (@Hash, @state, @ExpiresAt)",
        new { Hash = AccessLinkStore.Hash(token), state, ExpiresAt = tx.Now + SignInRules.ChallengeLifetime });

    /// <summary>Uses it up; null: it was used, is too old, or never was.</summary>
    public static async Task<string?> TakeAsync(Tx tx, string token)
    {
        var hash = AccessLinkStore.Hash(token);
        var state = await tx.QuerySingleOrDefaultAsync<string>(
            "SELECT State FROM UserChallenge WHERE KeyHash = @hash AND ExpiresAt > @Now", new { hash, tx.Now });
        return await tx.ExecuteAsync("DELETE FROM UserChallenge WHERE KeyHash = @hash", new { hash }) > 0 ? state : null;
    }

    /// <summary>Forgets those that nobody answered; there are never many.</summary>
    public static Task<int> SweepAsync(Tx tx, DateTimeOffset now) =>
        tx.ExecuteAsync("DELETE FROM UserChallenge WHERE ExpiresAt < @now", new { now });
}
