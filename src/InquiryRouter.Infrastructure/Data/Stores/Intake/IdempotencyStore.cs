using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Intake;

/// <summary>What was sent under a key before.</summary>
public sealed record EarlierRequest
{
    public required byte[] BodyHash { get; init; }

    public required InquiryId InquiryId { get; init; }
}

/// <summary>Requests that must not make a second inquiry: keyed hashes of the sender's key and of the body, for 24 hours.</summary>
public static class IdempotencyStore
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static Task<EarlierRequest?> FindAsync(Session session, byte[] keyHash) =>
        session.QuerySingleOrDefaultAsync<EarlierRequest>(
            "SELECT BodyHash, InquiryId FROM IdempotencyKey WHERE KeyHash = @keyHash AND At > @oldest",
            new { keyHash, oldest = session.Now - Lifetime });

    /// <summary>Takes the key for this inquiry.</summary>
    /// <exception cref="ConflictException">Another request has it: answer with that one's inquiry.</exception>
    public static async Task AddAsync(Tx tx, byte[] keyHash, byte[] bodyHash, InquiryId inquiryId)
    {
        // A key older than its lifetime that was not swept yet is free again.
        await tx.ExecuteAsync("DELETE FROM IdempotencyKey WHERE KeyHash = @keyHash AND At <= @oldest", new { keyHash, oldest = tx.Now - Lifetime });
        try
        {
            await tx.ExecuteAsync(
                "INSERT INTO IdempotencyKey (KeyHash, BodyHash, InquiryId, At) VALUES (@keyHash, @bodyHash, @inquiryId, @Now)",
                new { keyHash, bodyHash, inquiryId, tx.Now });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The idempotency key is taken.", exception);
        }
    }

    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("IdempotencyKey", "KeyHash", "At <= @before"), new { before, take });
}
