using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>What somebody did with many pieces of work at once.</summary>
public sealed record BulkAction
{
    public required Guid Id { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>A code: take, pass, give, snooze, finish.</summary>
    public required string Deed { get; init; }

    /// <summary>Of each piece what it was before, or why it was left alone, as JSON.</summary>
    public required string Items { get; init; }

    /// <summary>All of it was taken back; null: it was not.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
}

public static class BulkActionStore
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public static Task AddAsync(Tx tx, BulkAction action) => tx.ExecuteAsync(
        "INSERT INTO BulkAction (Id, UserId, Deed, Items, At) VALUES (@Id, @User, @Deed, @Items, @Now)",
        new { action.Id, User = action.UserId.Value, action.Deed, action.Items, tx.Now });

    /// <returns>Null: there is none, or it is somebody else's.</returns>
    public static Task<BulkAction?> FindAsync(Session session, UserId user, Guid id) => session.QuerySingleOrDefaultAsync<BulkAction>(
        "SELECT Id, UserId, Deed, Items, UndoneAt FROM BulkAction WHERE Id = @id AND UserId = @User", new { id, User = user.Value });

    /// <summary>It is taken back, and this is what it came to.</summary>
    /// <returns>False: it was before.</returns>
    public static async Task<bool> UndoneAsync(Tx tx, Guid id, string items) => await tx.ExecuteAsync(
        "UPDATE BulkAction SET UndoneAt = @Now, Items = @items WHERE Id = @id AND UndoneAt IS NULL", new { id, items, tx.Now }) > 0;

    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("BulkAction", "Seq", "At < @before"), new { before, take });
}
