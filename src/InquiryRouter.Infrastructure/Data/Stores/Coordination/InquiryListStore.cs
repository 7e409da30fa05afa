using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Reports;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>Which inquiries are listed: all that is not null must be so.</summary>
public sealed record InquiryFilter
{
    /// <summary>Stands for "not told" as a source page or a campaign.</summary>
    public const string None = "(none)";

    public InquiryState? State { get; init; }

    /// <summary>Received in these weeks.</summary>
    public ReportPeriod? Period { get; init; }

    public string? Condition { get; init; }

    public string? Country { get; init; }

    public string? Page { get; init; }

    public string? Campaign { get; init; }

    public InquiryEnding? Ending { get; init; }

    /// <summary>How far it has come, as a code.</summary>
    public string? Milestone { get; init; }

    /// <summary>What it lacked once, as a code.</summary>
    public string? Want { get; init; }

    /// <summary>A code that was wished for.</summary>
    public string? Destination { get; init; }

    /// <summary>This promise was not kept.</summary>
    public Promise? Late { get; init; }

    /// <summary>All are listed.</summary>
    public bool IsEmpty => this == new InquiryFilter();
}

/// <summary>A page of the list.</summary>
/// <param name="Next">Where the next page begins; null: there is nothing older.</param>
/// <param name="IsFull">There are more that are known to belong here; false: it takes looking further back to know.</param>
/// <param name="Newer">Behind which the newer ones begin; null: there are none.</param>
public sealed record InquiryPage(IReadOnlyList<ListedInquiry> Items, long? Next, bool IsFull, long? Newer = null);

/// <summary>All inquiries, newest first.</summary>
public static class InquiryListStore
{
    /// <summary>Like <see cref="CaseStore.MostLookedAt"/>, where each row's history is asked.</summary>
    public const int MostHistories = 1000;

    // The endings and milestones are those of InquiryEnding and Milestone in Core; a test holds the two together.
    private const string Columns = "I.Seq, I.Reference, I.State, I.Urgent, I.ConditionCode, I.Country, I.Language, I.ReceivedAt, I.ChangedAt";

    private const string Where =
        """
        FROM Inquiry I WHERE I.Seq < @from AND I.Seq >= @floor
            AND (@State IS NULL OR I.State = @State)
            AND (@Since IS NULL OR (I.ReceivedAt >= @Since AND I.ReceivedAt < @Until))
            AND (@Condition IS NULL OR I.ConditionCode = @Condition)
            AND (@Country IS NULL OR I.Country = @Country)
            AND (@Page IS NULL OR I.SourcePage = @Page OR (@Page = '(none)' AND I.SourcePage IS NULL))
            AND (@Campaign IS NULL OR I.SourceCampaign = @Campaign OR (@Campaign = '(none)' AND I.SourceCampaign IS NULL))
            AND (@Ending IS NULL OR (I.State IN @States
                AND (@Reason IS NULL OR I.HoldReasons = @Reason) AND (@Ending <> 'closed-otherwise' OR I.HoldReasons NOT IN @Reasons)))
            AND (@Destination IS NULL OR I.Destinations = @Destination OR I.Destinations LIKE @DestinationFirst
                OR I.Destinations LIKE @DestinationLast OR I.Destinations LIKE @DestinationBetween)
            AND (@Milestone IS NULL OR EXISTS (SELECT 1 FROM Referral R WHERE R.InquiryId = I.Id AND (@Milestone = 'came-to-offer'
                OR (@Milestone = 'came-to-yes' AND R.AcceptedAt IS NOT NULL)
                OR (@Milestone = 'came-to-booking' AND R.State IN ('Booked', 'Completed'))
                OR (@Milestone = 'came-to-treatment' AND R.State = 'Completed'))))
            AND (@Want IS NULL OR EXISTS (
                SELECT 1 FROM AuditEntry A WHERE A.InquiryId = I.Id AND A.Action IN ('held', 'patient-asked') AND A.Detail LIKE @Want))
            AND (@Late IS NULL
                OR (@Late = 'offer' AND EXISTS (SELECT 1 FROM Referral R WHERE R.InquiryId = I.Id AND R.State = 'Expired'))
                OR (@Late = 'review' AND EXISTS (
                    SELECT 1 FROM Work W WHERE W.InquiryId = I.Id AND (W.ClosedAt > W.DueAt OR (W.ClosedAt IS NULL AND W.DueAt < @now)))))
        """;

    /// <summary>Inquiries, newest first.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="filter">Which. With any, only so many rows are looked at.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="most">How many at most.</param>
    public static async Task<InquiryPage> ListAsync(Session session, InquiryFilter filter, long? before, int most)
    {
        var (lowest, highest) = await RangeAsync(session, filter);
        var from = Math.Min(before ?? highest, highest);
        var floor = filter.IsEmpty ? lowest : Math.Max(lowest, from - LooksAt(filter));
        var items = await FindAsync(session, filter, from, floor, newestFirst: true, most + 1);
        long? newer = from < highest ? from - 1 : null;
        return items.Count > most ? new InquiryPage([.. items.Take(most)], items[most - 1].Seq, IsFull: true, newer)
            : new InquiryPage(items, floor > lowest ? floor : null, IsFull: false, newer);
    }

    /// <summary>The page of those that are newer, the nearest of them; still newest first.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="filter">Which. With any, only so many rows are looked at.</param>
    /// <param name="after">Behind which they begin.</param>
    /// <param name="most">How many at most.</param>
    public static async Task<InquiryPage> ListNewerAsync(Session session, InquiryFilter filter, long after, int most)
    {
        var (lowest, highest) = await RangeAsync(session, filter);
        var floor = Math.Max(after + 1, lowest);
        var from = filter.IsEmpty ? highest : Math.Min(highest, floor + LooksAt(filter));
        var items = await FindAsync(session, filter, from, floor, newestFirst: false, most + 1);
        var newest = items.Count > most ? items[most - 1].Seq : from - 1;
        items = [.. items.Take(most).Reverse()];
        return new InquiryPage(items, floor > lowest ? floor : null, IsFull: true, newest < highest - 1 ? newest : null);
    }

    private static async Task<(long Lowest, long Highest)> RangeAsync(Session session, InquiryFilter filter) => filter.Period is { } period
        ? await SeqOfMoments.RangeAsync(session, period.Begins, period.Ends)
        : (0, await session.QuerySingleOrDefaultAsync<long?>("SELECT MAX(Seq) + 1 FROM Inquiry") ?? 0);

    private static int LooksAt(InquiryFilter filter) => filter.Want is not null ? MostHistories : CaseStore.MostLookedAt;

    private static async Task<List<ListedInquiry>> FindAsync(Session session, InquiryFilter filter, long from, long floor, bool newestFirst, int take) =>
        (await session.QueryAsync<ListedInquiry>(
            newestFirst
                ? session.Dialect.First(Columns, $"{Where} ORDER BY I.Seq DESC")
                : session.Dialect.First(Columns, $"{Where} ORDER BY I.Seq"),
            new
            {
                from, floor, take, now = session.Now,
                State = filter.State?.ToString(), Since = filter.Period?.Begins, Until = filter.Period?.Ends,
                filter.Condition, filter.Country, filter.Page, filter.Campaign,
                Ending = filter.Ending?.Code, States = (filter.Ending?.States ?? []).Select(s => s.ToString()).DefaultIfEmpty(string.Empty),
                filter.Ending?.Reason, InquiryEnding.Reasons,
                filter.Destination, DestinationFirst = $"{filter.Destination} %", DestinationLast = $"% {filter.Destination}",
                DestinationBetween = $"% {filter.Destination} %",
                filter.Milestone, Want = filter.Want is null ? null : $"%{filter.Want}%", Late = filter.Late?.Code,
            })).ToList();
}
