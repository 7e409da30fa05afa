using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reports;
using InquiryRouter.Core.Screening;
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

    /// <summary>This promise was made to it, and <see cref="Became"/> says what became of it.</summary>
    public Promise? Promise { get; init; }

    /// <summary>One of <see cref="Promise.Outcomes"/>.</summary>
    public string? Became { get; init; }

    /// <summary>No clinic fitted, and this stopped clinics: a value of <see cref="Dimension.Gate"/>.</summary>
    public string? Gate { get; init; }

    /// <summary>It has taken this step, and its time is counted.</summary>
    public TimedStep? Step { get; init; }

    /// <summary>All are listed.</summary>
    public bool IsEmpty => this == new InquiryFilter();

    /// <summary>Only its history, mails and open work tell whether it belongs: what counts it for the reports is asked.</summary>
    internal bool IsCounted => Promise is not null || Gate is not null || Step is not null;

    internal bool Fits(CountedInquiry inquiry, DateTimeOffset now)
    {
        var sheet = new WeekSheet(now);
        sheet.Add(inquiry);
        return (Promise is null || sheet.Counts.ContainsKey(new CountKey(Dimension.Promise.Code, Promise.Code, Became ?? Promise.Late)))
            && (Gate is null || sheet.Counts.ContainsKey(new CountKey(Dimension.Gate.Code, Gate, WeekSheet.Stopped)))
            && (Step is null || sheet.Times.Keys.Any(t => t.Step == Step.Code));
    }
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

    /// <summary>Where the whole of each row is counted: it is some milliseconds for so many.</summary>
    public const int MostCounted = 250;

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
            AND (@Promise IS NULL OR @Promise = 'acknowledgement'
                OR (@Promise = 'offer' AND EXISTS (
                    SELECT 1 FROM Referral R WHERE R.InquiryId = I.Id AND (@Became <> 'late' OR R.State = 'Expired')))
                OR (@Promise = 'review' AND EXISTS (
                    SELECT 1 FROM Work W WHERE W.InquiryId = I.Id
                        AND (@Became <> 'late' OR W.ClosedAt > W.DueAt OR (W.ClosedAt IS NULL AND W.DueAt < @now))))
                OR (@Promise = 'check-in' AND EXISTS (SELECT 1 FROM FollowUp F WHERE F.InquiryId = I.Id AND F.Kind = 'CheckIn')))
            AND (@Step IS NULL OR @Step = 'acknowledged' OR (@Step = 'closing' AND I.State = 'Closed')
                OR (@Step NOT IN ('acknowledged', 'closing') AND EXISTS (SELECT 1 FROM Referral R WHERE R.InquiryId = I.Id)))
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
        var (items, looked) = await FindAsync(session, filter, from, floor, newestFirst: true, most + 1);
        floor = looked ?? floor;
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
        var (items, looked) = await FindAsync(session, filter, from, floor, newestFirst: false, most + 1);
        from = looked + 1 ?? from;
        var newest = items.Count > most ? items[most - 1].Seq : from - 1;
        items = [.. items.Take(most).Reverse()];
        return new InquiryPage(items, floor > lowest ? floor : null, IsFull: true, newest < highest - 1 ? newest : null);
    }

    private static async Task<(long Lowest, long Highest)> RangeAsync(Session session, InquiryFilter filter) => filter.Period is { } period
        ? await SeqOfMoments.RangeAsync(session, period.Begins, period.Ends)
        : (0, await session.QuerySingleOrDefaultAsync<long?>("SELECT MAX(Seq) + 1 FROM Inquiry") ?? 0);

    private static int LooksAt(InquiryFilter filter) => filter.Want is not null || filter.Gate is not null ? MostHistories : CaseStore.MostLookedAt;

    // With the number of the last one that was looked at, where there are more to look at.
    private static async Task<(List<ListedInquiry> Items, long? Looked)> FindAsync(
        Session session, InquiryFilter filter, long from, long floor, bool newestFirst, int take)
    {
        if (!filter.IsCounted)
        {
            return (await SelectAsync(session, filter, from, floor, newestFirst, take), null);
        }

        var some = await SelectAsync(session, filter, from, floor, newestFirst, MostCounted);
        var counted = await CountedInquiryStore.FindAsync(session, [.. some.Select(i => i.Seq)]);
        return (
            [.. some.Where(i => counted.TryGetValue(i.Seq, out var inquiry) && filter.Fits(inquiry, session.Now))],
            some.Count == MostCounted ? some[^1].Seq : null);
    }

    private static async Task<List<ListedInquiry>> SelectAsync(
        Session session, InquiryFilter filter, long from, long floor, bool newestFirst, int take)
    {
        var want = filter.Want ?? (filter.Gate is null ? null : HoldReason.NoClinicFits.Code);
        return (await session.QueryAsync<ListedInquiry>(
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
                filter.Milestone, Want = want is null ? null : $"%{want}%", Promise = filter.Promise?.Code,
                Became = filter.Became ?? Promise.Late, Step = filter.Step?.Code,
            })).ToList();
    }
}
