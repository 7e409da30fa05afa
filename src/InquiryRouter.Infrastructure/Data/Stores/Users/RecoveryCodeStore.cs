using System.Security.Cryptography;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>Codes for whoever has lost the second factor: 120 random bits each, shown once, kept as their SHA-256, used once.</summary>
public static class RecoveryCodeStore
{
    public const int Count = 8;
    private const int Length = 15;
    private const int Group = 4;

    /// <summary>As it is shown: letters and digits in groups of four.</summary>
    public static string New() =>
        string.Join('-', Base32.Write(RandomNumberGenerator.GetBytes(Length)).Chunk(Group).Select(c => new string(c)));

    /// <summary>However it is typed; null: it is no such code.</summary>
    public static byte[]? Hash(string code) =>
        Base32.Read(code) is { Length: Length } bytes ? SHA256.HashData(bytes) : null;

    /// <summary>These instead of those there were.</summary>
    public static async Task ReplaceAsync(Tx tx, UserId userId, IEnumerable<byte[]> hashes)
    {
        await tx.ExecuteAsync("DELETE FROM UserRecoveryCode WHERE UserId = @userId", new { userId = userId.Value });
        foreach (var hash in hashes)
        {
            await tx.ExecuteAsync(
                "INSERT INTO UserRecoveryCode (UserId, CodeHash) VALUES (@userId, @hash)", new { userId = userId.Value, hash });
        }
    }

    /// <returns>False: there is no such code, or it was used.</returns>
    public static async Task<bool> TryUseAsync(Tx tx, UserId userId, byte[] hash) => await tx.ExecuteAsync(
        "UPDATE UserRecoveryCode SET UsedAt = @Now WHERE UserId = @userId AND CodeHash = @hash AND UsedAt IS NULL",
        new { userId = userId.Value, hash, tx.Now }) > 0;

    /// <summary>How many are left.</summary>
    public static Task<int> CountAsync(Session session, UserId userId) => session.QuerySingleOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM UserRecoveryCode WHERE UserId = @userId AND UsedAt IS NULL", new { userId = userId.Value });
}
