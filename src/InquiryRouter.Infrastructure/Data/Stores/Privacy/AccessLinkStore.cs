using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace InquiryRouter.Infrastructure.Data.Stores.Privacy;

/// <summary>What a link opens. Stored by name.</summary>
public enum LinkPurpose
{
    /// <summary>The patient's status page; the subject is the inquiry.</summary>
    Status,

    /// <summary>A clinic's referral page; the subject is the referral.</summary>
    Referral,

    /// <summary>A clinic's list of its referrals; the subject is the referral it was asked for from.</summary>
    ClinicList,

    /// <summary>No more check-ins and no marketing; the subject is the inquiry.</summary>
    Unsubscribe,
}

/// <summary>A link that was found valid.</summary>
public sealed record OpenLink(Guid SubjectId, DateTimeOffset ExpiresAt);

/// <summary>A link that was made once, whether it still opens anything or not.</summary>
/// <param name="RevokedAt">When it was ended before its time; null: it was not.</param>
public sealed record KnownLink(Guid SubjectId, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    public bool HasEnded(DateTimeOffset now) => RevokedAt is not null || ExpiresAt <= now;
}

/// <summary>256 random bits in a URL; the database keeps their SHA-256, with purpose, expiry and revocation.</summary>
public static class AccessLinkStore
{
    /// <summary>As long as the inquiry lives: its erasure ends the link. A hundred years, which both databases can store.</summary>
    public static readonly TimeSpan StatusLifetime = TimeSpan.FromDays(36_525);

    /// <summary>The page explains an ended offer long after its window.</summary>
    public static readonly TimeSpan ReferralLifetime = TimeSpan.FromDays(90);

    /// <summary>A list shows more than a referral does: its link is asked for again each month.</summary>
    public static readonly TimeSpan ClinicListLifetime = TimeSpan.FromDays(30);

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static Task AddAsync(Tx tx, byte[] tokenHash, LinkPurpose purpose, Guid subjectId, TimeSpan lifetime) =>
        tx.ExecuteAsync(
            """
            INSERT INTO AccessLink (TokenHash, Purpose, SubjectId, CreatedAt, ExpiresAt)
            VALUES (@TokenHash, @Purpose, @SubjectId, @Now, @ExpiresAt)
            """,
            new { TokenHash = tokenHash, Purpose = purpose.ToString(), SubjectId = subjectId, tx.Now, ExpiresAt = tx.Now + lifetime });

    /// <summary>The subject of a link that is neither unknown, nor expired, nor revoked, nor for something else.</summary>
    public static async Task<OpenLink?> FindAsync(Session session, string? token, LinkPurpose purpose)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 100)
        {
            return null;
        }

        var row = await session.QuerySingleOrDefaultAsync<LinkRow>(
            "SELECT SubjectId, ExpiresAt FROM AccessLink WHERE TokenHash = @Hash AND Purpose = @Purpose AND RevokedAt IS NULL AND ExpiresAt > @Now",
            new { Hash = Hash(token), Purpose = purpose.ToString(), session.Now });
        return row is null ? null : new OpenLink(row.SubjectId, row.ExpiresAt);
    }

    /// <summary>The subject of a link whatever its age, to explain itself and offer the way on: it opens nothing.</summary>
    public static async Task<KnownLink?> FindEndedAsync(Session session, string? token, LinkPurpose purpose)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 100)
        {
            return null;
        }

        var row = await session.QuerySingleOrDefaultAsync<LinkRow>(
            "SELECT SubjectId, ExpiresAt, RevokedAt FROM AccessLink WHERE TokenHash = @Hash AND Purpose = @Purpose", new { Hash = Hash(token), Purpose = purpose.ToString() });
        return row is null ? null : new KnownLink(row.SubjectId, row.ExpiresAt, row.RevokedAt);
    }

    /// <summary>How many links of a purpose to a subject were made since a moment.</summary>
    public static Task<int> CountSinceAsync(Session session, LinkPurpose purpose, Guid subjectId, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM AccessLink WHERE SubjectId = @subjectId AND Purpose = @Purpose AND CreatedAt > @since",
            new { subjectId, Purpose = purpose.ToString(), since });

    /// <summary>Ends every link of a purpose to a subject.</summary>
    public static Task<int> RevokeAsync(Tx tx, LinkPurpose purpose, Guid subjectId) =>
        tx.ExecuteAsync(
            "UPDATE AccessLink SET RevokedAt = @Now WHERE SubjectId = @subjectId AND Purpose = @Purpose AND RevokedAt IS NULL",
            new { tx.Now, subjectId, Purpose = purpose.ToString() });

    private sealed class LinkRow
    {
        public Guid SubjectId { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }
    }
}
