using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>What is kept for a page. Stored by name.</summary>
public enum KeptKind
{
    /// <summary>A form that could not be sent.</summary>
    Form,

    /// <summary>A search: it counts, and what it found is kept with it.</summary>
    Search,

    /// <summary>Who a patient is was asked for.</summary>
    Reveal,

    /// <summary>What a mail says was asked for.</summary>
    Mail,

    /// <summary>What was made and is shown once, like recovery codes.</summary>
    Shown,
}

/// <summary>What is kept for a page.</summary>
public sealed record KeptPage
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null: nothing, or not any more.</summary>
    public required byte[]? Sealed { get; init; }
}

/// <summary>What pages keep for one person for a short time, on whichever process they ask. Nobody reads another's.</summary>
public static class KeptPageStore
{
    private const string IsTheirs = "UserId = @User AND Kind = @Kind AND EndsAt > @Now";

    /// <param name="tx">The unit of work.</param>
    /// <param name="id">Names it.</param>
    /// <param name="user">Whose.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">Sealed; null: nothing, or not yet.</param>
    /// <param name="life">For how long.</param>
    /// <param name="inquiryId">What it says something of: it goes with an erasure. Null: of none, or of several.</param>
    public static Task AddAsync(Tx tx, Guid id, UserId user, KeptKind kind, byte[]? content, TimeSpan life, InquiryId? inquiryId = null) =>
        tx.ExecuteAsync(
            """
            INSERT INTO KeptPage (Id, UserId, Kind, InquiryId, Sealed, At, EndsAt) VALUES (@id, @User, @Kind, @inquiryId, @content, @Now,
                @EndsAt)
            """,
            new { id, User = user.Value, Kind = kind.ToString(), inquiryId, content, tx.Now, EndsAt = tx.Now + life });

    /// <summary>Makes room: of one kind, all but the newest of somebody.</summary>
    public static Task LeaveNewestAsync(Tx tx, UserId user, KeptKind kind, int most) => tx.ExecuteAsync(
        """
        DELETE FROM KeptPage WHERE UserId = @User AND Kind = @Kind
            AND (SELECT COUNT(*) FROM KeptPage N WHERE N.UserId = @User AND N.Kind = @Kind AND N.Seq > KeptPage.Seq) >= @most
        """,
        new { User = user.Value, Kind = kind.ToString(), most });

    /// <summary>Says what it came to.</summary>
    public static Task FillAsync(Tx tx, Guid id, byte[] content) =>
        tx.ExecuteAsync("UPDATE KeptPage SET Sealed = @content WHERE Id = @id", new { id, content });

    /// <returns>Null: it is another's, too old, or there is none.</returns>
    public static Task<KeptPage?> FindAsync(Session session, Guid id, UserId user, KeptKind kind) =>
        session.QuerySingleOrDefaultAsync<KeptPage>(
        $"SELECT Id, At, Sealed FROM KeptPage WHERE Id = @id AND {IsTheirs}", new { id, User = user.Value, Kind = kind.ToString(),
            session.Now });

    /// <summary>Whether it is kept about this inquiry.</summary>
    public static async Task<bool> IsOfAsync(Session session, Guid id, UserId user, KeptKind kind, InquiryId inquiryId) =>
        await session.QuerySingleOrDefaultAsync<int>(
            $"SELECT COUNT(*) FROM KeptPage WHERE Id = @id AND InquiryId = @inquiryId AND {IsTheirs}",
            new { id, inquiryId, User = user.Value, Kind = kind.ToString(), session.Now }) > 0;

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<KeptPage>> ListAsync(Session session, UserId user, KeptKind kind) =>
        [.. await session.QueryAsync<KeptPage>(
            $"SELECT Id, At, Sealed FROM KeptPage WHERE {IsTheirs} ORDER BY Seq DESC", new { User = user.Value, Kind = kind.ToString(),
                session.Now })];

    /// <summary>How many were begun since.</summary>
    public static Task<int> CountAsync(Session session, UserId user, KeptKind kind, DateTimeOffset since) =>
        session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM KeptPage WHERE UserId = @User AND Kind = @Kind AND At > @since",
            new { User = user.Value, Kind = kind.ToString(), since });

    public static Task RemoveAsync(Tx tx, Guid id, UserId user) =>
        tx.ExecuteAsync("DELETE FROM KeptPage WHERE Id = @id AND UserId = @User", new { id, User = user.Value });

    /// <summary>A patient is erased: what was kept about them goes, and so does what anybody found.</summary>
    public static async Task EraseAsync(Tx tx, InquiryId inquiryId)
    {
        await tx.ExecuteAsync("DELETE FROM KeptPage WHERE InquiryId = @inquiryId", new { inquiryId });
        await tx.ExecuteAsync(
            "UPDATE KeptPage SET Sealed = NULL WHERE Kind = @Kind AND Sealed IS NOT NULL", new { Kind = nameof(KeptKind.Search) });
    }

    public static Task<int> SweepAsync(Tx tx, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("KeptPage", "Seq", "EndsAt < @Now"), new { tx.Now, take });
}
