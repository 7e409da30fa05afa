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

/// <summary>A line of a history as somebody who has an older page hears of it: codes only.</summary>
public sealed record LineSince
{
    public required string Action { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorName { get; init; }
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

    /// <summary>The newest lines of a history behind one, newest first.</summary>
    public static async Task<IReadOnlyList<LineSince>> ListSinceAsync(Session session, InquiryId inquiryId, int line, int take) =>
        [.. await session.QueryAsync<LineSince>(
            session.Dialect.First(
                "Action, ActorKind, ActorName", "FROM AuditEntry WHERE InquiryId = @inquiryId AND Version > @line ORDER BY Version DESC"),
            new { inquiryId, line, take })];

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

    /// <summary>
    /// What stands before an inquiry in the list, which is newer, and behind it; with a state, among <see cref="MostLookedAt"/>
    /// rows each way.
    /// </summary>
    public static async Task<(string? Newer, string? Older)> BesideAsync(Session session, InquiryState? state, string reference)
    {
        if (await session.QuerySingleOrDefaultAsync<long?>(
            "SELECT Seq FROM Inquiry WHERE Reference = @reference", new { reference }) is not { } seq)
        {
            return (null, null);
        }

        var asked = new
        {
            seq, take = 1, state = state?.ToString(), floor = state is null ? 0 : seq - MostLookedAt,
            top = state is null ? long.MaxValue : seq + MostLookedAt,
        };
        return (
            await session.QueryFirstOrDefaultAsync<string>(
                session.Dialect.First(
                    "Reference",
                    "FROM Inquiry WHERE Seq > @seq AND Seq <= @top AND (@state IS NULL OR State = @state) ORDER BY Seq"),
                asked),
            await session.QueryFirstOrDefaultAsync<string>(
                session.Dialect.First(
                    "Reference",
                    "FROM Inquiry WHERE Seq < @seq AND Seq >= @floor AND (@state IS NULL OR State = @state) ORDER BY Seq DESC"),
                asked));
    }
}
