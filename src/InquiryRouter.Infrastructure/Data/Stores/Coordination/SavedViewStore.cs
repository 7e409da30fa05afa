using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>A view of the inbox that somebody has given a name.</summary>
public sealed record SavedView
{
    public required Guid Id { get; init; }

    public required UserId OwnerId { get; init; }

    public required string Name { get; init; }

    /// <summary>What goes behind the question mark of its address.</summary>
    public required string Filter { get; init; }

    /// <summary>Colleagues have it too.</summary>
    public required bool Shared { get; init; }
}

public static class SavedViewStore
{
    public const int LongestName = 60;

    /// <summary>Somebody's own, then those that are shared, in the order they were made: at most so many.</summary>
    public static async Task<IReadOnlyList<SavedView>> ListAsync(Session session, UserId user, int most) =>
        [.. await session.QueryAsync<SavedView>(
            session.Dialect.First(
                "Id, OwnerId, Name, Filter, Shared",
                "FROM SavedView WHERE OwnerId = @User OR Shared = 1 ORDER BY CASE WHEN OwnerId = @User THEN 0 ELSE 1 END, Seq"),
            new { User = user.Value, take = most })];

    /// <summary>How many somebody has of their own.</summary>
    public static Task<int> CountAsync(Session session, UserId owner) => session.QuerySingleOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM SavedView WHERE OwnerId = @Owner", new { Owner = owner.Value });

    public static Task AddAsync(Tx tx, SavedView view) => tx.ExecuteAsync(
        """
        INSERT INTO SavedView (Id, OwnerId, Name, Filter, Shared, CreatedAt) VALUES (@Id, @Owner, @Name, @Filter, @Shared, @Now)
        """,
        new { view.Id, Owner = view.OwnerId.Value, view.Name, view.Filter, view.Shared, tx.Now });

    /// <returns>False: it is gone, or is somebody else's.</returns>
    public static async Task<bool> RemoveAsync(Tx tx, UserId owner, Guid id) =>
        await tx.ExecuteAsync("DELETE FROM SavedView WHERE Id = @id AND OwnerId = @Owner", new { id, Owner = owner.Value }) > 0;
}
