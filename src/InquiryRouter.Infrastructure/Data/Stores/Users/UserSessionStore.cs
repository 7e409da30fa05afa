using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>A browser in which somebody is signed in.</summary>
public sealed record UserSession
{
    public required byte[] KeyHash { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>What was shown: <c>password,totp</c>, <c>password,recovery</c>, <c>passkey</c>, <c>provider</c>, <c>demo</c>.</summary>
    public required string Factors { get; init; }

    /// <summary>Like "Firefox on Linux".</summary>
    public required string Device { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a factor was shown last.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Names it, and opens nothing.</summary>
    public string ShortName => AccessLinkStore.NameOf(KeyHash);

    public bool IsFresh(DateTimeOffset now) => now - ProvedAt < SignInRules.FreshProof;
}

/// <summary>Why a session ended. Stored by name.</summary>
public enum SessionEnd
{
    SignedOut,

    /// <summary>Another one was begun in its place, as at each step up.</summary>
    Replaced,

    /// <summary>There were too many.</summary>
    MadeRoom,

    /// <summary>By the person, on their account page, or because a factor changed.</summary>
    EndedByUser,
    FactorChanged,
    EndedByAdmin,
    Disabled,
    RolesChanged,
}

/// <summary>Sessions: 256 random bits in a cookie; the database keeps their SHA-256. Looked up at each request.</summary>
public static class UserSessionStore
{
    /// <summary>Ended ones are kept for this long, for whoever looks into what happened.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string Select = "SELECT KeyHash, UserId, Factors, Device, CreatedAt, ProvedAt, SeenAt FROM UserSession";
    private const string IsOpen = "EndedAt IS NULL AND CreatedAt > @born AND SeenAt > @active";

    /// <summary>Begins one; the oldest make room.</summary>
    /// <param name="tx">The unit of work.</param>
    /// <param name="keyHash">Of the secret in the cookie.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="factors">What was shown.</param>
    /// <param name="device">Where.</param>
    /// <param name="createdAt">When they signed in, if it goes on with an earlier one; null: now.</param>
    /// <param name="provedAt">When a factor was shown; null: now.</param>
    public static async Task AddAsync(
        Tx tx, byte[] keyHash, UserId userId, string factors, string device, DateTimeOffset? createdAt = null,
        DateTimeOffset? provedAt = null)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO UserSession (KeyHash, UserId, Factors, Device, CreatedAt, ProvedAt, SeenAt)
            VALUES (@keyHash, @userId, @factors, @device, @CreatedAt, @ProvedAt, @Now)
            """,
            new { keyHash, userId = userId.Value, factors, device, CreatedAt = createdAt ?? tx.Now, ProvedAt = provedAt ?? tx.Now, tx.Now });
        foreach (var old in (await ListAsync(tx, userId)).Where(s =>
            !s.KeyHash.AsSpan().SequenceEqual(keyHash)).Skip(SignInRules.MostSessions - 1))
        {
            await EndAsync(tx, old.KeyHash, SessionEnd.MadeRoom);
        }
    }

    /// <summary>One that is open: not ended, not too old, not idle for too long.</summary>
    public static Task<UserSession?> FindAsync(Session session, byte[] keyHash) => session.QuerySingleOrDefaultAsync<UserSession>(
        $"{Select} WHERE KeyHash = @keyHash AND {IsOpen}", new { keyHash, born = Born(session), active = ActiveSince(session) });

    /// <summary>
    /// Whose it is or was, if it is open or ended by itself: who was sitting here a moment ago. Null: nobody who is active, or somebody
    /// ended it,
    /// who may have had a reason not to trust this browser.
    /// </summary>
    public static async Task<UserId?> FindOwnerAsync(Session session, byte[] keyHash) =>
        await session.QuerySingleOrDefaultAsync<Guid?>(
            """
            SELECT S.UserId FROM UserSession S INNER JOIN AppUser U ON U.Id = S.UserId
            WHERE S.KeyHash = @keyHash AND U.Active = 1 AND (S.EndedAt IS NULL OR S.EndReason IN ('MadeRoom', 'RolesChanged'))
            """,
            new { keyHash }) is { } owner ? new UserId(owner) : null;

    /// <summary>The open ones of somebody, newest first.</summary>
    public static async Task<IReadOnlyList<UserSession>> ListAsync(Session session, UserId userId) =>
        [.. await session.QueryAsync<UserSession>(
            $"{Select} WHERE UserId = @userId AND {IsOpen} ORDER BY CreatedAt DESC, Seq DESC",
            new { userId = userId.Value, born = Born(session), active = ActiveSince(session) })];

    /// <summary>Of some, those that are open, of people who are active.</summary>
    public static async Task<IReadOnlyList<byte[]>> ListOpenAsync(Session session, IReadOnlyCollection<byte[]> keyHashes)
    {
        var open = new List<byte[]>();
        foreach (var some in keyHashes.Chunk(500))
        {
            open.AddRange((await session.QueryAsync<KeyRow>(
                """
                SELECT S.KeyHash FROM UserSession S INNER JOIN AppUser U ON U.Id = S.UserId
                WHERE S.KeyHash IN @some AND U.Active = 1 AND S.EndedAt IS NULL AND S.CreatedAt > @born AND S.SeenAt > @active
                """,
                new { some, born = Born(session), active = ActiveSince(session) })).Select(r => r.KeyHash));
        }

        return open;
    }

    public static Task SeenAsync(Tx tx, byte[] keyHash) =>
        tx.ExecuteAsync("UPDATE UserSession SET SeenAt = @Now WHERE KeyHash = @keyHash AND EndedAt IS NULL", new { keyHash, tx.Now });

    /// <returns>False: it had ended.</returns>
    public static async Task<bool> EndAsync(Tx tx, byte[] keyHash, SessionEnd why) => await tx.ExecuteAsync(
        "UPDATE UserSession SET EndedAt = @Now, EndReason = @Why WHERE KeyHash = @keyHash AND EndedAt IS NULL",
        new { keyHash, Why = why.ToString(), tx.Now }) > 0;

    /// <summary>Ends all of somebody's, perhaps but one.</summary>
    public static Task<int> EndAllAsync(Tx tx, UserId userId, SessionEnd why, byte[]? but = null) => tx.ExecuteAsync(
        "UPDATE UserSession SET EndedAt = @Now, EndReason = @Why WHERE UserId = @userId AND EndedAt IS NULL AND KeyHash <> @but",
        new { userId = userId.Value, Why = why.ToString(), tx.Now, but = but ?? [] });

    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("UserSession", "Seq", "CreatedAt < @before"), new { before, take });

    private sealed class KeyRow
    {
        public byte[] KeyHash { get; init; } = [];
    }

    private static DateTimeOffset Born(Session session) => session.Now - SignInRules.LongestSession;

    private static DateTimeOffset ActiveSince(Session session) => session.Now - SignInRules.LongestIdle;
}
