using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.History;

/// <summary>Where the history of an inquiry must end.</summary>
public sealed record ChainEnd
{
    /// <summary>Grows with each inquiry: where the next page begins.</summary>
    public required long Seq { get; init; }

    public required InquiryId Id { get; init; }

    public required string Reference { get; init; }

    /// <summary>How many lines there must be.</summary>
    public required int AuditCount { get; init; }

    public required byte[] AuditHash { get; init; }
}

/// <summary>What it takes to verify histories.</summary>
public static class AuditChainStore
{
    /// <summary>The ends of all inquiries' histories, a page at a time, oldest first.</summary>
    /// <param name="after">The last one of the page before; 0 for the first page.</param>
    public static async Task<IReadOnlyList<ChainEnd>> ListAsync(Session session, long after, int take) =>
        [.. await session.QueryAsync<ChainEnd>(
            session.Dialect.First("Seq, Id, Reference, AuditCount, AuditHash", "FROM Inquiry WHERE Seq > @after ORDER BY Seq"),
            new { after, take })];

    public static Task<ChainEnd?> FindAsync(Session session, string reference) =>
        session.QuerySingleOrDefaultAsync<ChainEnd>(
            "SELECT Seq, Id, Reference, AuditCount, AuditHash FROM Inquiry WHERE Reference = @reference", new { reference });

    /// <summary>The histories of some inquiries, each oldest first.</summary>
    /// <param name="inquiryIds">At most a thousand.</param>
    public static async Task<ILookup<InquiryId, AuditEntry>> EntriesAsync(Session session, IReadOnlyCollection<InquiryId> inquiryIds) =>
        (await session.QueryAsync<AuditEntry>(
            """
            SELECT InquiryId, Version, At, Action, ActorKind, ActorName, Detail, Hash FROM AuditEntry
            WHERE InquiryId IN @inquiryIds ORDER BY InquiryId, Version
            """,
            new { inquiryIds = inquiryIds.Select(i => i.Value) })).ToLookup(e => e.InquiryId);
}
