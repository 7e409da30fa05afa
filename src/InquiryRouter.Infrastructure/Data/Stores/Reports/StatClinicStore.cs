using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Reports;

namespace InquiryRouter.Infrastructure.Data.Stores.Reports;

/// <summary>An offer as it is counted for its clinic.</summary>
/// <param name="Answers">What its patient said of how it goes while the clinic had them.</param>
public sealed record OfferOfClinic(string ClinicCode, CountedReferral Offer, IReadOnlyList<string> Answers);

/// <summary>An offer in the list behind a number of a clinic.</summary>
public sealed record ListedOffer
{
    public required long Seq { get; init; }

    public required string Reference { get; init; }

    public required ReferralState State { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset? AnsweredAt { get; init; }
}

/// <summary>How clinics did, month by month of the offer.</summary>
public static class StatClinicStore
{
    // SQL Server takes at most 2,100 parameters a statement.
    private const int ClinicsAtOnce = 500;

    private const string Columns =
        "Offered, Accepted, Declined, Expired, Withdrawn, Booked, Treated, InHour, InHalfDay, InDay, InTwoDays, Later, SaidWell, SaidBadly";

    /// <summary>The offers of a day. Erasing leaves them.</summary>
    public static async Task<IReadOnlyList<OfferOfClinic>> ListOffersAsync(Session session, DateOnly day)
    {
        var time = new { since = ReportPeriod.StartOf(day), before = ReportPeriod.StartOf(day.AddDays(1)) };
        var offers = (await session.QueryAsync<OfferRow>(
            """
            SELECT InquiryId, ClinicCode, State, OfferedAt, AnsweredAt, AcceptedAt FROM Referral
            WHERE OfferedAt >= @since AND OfferedAt < @before ORDER BY OfferedAt, Seq
            """,
            time)).ToList();
        var answers = (await session.QueryAsync<AnswerRow>(
            """
            SELECT A.InquiryId, A.At, A.Action, A.Detail, R.ClinicCode
            FROM Referral R INNER JOIN AuditEntry A ON A.InquiryId = R.InquiryId
            WHERE R.OfferedAt >= @since AND R.OfferedAt < @before AND R.AcceptedAt IS NOT NULL AND A.Action = 'check-in' AND A.At >= R.AcceptedAt
                AND NOT EXISTS (
                    SELECT 1 FROM Referral L
                    WHERE L.InquiryId = R.InquiryId AND L.AcceptedAt > R.AcceptedAt AND L.AcceptedAt <= A.At)
            """,
            time)).ToLookup(a => (a.InquiryId, a.ClinicCode), a => HistoryText.Read(a.Action, a.Detail));
        return
        [
            .. offers.Select(o => new OfferOfClinic(
                o.ClinicCode, new CountedReferral(o.State, o.OfferedAt, o.AnsweredAt, o.AcceptedAt),
                [.. answers[(o.InquiryId, o.ClinicCode)].OfType<HistoryEvent.CheckedIn>().Select(a => a.Answer)])),
        ];
    }

    /// <summary>When the oldest offer was made; null: there is none.</summary>
    public static async Task<DateTimeOffset?> OldestAsync(Session session) =>
        (await session.QuerySingleOrDefaultAsync<OfferRow>(
            session.Dialect.First("OfferedAt", "FROM Referral ORDER BY OfferedAt"), new { take = 1 }))?.OfferedAt;

    /// <summary>What stands there of a month.</summary>
    public static async Task<IReadOnlyList<ClinicFigures>> ListAsync(Session session, DateOnly month) =>
        [.. await session.QueryAsync<ClinicFigures>(
            $"""SELECT ClinicCode, {Columns} FROM StatClinicMonth WHERE Month = @month""", new { month })];

    /// <summary>Writes some clinics' numbers of a month over what stood there.</summary>
    public static async Task ReplaceAsync(Tx tx, DateOnly month, IReadOnlyCollection<ClinicFigures> figures)
    {
        foreach (var codes in figures.Select(f => f.ClinicCode).Chunk(ClinicsAtOnce))
        {
            await tx.ExecuteAsync("DELETE FROM StatClinicMonth WHERE Month = @month AND ClinicCode IN @codes", new { month, codes });
        }

        await tx.InsertAsync(
            $"""
            INSERT INTO StatClinicMonth (ClinicCode, Month, {Columns})
            VALUES (@ClinicCode, @month, @Offered, @Accepted, @Declined, @Expired, @Withdrawn, @Booked, @Treated, @InHour, @InHalfDay, @InDay,
                @InTwoDays, @Later, @SaidWell, @SaidBadly)
            """,
            figures.Where(f => f.Offered > 0).Select(f => new
            {
                f.ClinicCode, month, f.Offered, f.Accepted, f.Declined, f.Expired, f.Withdrawn, f.Booked, f.Treated, f.InHour,
                f.InHalfDay, f.InDay, f.InTwoDays, f.Later, f.SaidWell, f.SaidBadly,
            }));
    }

    /// <summary>Offers of a clinic, newest first.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="clinic">Its code.</param>
    /// <param name="since">Made then or later.</param>
    /// <param name="until">Made before it.</param>
    /// <param name="became">As the numbers count them: accepted, declined, expired, withdrawn, booked or treated; null: whatever.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="take">How many.</param>
    public static async Task<IReadOnlyList<ListedOffer>> ListOffersAsync(
        Session session, string clinic, DateTimeOffset since, DateTimeOffset until, string? became, long? before, int take) =>
        [.. await session.QueryAsync<ListedOffer>(
            session.Dialect.First(
                "R.Seq, I.Reference, R.State, R.OfferedAt, R.AnsweredAt",
                """
                FROM Referral R INNER JOIN Inquiry I ON I.Id = R.InquiryId
                WHERE R.ClinicCode = @clinic AND R.Seq < @Before AND R.OfferedAt >= @since AND R.OfferedAt < @until
                    AND (@became IS NULL
                        OR (@became = 'accepted' AND (R.AcceptedAt IS NOT NULL OR R.State = 'Quoted'))
                        OR (@became = 'declined' AND R.AcceptedAt IS NULL AND R.State IN ('Declined', 'Returned'))
                        OR (@became = 'expired' AND R.AcceptedAt IS NULL AND R.State = 'Expired')
                        OR (@became = 'withdrawn' AND R.AcceptedAt IS NULL AND R.State = 'Withdrawn')
                        OR (@became = 'booked' AND R.State IN ('Booked', 'Completed'))
                        OR (@became = 'treated' AND R.State = 'Completed'))
                ORDER BY R.Seq DESC
                """),
            new { clinic, since, until, became, Before = before ?? long.MaxValue, take })];

    private sealed class OfferRow
    {
        public InquiryId InquiryId { get; init; }

        public string ClinicCode { get; init; } = string.Empty;

        public ReferralState State { get; init; }

        public DateTimeOffset OfferedAt { get; init; }

        public DateTimeOffset? AnsweredAt { get; init; }

        public DateTimeOffset? AcceptedAt { get; init; }
    }

    private sealed class AnswerRow
    {
        public InquiryId InquiryId { get; init; }

        public DateTimeOffset At { get; init; }

        public string Action { get; init; } = string.Empty;

        public string? Detail { get; init; }

        public string ClinicCode { get; init; } = string.Empty;
    }
}
