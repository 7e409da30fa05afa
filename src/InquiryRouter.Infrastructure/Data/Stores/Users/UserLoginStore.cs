using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>Who the operator's people are at an identity provider: issuer and subject, never a mail address. One each.</summary>
public static class UserLoginStore
{
    private const int LongestIssuer = 400;

    /// <summary>Null: nobody is bound to it.</summary>
    public static Task<UserId?> FindAsync(Session session, string issuer, string subject) => session.QuerySingleOrDefaultAsync<UserId?>(
        "SELECT UserId FROM UserLogin WHERE LoginHash = @Hash", new { Hash = Hash(issuer, subject) });

    /// <summary>The issuer somebody is bound at; null: none.</summary>
    public static Task<string?> FindIssuerAsync(Session session, UserId userId) => session.QuerySingleOrDefaultAsync<string>(
        "SELECT Issuer FROM UserLogin WHERE UserId = @userId", new { userId = userId.Value });

    /// <summary>Binds somebody, in place of what they were bound to.</summary>
    /// <exception cref="ConflictException">Somebody else is bound to it.</exception>
    public static async Task BindAsync(Tx tx, UserId userId, string issuer, string subject)
    {
        await RemoveAsync(tx, userId);
        try
        {
            await tx.ExecuteAsync(
                "INSERT INTO UserLogin (UserId, LoginHash, Issuer, CreatedAt) VALUES (@userId, @Hash, @Issuer, @Now)",
                new
                {
                    userId = userId.Value, Hash = Hash(issuer, subject), tx.Now,
                    Issuer = issuer.Length > LongestIssuer ? issuer[..LongestIssuer] : issuer,
                });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("Somebody else is bound to it.", exception);
        }
    }

    public static Task RemoveAsync(Tx tx, UserId userId) =>
        tx.ExecuteAsync("DELETE FROM UserLogin WHERE UserId = @userId", new { userId = userId.Value });

    // Which part ends where is said by its length.
    private static byte[] Hash(string issuer, string subject) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{issuer.Length} {issuer} {subject}")));
}
