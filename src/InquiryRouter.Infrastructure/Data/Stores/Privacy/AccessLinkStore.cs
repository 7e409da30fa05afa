using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;

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

    /// <summary>Sets a password and the second factor; the subject is the user.</summary>
    Invitation,

    /// <summary>Signs in to the console once; only a start in Development makes one. The subject is the user.</summary>
    DemoSignIn,
}

/// <summary>A link that was found valid.</summary>
/// <param name="Person">Whom at a clinic it was sent to, as <see cref="AccessLinkStore.PersonOf"/>; null: no one in particular.</param>
public sealed record OpenLink(Guid SubjectId, DateTimeOffset ExpiresAt, byte[]? Person = null);

/// <summary>A link as it is listed: what it opens, and since when, but not how.</summary>
/// <param name="TokenHash">Its first half names it.</param>
public sealed record ListedLink(byte[] TokenHash, LinkPurpose Purpose, Guid SubjectId, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Names it, and opens nothing.</summary>
    public string Name => AccessLinkStore.NameOf(TokenHash);
}

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

    private const int NameLength = 16;

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The short name of a link, by which a browser and a person tell it from others.</summary>
    public static string NameOf(byte[] tokenHash) => Convert.ToHexStringLower(tokenHash.AsSpan(0, NameLength / 2));

    /// <summary>Whom a link was sent to: addresses of clinics stand in the network in clear, so nothing is kept secret by it.</summary>
    public static byte[] PersonOf(string email) => Hash(Mailbox.Key(email));

    public static Task AddAsync(Tx tx, byte[] tokenHash, LinkPurpose purpose, Guid subjectId, TimeSpan lifetime, byte[]? person = null) =>
        tx.ExecuteAsync(
            """
            INSERT INTO AccessLink (TokenHash, Purpose, SubjectId, CreatedAt, ExpiresAt, Person)
            VALUES (@TokenHash, @Purpose, @SubjectId, @Now, @ExpiresAt, @Person)
            """,
            new { TokenHash = tokenHash, Purpose = purpose.ToString(), SubjectId = subjectId, tx.Now, ExpiresAt = tx.Now + lifetime, Person = person });

    /// <summary>The subject of a link that is neither unknown, nor expired, nor revoked, nor for something else.</summary>
    public static async Task<OpenLink?> FindAsync(Session session, string? token, LinkPurpose purpose)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 100)
        {
            return null;
        }

        var row = await session.QuerySingleOrDefaultAsync<LinkRow>(
            "SELECT SubjectId, ExpiresAt, Person FROM AccessLink WHERE TokenHash = @Hash AND Purpose = @Purpose AND RevokedAt IS NULL AND ExpiresAt > @Now",
            new { Hash = Hash(token), Purpose = purpose.ToString(), session.Now });
        return row is null ? null : new OpenLink(row.SubjectId, row.ExpiresAt, row.Person);
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

    /// <summary>Links that still open something of an inquiry: its patient's, and those of its clinics.</summary>
    public static async Task<IReadOnlyList<ListedLink>> ListOfInquiryAsync(Session session, InquiryId inquiryId) => Listed(
        await session.QueryAsync<ListedRow>(
            """
            SELECT TokenHash, Purpose, SubjectId, CreatedAt, ExpiresAt FROM AccessLink
            WHERE RevokedAt IS NULL AND ExpiresAt > @Now
                AND (SubjectId = @inquiryId OR SubjectId IN (SELECT Id FROM Referral WHERE InquiryId = @inquiryId))
            ORDER BY CreatedAt
            """,
            new { inquiryId, session.Now }));

    /// <summary>Links that still open something of a clinic's.</summary>
    public static async Task<IReadOnlyList<ListedLink>> ListOfClinicAsync(Session session, string clinicCode) => Listed(
        await session.QueryAsync<ListedRow>(
            """
            SELECT L.TokenHash, L.Purpose, L.SubjectId, L.CreatedAt, L.ExpiresAt
            FROM AccessLink L INNER JOIN Referral R ON R.Id = L.SubjectId
            WHERE R.ClinicCode = @clinicCode AND L.RevokedAt IS NULL AND L.ExpiresAt > @Now
            ORDER BY L.CreatedAt
            """,
            new { clinicCode, session.Now }));

    /// <summary>
    /// Ends the link with a name, but never a patient's own: every mail to them has it, and they would be left without one. They end it on their page,
    /// where they get another.
    /// </summary>
    /// <returns>How many ended: none when there is no such open link.</returns>
    public static Task<int> RevokeNamedAsync(Tx tx, string name)
    {
        var first = new byte[32];
        Convert.FromHexString(name).CopyTo(first, 0);
        var last = (byte[])first.Clone();
        last.AsSpan(NameLength / 2).Fill(byte.MaxValue);
        return tx.ExecuteAsync(
            
            """
            UPDATE AccessLink SET RevokedAt = @Now
            WHERE TokenHash >= @first AND TokenHash <= @last AND Purpose <> 'Status' AND RevokedAt IS NULL AND ExpiresAt > @Now
            """,
            new { tx.Now, first, last });
    }

    /// <summary>Ends every link of a clinic but one.</summary>
    /// <param name="clinicCode">Whose.</param>
    /// <param name="token">The one that stays.</param>
    public static Task<int> RevokeOthersOfClinicAsync(Tx tx, string clinicCode, string token) =>
        tx.ExecuteAsync(
            """
            UPDATE AccessLink SET RevokedAt = @Now
            WHERE SubjectId IN (SELECT Id FROM Referral WHERE ClinicCode = @clinicCode) AND RevokedAt IS NULL AND TokenHash <> @Hash
            """,
            new { tx.Now, clinicCode, Hash = Hash(token) });

    /// <summary>Whether a text can be the name of a link.</summary>
    public static bool IsName(string text) => text.Length == NameLength && text.All(char.IsAsciiHexDigitLower);

    private static IReadOnlyList<ListedLink> Listed(IEnumerable<ListedRow> rows) =>
        [.. rows.Select(r => new ListedLink(r.TokenHash, Enum.Parse<LinkPurpose>(r.Purpose), r.SubjectId, r.CreatedAt, r.ExpiresAt))];

    private sealed class ListedRow
    {
        public byte[] TokenHash { get; init; } = [];

        public string Purpose { get; init; } = string.Empty;

        public Guid SubjectId { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }
    }

    private sealed class LinkRow
    {
        public byte[]? Person { get; init; }

        public Guid SubjectId { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }
    }
}
