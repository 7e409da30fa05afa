using System.Security.Cryptography;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>A passkey as it is stored.</summary>
public sealed record StoredPasskey
{
    public required UserId UserId { get; init; }

    public required byte[] CredentialId { get; init; }

    public required byte[] PublicKey { get; init; }

    public string? Name { get; init; }

    public required long SignCount { get; init; }

    /// <summary>Separated by spaces; null: the browser did not say.</summary>
    public string? Transports { get; init; }

    /// <summary>The person was verified when it was made, by a PIN, a finger or a face.</summary>
    public required bool Verified { get; init; }

    public required bool BackupEligible { get; init; }

    public required bool BackedUp { get; init; }

    public required byte[] Attestation { get; init; }

    public required byte[] ClientData { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The passkeys of the operator's people.</summary>
public static class PasskeyStore
{
    private const string Select =
        """
        SELECT UserId, CredentialId, PublicKey, Name, SignCount, Transports, Verified, BackupEligible, BackedUp, Attestation, ClientData,
            CreatedAt
        FROM UserPasskey
        """;

    /// <exception cref="ConflictException">It is somebody's already.</exception>
    public static async Task AddAsync(Tx tx, StoredPasskey passkey)
    {
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO UserPasskey (
                    UserId, CredentialHash, CredentialId, PublicKey, Name, SignCount, Transports, Verified, BackupEligible,
                    BackedUp, Attestation, ClientData, CreatedAt)
                VALUES (@UserId, @Hash, @CredentialId, @PublicKey, @Name, @SignCount, @Transports, @Verified, @BackupEligible,
                    @BackedUp, @Attestation, @ClientData, @Now)
                """,
                new
                {
                    UserId = passkey.UserId.Value, Hash = SHA256.HashData(
                        passkey.CredentialId), passkey.CredentialId, passkey.PublicKey, passkey.Name,
                    passkey.SignCount, passkey.Transports, passkey.Verified, passkey.BackupEligible, passkey.BackedUp, passkey.Attestation,
                    passkey.ClientData, tx.Now,
                });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The passkey is there already.", exception);
        }
    }

    public static Task<StoredPasskey?> FindAsync(Session session, byte[] credentialId) => session.QuerySingleOrDefaultAsync<StoredPasskey>(
        $"{Select} WHERE CredentialHash = @Hash", new { Hash = SHA256.HashData(credentialId) });

    public static async Task<IReadOnlyList<StoredPasskey>> ListAsync(Session session, UserId userId) =>
        [.. await session.QueryAsync<StoredPasskey>($"{Select} WHERE UserId = @userId ORDER BY Seq", new { userId = userId.Value })];

    /// <summary>What an answer of it has changed. A count that does not rise is a copy's; some authenticators count nothing, ever.</summary>
    /// <returns>False: it does not rise, or the passkey is gone.</returns>
    public static async Task<bool> TryUseAsync(Tx tx, byte[] credentialId, long signCount, bool backedUp) => await tx.ExecuteAsync(
        """
        UPDATE UserPasskey SET SignCount = @signCount, BackedUp = @backedUp
        WHERE CredentialHash = @Hash AND (SignCount < @signCount OR (SignCount = 0 AND @signCount = 0))
        """,
        new { signCount, backedUp, Hash = SHA256.HashData(credentialId) }) > 0;

    /// <returns>False: it is not theirs.</returns>
    public static async Task<bool> RemoveAsync(Tx tx, UserId userId, byte[] credentialId) => await tx.ExecuteAsync(
        "DELETE FROM UserPasskey WHERE UserId = @userId AND CredentialHash = @Hash",
        new { userId = userId.Value, Hash = SHA256.HashData(credentialId) }) > 0;

    public static Task RemoveAllAsync(Tx tx, UserId userId) =>
        tx.ExecuteAsync("DELETE FROM UserPasskey WHERE UserId = @userId", new { userId = userId.Value });
}
