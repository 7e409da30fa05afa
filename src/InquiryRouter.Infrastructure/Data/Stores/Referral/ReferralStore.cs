using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Infrastructure.Data.Stores.Referral;

/// <summary>One offer of one inquiry to one clinic.</summary>
public sealed record ReferralRecord
{
    public required ReferralId Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    /// <summary>1 for the first clinic that was offered the inquiry, and so on.</summary>
    public required int N { get; init; }

    public required string ClinicCode { get; init; }

    /// <summary>The decision it was made under.</summary>
    public required Guid MatchId { get; init; }

    public required ReferralState State { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset OfferUntil { get; init; }

    /// <summary>The Monday of the week whose capacity it uses.</summary>
    public required DateOnly CapWeek { get; init; }

    /// <summary>When it first left the clinic's hands: answered, expired or withdrawn.</summary>
    public required DateTimeOffset? AnsweredAt { get; init; }

    public required string? Reason { get; init; }

    /// <summary>The clinic's yes, or the patient's choice of a clinic that has quoted, for as long as it stands.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Since when the clinic may see who the patient is; null: it may not.</summary>
    public DateTimeOffset? DisclosedAt { get; init; }

    /// <summary>When the clinic was first shown who the patient is, whatever it may see now; null: it never was.</summary>
    public DateTimeOffset? FirstDisclosedAt { get; init; }

    /// <summary>Who of the clinic gave its newest answer, as <c>AccessLinkStore.PersonOf</c>; null: nobody in particular.</summary>
    public byte[]? AnsweredBy { get; init; }

    /// <summary>The day the patient has booked for, as the clinic says.</summary>
    public DateOnly? BookedOn { get; init; }

    /// <summary>The day the patient was treated, as the clinic says.</summary>
    public DateOnly? TreatedOn { get; init; }

    /// <summary>What was agreed on or paid, as the clinic says.</summary>
    public decimal? PaidAmount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? PaidCurrency { get; init; }

    /// <summary>Since when the patient says that it is not so; null: they do not.</summary>
    public DateTimeOffset? DisputedAt { get; init; }
}

/// <summary>A referral in the list of its clinic.</summary>
public sealed record ClinicReferral
{
    public required ReferralId Id { get; init; }

    public required string Reference { get; init; }

    public required ReferralState State { get; init; }

    /// <summary>Where its inquiry stands.</summary>
    public required InquiryState InquiryState { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset OfferUntil { get; init; }
}

/// <summary>A referral that the clinic said yes to.</summary>
public sealed record AcceptedReferral
{
    public required ReferralId Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    public required string ClinicCode { get; init; }

    /// <summary>Code of the requirement the clinic no longer meets; null: it meets all.</summary>
    public required string? Lapse { get; init; }
}

/// <summary>An accepted inquiry whose clinic no longer meets a requirement.</summary>
/// <param name="Lapse">Code of the requirement.</param>
public sealed record LapsedAcceptance(string Reference, string ClinicCode, string Lapse);

/// <summary>Referrals, and the capacity they use.</summary>
public static class ReferralStore
{
    private const string Columns = "Id, InquiryId, N, ClinicCode, MatchId, State, Version, OfferedAt, OfferUntil, CapWeek, AnsweredAt, Reason, AcceptedAt, DisclosedAt, COALESCE(FirstDisclosedAt, DisclosedAt) AS FirstDisclosedAt, "
        + "AnsweredBy, BookedOn, TreatedOn, PaidAmount, PaidCurrency, DisputedAt";

    /// <exception cref="ConflictException">This clinic has been offered this inquiry before.</exception>
    public static async Task AddAsync(
        Tx tx, ReferralId id, InquiryId inquiryId, int n, Clinic clinic, Guid matchId, DateTimeOffset offerUntil, DateOnly week)
    {
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO Referral (Id, InquiryId, N, ClinicCode, MatchId, State, Version, OfferedAt, OfferUntil, CapWeek)
                VALUES (@id, @inquiryId, @n, @Code, @matchId, 'Offered', 1, @Now, @offerUntil, @week)
                """,
                new { id, inquiryId, n, clinic.Code, matchId, tx.Now, offerUntil, week });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"Inquiry {inquiryId} has been offered to {clinic.Code} before.", exception);
        }
    }

    public static Task<ReferralRecord?> FindAsync(Session session, ReferralId id) =>
        session.QuerySingleOrDefaultAsync<ReferralRecord>($"SELECT {Columns} FROM Referral WHERE Id = @id", new { id });

    /// <summary>Where it stands; null when there is none.</summary>
    public static async Task<ReferralState?> FindStateAsync(Session session, ReferralId id) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT State FROM Referral WHERE Id = @id", new { id }) is { } state ? Enum.Parse<ReferralState>(state) : null;

    /// <summary>All offers of an inquiry, first to last.</summary>
    public static async Task<IReadOnlyList<ReferralRecord>> ListAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<ReferralRecord>($"SELECT {Columns} FROM Referral WHERE InquiryId = @inquiryId ORDER BY N", new { inquiryId })];

    /// <summary>Applies a step to the referral as it was loaded.</summary>
    /// <exception cref="ConflictException">It has moved on since, or the step is not allowed from its state.</exception>
    /// <param name="discloses">With a yes: the clinic sees from now on who the patient is.</param>
    public static async Task<int> MoveAsync(Tx tx, ReferralRecord loaded, ReferralTrigger trigger, string? reason = null, bool discloses = false)
    {
        var state = ReferralTransitions.Next(loaded.State, trigger)
            ?? throw new ConflictException($"Referral {loaded.Id}: {trigger} is not possible in state {loaded.State}.");
        var undone = trigger is ReferralTrigger.Undo or ReferralTrigger.Reopen;
        var disclosedAt = undone ? null : loaded.DisclosedAt ?? (discloses ? tx.Now : (DateTimeOffset?)null);
        var moved = await tx.ExecuteAsync(
            """
            UPDATE Referral SET State = @State, Version = Version + 1, AnsweredAt = @answeredAt, Reason = @reason, AcceptedAt = @acceptedAt,
                DisclosedAt = @disclosedAt, FirstDisclosedAt = @firstDisclosedAt
            WHERE Id = @Id AND Version = @Version
            """,
            new
            {
                State = state.ToString(), reason, loaded.Id, loaded.Version,
                answeredAt = undone ? null : loaded.AnsweredAt ?? (trigger == ReferralTrigger.View ? null : tx.Now),
                acceptedAt = undone ? null : loaded.AcceptedAt ?? (trigger == ReferralTrigger.Accept ? tx.Now : null),
                disclosedAt, firstDisclosedAt = loaded.FirstDisclosedAt ?? disclosedAt,
            });
        return moved == 1 ? loaded.Version + 1 : throw new ConflictException($"Referral {loaded.Id} has moved on from version {loaded.Version}.");
    }

    /// <summary>Shows the clinic from now on who the patient is; it had said yes before.</summary>
    /// <exception cref="ConflictException">The referral has moved on since it was loaded.</exception>
    public static async Task DiscloseAsync(Tx tx, ReferralRecord loaded)
    {
        if (await tx.ExecuteAsync(
            "UPDATE Referral SET Version = Version + 1, DisclosedAt = @Now, FirstDisclosedAt = COALESCE(FirstDisclosedAt, @Now) WHERE Id = @Id AND Version = @Version", new { tx.Now, loaded.Id, loaded.Version }) == 0)
        {
            throw new ConflictException($"Referral {loaded.Id} has moved on from version {loaded.Version}.");
        }
    }

    /// <summary>Gives the clinic until another moment to answer.</summary>
    /// <exception cref="ConflictException">The offer has ended meanwhile.</exception>
    public static async Task ExtendAsync(Tx tx, ReferralId id, DateTimeOffset offerUntil)
    {
        if (await tx.ExecuteAsync(
            "UPDATE Referral SET OfferUntil = @offerUntil WHERE Id = @id AND State IN ('Offered', 'Viewed')", new { id, offerUntil }) == 0)
        {
            throw new ConflictException($"The offer of referral {id} is open no more.");
        }
    }

    /// <summary>Remembers who of the clinic has answered.</summary>
    public static Task AnsweredByAsync(Tx tx, ReferralId id, byte[] person) =>
        tx.ExecuteAsync("UPDATE Referral SET AnsweredBy = @person WHERE Id = @id", new { id, person });

    /// <summary>What the clinic says of a booking or a treatment; what it does not say stays as it was, and is told anew.</summary>
    public static Task ReportAsync(Tx tx, ReferralId id, DateOnly? bookedOn, DateOnly? treatedOn, decimal? amount, string? currency) =>
        tx.ExecuteAsync(
            """
            UPDATE Referral SET BookedOn = COALESCE(@bookedOn, BookedOn), TreatedOn = COALESCE(@treatedOn, TreatedOn),
                PaidAmount = COALESCE(@amount, PaidAmount), PaidCurrency = COALESCE(@currency, PaidCurrency), DisputedAt = NULL
            WHERE Id = @id
            """,
            new { id, bookedOn, treatedOn, amount, currency });

    /// <summary>The patient says that what the clinic reports is not so.</summary>
    /// <exception cref="ConflictException">They have said so already.</exception>
    public static async Task DisputeAsync(Tx tx, ReferralId id)
    {
        if (await tx.ExecuteAsync("UPDATE Referral SET DisputedAt = @Now WHERE Id = @id AND DisputedAt IS NULL", new { id, tx.Now }) == 0)
        {
            throw new ConflictException($"What the clinic of referral {id} reports is disputed already.");
        }
    }

    /// <summary>The referrals of a clinic, newest first.</summary>
    public static async Task<IReadOnlyList<ClinicReferral>> ListOfClinicAsync(Session session, string clinicCode, int most) =>
        [.. await session.QueryAsync<ClinicReferral>(
            session.Dialect.First(
                "R.Id, R.State, R.OfferedAt, R.OfferUntil, I.Reference, I.State AS InquiryState",
                "FROM Referral R INNER JOIN Inquiry I ON I.Id = R.InquiryId WHERE R.ClinicCode = @clinicCode ORDER BY R.Seq DESC"),
            new { clinicCode, take = most })];

    /// <summary>Offers whose answer is awaited, and quotes on which the patient has not decided, of all inquiries.</summary>
    public static async Task<IReadOnlyList<ReferralRecord>> ListOpenAsync(Session session) =>
        [.. await session.QueryAsync<ReferralRecord>(
            $"""
            SELECT {Columns} FROM Referral
            WHERE (State IN ('Offered', 'Viewed') OR (State = 'Quoted' AND AcceptedAt IS NULL))
                AND Id IN (SELECT AboutId FROM FollowUp WHERE State = 0 AND Kind IN ('OfferExpiry', 'QuoteExpiry'))
            """)];

    /// <summary>Referrals that clinics said yes to and have not given back, a page at a time.</summary>
    /// <param name="after">The last one of the page before; default for the first page.</param>
    public static async Task<IReadOnlyList<AcceptedReferral>> ListAcceptedAsync(Session session, ReferralId after, int take) =>
        [.. await session.QueryAsync<AcceptedReferral>(
            session.Dialect.First("Id, InquiryId, ClinicCode, Lapse", "FROM Referral WHERE State IN ('Accepted', 'Quoted', 'Booked') AND AcceptedAt IS NOT NULL AND Id > @after ORDER BY Id"),
            new { after, take })];

    /// <summary>Remembers what the clinic of an accepted referral no longer meets, so that it is told once.</summary>
    /// <exception cref="ConflictException">Another worker was first, or the referral has moved on.</exception>
    public static async Task SetLapseAsync(Tx tx, AcceptedReferral loaded, string? lapse)
    {
        if (await tx.ExecuteAsync(
            """
            UPDATE Referral SET Lapse = @lapse
            WHERE Id = @Id AND State IN ('Accepted', 'Quoted', 'Booked') AND AcceptedAt IS NOT NULL AND COALESCE(Lapse, '') = COALESCE(@Before, '')
            """,
            new { loaded.Id, lapse, Before = loaded.Lapse }) == 0)
        {
            throw new ConflictException($"Referral {loaded.Id} has moved on.");
        }
    }

    /// <summary>Accepted inquiries whose clinic no longer meets a requirement.</summary>
    public static async Task<IReadOnlyList<LapsedAcceptance>> ListLapsedAsync(Session session) =>
        [.. (await session.QueryAsync<LapsedRow>(
            """
            SELECT I.Reference, R.ClinicCode, R.Lapse FROM Referral R INNER JOIN Inquiry I ON I.Id = R.InquiryId
            WHERE R.State IN ('Accepted', 'Quoted', 'Booked') AND R.Lapse IS NOT NULL AND I.State IN ('Accepted', 'Booked')
            ORDER BY R.ClinicCode, I.Reference
            """)).Select(r => new LapsedAcceptance(r.Reference, r.ClinicCode, r.Lapse))];

    /// <summary>How offers since a moment were answered, oldest first.</summary>
    public static async Task<IReadOnlyList<AnsweredOffer>> ListAnsweredAsync(Session session, DateTimeOffset since) =>
        [.. (await session.QueryAsync<AnsweredRow>(
            "SELECT ClinicCode, State, OfferedAt, AnsweredAt FROM Referral WHERE OfferedAt >= @since AND AnsweredAt IS NOT NULL AND State <> 'Withdrawn' ORDER BY OfferedAt",
            new { since })).Select(r => new AnsweredOffer(r.ClinicCode, r.State, r.OfferedAt, r.AnsweredAt))];

    private sealed class LapsedRow
    {
        public string Reference { get; init; } = string.Empty;

        public string ClinicCode { get; init; } = string.Empty;

        public string Lapse { get; init; } = string.Empty;
    }

    private sealed class AnsweredRow
    {
        public string ClinicCode { get; init; } = string.Empty;

        public ReferralState State { get; init; }

        public DateTimeOffset OfferedAt { get; init; }

        public DateTimeOffset AnsweredAt { get; init; }
    }
}
