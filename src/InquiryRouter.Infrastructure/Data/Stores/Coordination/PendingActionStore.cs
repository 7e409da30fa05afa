using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>What a coordinator has begun and can still undo.</summary>
public sealed record PendingAction
{
    /// <summary>Of its form: sent twice it is begun once.</summary>
    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    /// <summary>What it is: the code of its form.</summary>
    public required string Form { get; init; }

    /// <summary>The last line of the history it was decided on.</summary>
    public required int Line { get; init; }

    /// <summary>The coordinator, as the history names them.</summary>
    public required string ActorName { get; init; }

    /// <summary>Whose draft its text becomes when it is not done; null: of somebody at the command line.</summary>
    public UserId? UserId { get; init; }

    /// <summary>Its fields, sealed under the patient's key.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>When it is done.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The key it opens with, wrapped.</summary>
    public byte[] WrappedKey { get; init; } = [];
}

/// <summary>Actions that wait until they cannot be undone any more: one an inquiry.</summary>
public static class PendingActionStore
{
    private const string Select =
        """
        SELECT A.Id, A.InquiryId, A.Form, A.Line, A.ActorName, A.UserId, A.Sealed, A.DueAt, P.WrappedKey
        FROM PendingAction A INNER JOIN InquiryPatient P ON P.InquiryId = A.InquiryId
        """;

    public static IReadOnlyDictionary<string, string> Open(PatientVault vault, PendingAction action) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(vault.OpenFor(action.WrappedKey, action.Sealed))!;

    /// <returns>Null: nothing is begun, or it was done or undone.</returns>
    public static Task<PendingAction?> FindAsync(Session session, InquiryId inquiryId) =>
        session.QuerySingleOrDefaultAsync<PendingAction>($"""{Select} WHERE A.InquiryId = @inquiryId""", new { inquiryId });

    /// <summary>What was to be done before a moment, and whose message is lost: none of it waits, is parked, or was sent lately.</summary>
    public static async Task<IReadOnlyList<PendingAction>> ListLostAsync(Session session, DateTimeOffset before, int take) =>
        [.. await session.QueryAsync<PendingAction>(
            session.Dialect.First(
                "A.Id, A.InquiryId, A.Form, A.Line, A.ActorName, A.UserId, A.Sealed, A.DueAt",
                """
                FROM PendingAction A
                WHERE A.DueAt < @before AND NOT EXISTS (
                    SELECT 1 FROM Outbox O
                    WHERE O.InquiryId = A.InquiryId AND O.Type = 'ActionDue' AND (O.State IN (0, 2, 3) OR O.SentAt >= @before))
                ORDER BY A.DueAt
                """),
            new { before, take })];

    /// <exception cref="ConflictException">Something else was begun with it at the same moment.</exception>
    public static async Task AddAsync(Tx tx, PendingAction action)
    {
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO PendingAction (Id, InquiryId, Form, Line, ActorName, UserId, Sealed, DueAt)
                VALUES (@Id, @InquiryId, @Form, @Line, @ActorName, @User, @Sealed, @DueAt)
                """,
                new { action.Id, action.InquiryId, action.Form, action.Line, action.ActorName, User = action.UserId?.Value, action.Sealed, action.DueAt });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("Something was begun with the inquiry at the same moment.", exception);
        }
    }

    /// <summary>It is done, undone or dropped: by one of them.</summary>
    /// <exception cref="ConflictException">Somebody was first.</exception>
    public static async Task EndAsync(Tx tx, Guid id)
    {
        if (await tx.ExecuteAsync("DELETE FROM PendingAction WHERE Id = @id", new { id }) == 0)
        {
            throw new ConflictException($"Action {id} was done or undone at the same moment.");
        }
    }
}
