using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>A mail about an inquiry as a coordinator lists it: without its text.</summary>
public sealed record CaseMail
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required MailState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? SentAt { get; init; }
}

/// <summary>An inquiry in the list of all.</summary>
public sealed record ListedInquiry
{
    public required long Seq { get; init; }

    public required string Reference { get; init; }

    public required InquiryState State { get; init; }

    public required bool Urgent { get; init; }

    public required string ConditionCode { get; init; }

    public required string Country { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What the console's pages ask for and nothing else does.</summary>
public static class CaseStore
{
    /// <summary>Rows that are looked at for one page of a filtered list: a filter has no index, and no page may read them all.</summary>
    public const int MostLookedAt = 5000;

    /// <summary>Mails about an inquiry, oldest first.</summary>
    public static async Task<IReadOnlyList<CaseMail>> ListMailsAsync(Session session, InquiryId inquiryId, int most) =>
        [.. await session.QueryAsync<CaseMail>(
            session.Dialect.First("Id, Kind, State, CreatedAt, SentAt", "FROM Mail WHERE InquiryId = @inquiryId ORDER BY Seq"),
            new { inquiryId, take = most })];

    /// <summary>Inquiries, newest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="state">Only these; null: all. Then at most <see cref="MostLookedAt"/> rows are looked at.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<ListedInquiry>> ListAsync(Session session, InquiryState? state, long? before, int take)
    {
        var from = before ?? await session.QuerySingleOrDefaultAsync<long?>("SELECT MAX(Seq) + 1 FROM Inquiry") ?? 0;
        return [.. await session.QueryAsync<ListedInquiry>(
            session.Dialect.First(
                "Seq, Reference, State, Urgent, ConditionCode, Country, Language, ReceivedAt, ChangedAt",
                "FROM Inquiry WHERE Seq < @from AND Seq >= @floor AND (@state IS NULL OR State = @state) ORDER BY Seq DESC"),
            new { from, floor = state is null ? 0 : from - MostLookedAt, state = state?.ToString(), take })];
    }
}
