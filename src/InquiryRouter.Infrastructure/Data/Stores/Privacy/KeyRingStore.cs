namespace InquiryRouter.Infrastructure.Data.Stores.Privacy;

/// <summary>A key of the whole installation, wrapped by the master key.</summary>
public sealed record StoredKey
{
    public required string MasterKeyId { get; init; }

    public required byte[] WrappedKey { get; init; }
}

public static class KeyRingStore
{
    public static Task<StoredKey?> FindAsync(Session session, string purpose) =>
        session.QuerySingleOrDefaultAsync<StoredKey>("SELECT MasterKeyId, WrappedKey FROM KeyRing WHERE Purpose = @purpose", new { purpose });

    /// <summary>False when another process has stored one first: read that.</summary>
    public static async Task<bool> TryAddAsync(Tx tx, string purpose, StoredKey key)
    {
        try
        {
            await tx.ExecuteAsync(
                "INSERT INTO KeyRing (Purpose, MasterKeyId, WrappedKey, CreatedAt) VALUES (@purpose, @MasterKeyId, @WrappedKey, @Now)",
                new { purpose, key.MasterKeyId, key.WrappedKey, tx.Now });
            return true;
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            return false;
        }
    }
}
