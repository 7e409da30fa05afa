using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.History;

/// <summary>Where the access log must end.</summary>
public sealed record SystemAuditEnd(int Lines, byte[] Hash);

/// <summary>The access log: what people did that is not of one inquiry alone, chained as histories are.</summary>
public static class SystemAuditStore
{
    private const int HeadId = 1;

    /// <summary>Writes the next line.</summary>
    /// <param name="tx">The unit of work.</param>
    /// <param name="action">A code.</param>
    /// <param name="actor">Who.</param>
    /// <param name="detail">Ids and codes that say more.</param>
    public static async Task AddAsync(Tx tx, string action, Actor actor, string? detail)
    {
        // Writing first: whoever comes second waits for the line before.
        if (await tx.ExecuteAsync("UPDATE SystemAuditHead SET Lines = Lines + 1 WHERE Id = @HeadId", new { HeadId }) == 0)
        {
            await AddHeadAsync(tx);
        }

        var head = (await FindEndAsync(tx))!;
        var hash = AuditChain.Hash(head.Hash, InquiryId.None, head.Lines, tx.Now, action, actor, detail);
        await tx.ExecuteAsync(
            """
            INSERT INTO SystemAudit (Line, At, Action, ActorKind, ActorName, Detail, Hash)
            VALUES (@Lines, @Now, @action, @Kind, @Name, @detail, @hash)
            """,
            new { head.Lines, tx.Now, action, actor.Kind, actor.Name, detail, hash });
        await tx.ExecuteAsync("UPDATE SystemAuditHead SET Hash = @hash WHERE Id = @HeadId", new { hash, HeadId });
    }

    /// <summary>Null: nothing was written yet.</summary>
    public static async Task<SystemAuditEnd?> FindEndAsync(Session session) =>
        await session.QuerySingleOrDefaultAsync<HeadRow>(
            "SELECT Lines, Hash FROM SystemAuditHead WHERE Id = @HeadId", new { HeadId }) is { } row
            ? new SystemAuditEnd(row.Lines, row.Hash)
            : null;

    /// <summary>Lines in their order, a page at a time.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="after">The last line of the page before; 0 for the first page.</param>
    /// <param name="take">How many.</param>
    public static async Task<IReadOnlyList<AuditEntry>> ListAsync(Session session, int after, int take) =>
        [.. (await session.QueryAsync<LineRow>(
            session.Dialect.First(
                "Line, At, Action, ActorKind, ActorName, Detail, Hash", "FROM SystemAudit WHERE Line > @after ORDER BY Line"),
            new { after, take })).Select(Read)];

    /// <summary>The newest lines first.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="before">The last line of the page before; null: from the end.</param>
    /// <param name="action">Only of this kind; null: all.</param>
    /// <param name="take">How many.</param>
    public static async Task<IReadOnlyList<AuditEntry>> NewestAsync(Session session, int? before, string? action, int take) =>
        [.. (await session.QueryAsync<LineRow>(
            session.Dialect.First(
                "Line, At, Action, ActorKind, ActorName, Detail, Hash",
                "FROM SystemAudit WHERE Line < @Before AND (@action IS NULL OR Action = @action) ORDER BY Line DESC"),
            new { Before = before ?? int.MaxValue, action, take })).Select(Read)];

    private static async Task AddHeadAsync(Tx tx)
    {
        try
        {
            await tx.ExecuteAsync(
                
                "INSERT INTO SystemAuditHead (Id, Lines, Hash) VALUES (@HeadId, 1, @Start)", new { HeadId, AuditChain.Start });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("Somebody else wrote the first line.", exception);
        }
    }

    private static AuditEntry Read(LineRow row) => new()
    {
        InquiryId = InquiryId.None, Version = row.Line, At = row.At, Action = row.Action, ActorKind = row.ActorKind, ActorName = row.ActorName,
        Detail = row.Detail, Hash = row.Hash,
    };

    private sealed class HeadRow
    {
        public int Lines { get; init; }

        public byte[] Hash { get; init; } = [];
    }

    private sealed class LineRow
    {
        public int Line { get; init; }

        public DateTimeOffset At { get; init; }

        public string Action { get; init; } = string.Empty;

        public string ActorKind { get; init; } = string.Empty;

        public string ActorName { get; init; } = string.Empty;

        public string? Detail { get; init; }

        public byte[] Hash { get; init; } = [];
    }
}
