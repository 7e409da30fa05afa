using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>A mail about an inquiry as a coordinator lists it: without its text.</summary>
public sealed record CaseMail
{
    public required Guid Id { get; init; }

    /// <summary>What makes it one mail, like a referral.</summary>
    public required Guid AboutId { get; init; }

    /// <summary>The referral it is about, where <see cref="AboutId"/> is not; null: none.</summary>
    public Guid? SubjectId { get; init; }

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

/// <summary>A referral in the list of a clinic.</summary>
public sealed record ListedReferral
{
    public required long Seq { get; init; }

    public required string Reference { get; init; }

    public required ReferralState State { get; init; }

    public required InquiryState InquiryState { get; init; }

    public required string ConditionCode { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset OfferUntil { get; init; }

    public required DateTimeOffset? AnsweredAt { get; init; }

    public required string? Reason { get; init; }

    /// <summary>The requirement its clinic no longer meets; null: none.</summary>
    public required string? Lapse { get; init; }
}

/// <summary>What a clinic is asked about or has in hand.</summary>
public sealed record OpenReferral
{
    public required InquiryId InquiryId { get; init; }

    public required string Reference { get; init; }

    public required ReferralState State { get; init; }

    /// <summary>The clinic's yes, or the patient's, that stands; null: its answer is awaited, or the patient's.</summary>
    public required DateTimeOffset? AcceptedAt { get; init; }
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
            session.Dialect.First("Id, AboutId, SubjectId, Kind, State, CreatedAt, SentAt", "FROM Mail WHERE InquiryId = @inquiryId ORDER BY Seq"),
            new { inquiryId, take = most })];

    /// <summary>Referrals of a clinic, newest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="clinicCode">Whose.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<ListedReferral>> ListReferralsAsync(Session session, string clinicCode, long? before, int take) =>
        [.. await session.QueryAsync<ListedReferral>(
            session.Dialect.First(
                "R.Seq, I.Reference, R.State, I.State AS InquiryState, I.ConditionCode, R.OfferedAt, R.OfferUntil, R.AnsweredAt, R.Reason, R.Lapse",
                "FROM Referral R INNER JOIN Inquiry I ON I.Id = R.InquiryId WHERE R.ClinicCode = @clinicCode AND R.Seq < @from ORDER BY R.Seq DESC"),
            new { clinicCode, from = before ?? long.MaxValue, take })];

    /// <summary>What a clinic is asked about or has in hand, newest first.</summary>
    public static async Task<IReadOnlyList<OpenReferral>> ListOpenOfClinicAsync(Session session, string clinicCode, int take) =>
        [.. await session.QueryAsync<OpenReferral>(
            session.Dialect.First(
                "R.InquiryId, I.Reference, R.State, R.AcceptedAt",
                """
                FROM Referral R INNER JOIN Inquiry I ON I.Id = R.InquiryId
                WHERE R.ClinicCode = @clinicCode AND R.State IN ('Offered', 'Viewed', 'Accepted', 'Quoted', 'Booked') ORDER BY R.Seq DESC
                """),
            new { clinicCode, take })];

    /// <summary>Inquiries that are held and that this clinic was never asked about, newest first.</summary>
    public static async Task<IReadOnlyList<InquiryId>> ListHeldForAsync(Session session, string clinicCode, int take) =>
        [.. (await session.QueryAsync<HeldId>(
            session.Dialect.First(
                "I.Id",
                """
                FROM Inquiry I WHERE I.State IN ('Held', 'AwaitingPatient', 'Quarantined') AND I.State = 'Held'
                    AND NOT EXISTS (SELECT 1 FROM Referral R WHERE R.InquiryId = I.Id AND R.ClinicCode = @clinicCode) ORDER BY I.Seq DESC
                """),
            new { clinicCode, take })).Select(h => h.Id)];

    /// <summary>The newest lines of a history behind one, newest first.</summary>
    public static async Task<IReadOnlyList<LineSince>> ListSinceAsync(Session session, InquiryId inquiryId, int line, int take) =>
        [.. await session.QueryAsync<LineSince>(
            session.Dialect.First(
                "Action, ActorKind, ActorName", "FROM AuditEntry WHERE InquiryId = @inquiryId AND Version > @line ORDER BY Version DESC"),
            new { inquiryId, line, take })];

    private sealed class HeldId
    {
        public InquiryId Id { get; init; }
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
