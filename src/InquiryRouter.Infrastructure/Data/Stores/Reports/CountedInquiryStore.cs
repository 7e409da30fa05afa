using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Reports;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores.Reports;

/// <summary>Inquiries as the reports count them, those of a week some hundred at a time.</summary>
public static class CountedInquiryStore
{
    private const string Columns =
        "Seq, Id, State, HoldReasons, ReceivedAt, ChangedAt, ConditionCode, Country, SourcePage, SourceCampaign, Destinations";

    /// <summary>Those that are not erased, in the order of their numbers.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="since">Received then or later.</param>
    /// <param name="before">Received before it.</param>
    /// <param name="from">From this number on.</param>
    /// <param name="to">Before this number.</param>
    /// <param name="take">How many.</param>
    /// <returns>Where the next page begins; null: this is the last.</returns>
    public static async Task<(IReadOnlyList<CountedInquiry> Inquiries, long? Next)> ListAsync(
        Session session, DateTimeOffset since, DateTimeOffset before, long from, long to, int take)
    {
        var rows = (await session.QueryAsync<InquiryRow>(
            session.Dialect.First(
                Columns,
                """
                FROM Inquiry WHERE Seq >= @from AND Seq < @to AND ReceivedAt >= @since AND ReceivedAt < @before AND State <> 'Erased' ORDER BY Seq
                """),
            new { since, before, from, to, take })).ToList();
        return (await WithRestAsync(session, rows), rows.Count == take ? rows[^1].Seq + 1 : null);
    }

    /// <summary>One, erased or not; null: there is none.</summary>
    public static async Task<CountedInquiry?> FindAsync(Session session, InquiryId id)
    {
        var row = await session.QuerySingleOrDefaultAsync<InquiryRow>(
            $"""SELECT {Columns} FROM Inquiry WHERE Id = @id""", new { id });
        return row is null ? null : (await WithRestAsync(session, [row]))[0];
    }

    /// <summary>Some by their numbers, those of them that are not erased.</summary>
    public static async Task<IReadOnlyDictionary<long, CountedInquiry>> FindAsync(Session session, IReadOnlyCollection<long> numbers)
    {
        if (numbers.Count == 0)
        {
            return new Dictionary<long, CountedInquiry>();
        }

        var rows = (await session.QueryAsync<InquiryRow>(
            $"SELECT {Columns} FROM Inquiry WHERE Seq IN @numbers AND State <> 'Erased'", new { numbers })).ToList();
        return rows.Zip(await WithRestAsync(session, rows)).ToDictionary(r => r.First.Seq, r => r.Second);
    }

    private static async Task<IReadOnlyList<CountedInquiry>> WithRestAsync(Session session, List<InquiryRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var of = new { ids = rows.Select(r => r.Id.Value).ToArray() };
        var referrals = (await session.QueryAsync<ReferralRow>(
            "SELECT InquiryId, State, OfferedAt, AnsweredAt, AcceptedAt FROM Referral WHERE InquiryId IN @ids", of)).ToLookup(r => r.InquiryId);
        var lines = (await session.QueryAsync<LineRow>(
            "SELECT InquiryId, At, Action, Detail FROM AuditEntry WHERE InquiryId IN @ids ORDER BY InquiryId, Version", of))
            .ToLookup(r => r.InquiryId, r => (r.At, Said: HistoryText.Read(r.Action, r.Detail)));
        var mails = (await session.QueryAsync<MomentRow>(
            """
            SELECT InquiryId, MIN(SentAt) AS DoneAt FROM Mail
            WHERE InquiryId IN @ids AND Kind IN ('Acknowledgement', 'AcknowledgementHeld') AND SentAt IS NOT NULL GROUP BY InquiryId
            """,
            of)).ToDictionary(r => r.InquiryId, r => r.DoneAt);
        var work = (await session.QueryAsync<MomentRow>(
            "SELECT InquiryId, DueAt, ClosedAt AS DoneAt FROM Work WHERE InquiryId IN @ids", of)).ToLookup(r => r.InquiryId);

        // What was cancelled was not wanted any more.
        var checkIns = (await session.QueryAsync<MomentRow>(
            "SELECT InquiryId, DueAt, FiredAt AS DoneAt FROM FollowUp WHERE InquiryId IN @ids AND Kind = 'CheckIn' AND State IN (0, 1)", of))
            .ToLookup(r => r.InquiryId);
        var unmatched = rows.Where(r => lines[r.Id].Any(l => IsWithoutClinic(l.Said))).Select(r => r.Id).ToList();
        var stopped = (await MatchStore.ListNewestAsync(session, unmatched))
            .ToDictionary(m => m.InquiryId, m => m.Stopped.Where(s => s.Value > 0).Select(s => s.Key).ToList());
        return
        [
            .. rows.Select(r => new CountedInquiry
            {
                State = r.State, Reasons = r.HoldReasons, ReceivedAt = r.ReceivedAt, ChangedAt = r.ChangedAt, Condition = r.ConditionCode,
                Country = r.Country, Page = r.SourcePage, Campaign = r.SourceCampaign, Destinations = CodeList.Split(r.Destinations),
                Referrals = [.. referrals[r.Id].Select(o => new CountedReferral(o.State, o.OfferedAt, o.AnsweredAt, o.AcceptedAt))],
                History = [.. lines[r.Id]],
                AcknowledgedAt = mails.GetValueOrDefault(r.Id),
                Work = [.. work[r.Id].Select(w => (w.DueAt, w.DoneAt))],
                CheckIns = [.. checkIns[r.Id].Select(c => (c.DueAt, c.DoneAt))],
                Stopped = stopped.GetValueOrDefault(r.Id) ?? [],
            }),
        ];
    }

    private static bool IsWithoutClinic(HistoryEvent said) => said switch
    {
        HistoryEvent.Held.For it => it.Reasons.Contains(HoldReason.NoClinicFits.Code, StringComparer.Ordinal),
        HistoryEvent.PatientAsked it => it.Reason == HoldReason.NoClinicFits.Code,
        _ => false,
    };

    private sealed class InquiryRow
    {
        public long Seq { get; init; }

        public InquiryId Id { get; init; }

        public InquiryState State { get; init; }

        public string HoldReasons { get; init; } = string.Empty;

        public DateTimeOffset ReceivedAt { get; init; }

        public DateTimeOffset ChangedAt { get; init; }

        public string ConditionCode { get; init; } = string.Empty;

        public string Country { get; init; } = string.Empty;

        public string? SourcePage { get; init; }

        public string? SourceCampaign { get; init; }

        public string Destinations { get; init; } = string.Empty;
    }

    private sealed class ReferralRow
    {
        public InquiryId InquiryId { get; init; }

        public ReferralState State { get; init; }

        public DateTimeOffset OfferedAt { get; init; }

        public DateTimeOffset? AnsweredAt { get; init; }

        public DateTimeOffset? AcceptedAt { get; init; }
    }

    private sealed class LineRow
    {
        public InquiryId InquiryId { get; init; }

        public DateTimeOffset At { get; init; }

        public string Action { get; init; } = string.Empty;

        public string? Detail { get; init; }
    }

    private sealed class MomentRow
    {
        public InquiryId InquiryId { get; init; }

        public DateTimeOffset DueAt { get; init; }

        public DateTimeOffset? DoneAt { get; init; }
    }
}
