using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Screening;

/// <summary>Two inquiries that may be of one patient, and what was decided about them.</summary>
public sealed record InquiryPair
{
    public required long Seq { get; init; }

    /// <summary>The one that came later; it waits when the link is strong.</summary>
    public required InquiryId InquiryId { get; init; }

    public required string Reference { get; init; }

    public required InquiryId OtherId { get; init; }

    public required string OtherReference { get; init; }

    public required InquiryState OtherState { get; init; }

    /// <summary>Codes of <see cref="PairReason"/>.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Score { get; init; }

    public required bool Strong { get; init; }

    public required PairState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? DecidedAt { get; init; }

    public required string? DecidedBy { get; init; }
}

/// <summary>An inquiry a token led to, with its patient still sealed.</summary>
public sealed record FoundInquiry(InquiryRecord Inquiry, SealedPatient Patient, bool CameBefore);

/// <summary>Links between inquiries: suggested by screening, decided by people, never deleted.</summary>
public static class InquiryPairStore
{
    private const string Columns =
        "L.Seq, L.InquiryId, I.Reference, L.OtherId, O.Reference AS OtherReference, O.State AS OtherState, L.Reasons, L.Score, L.Strong, L.State, L.CreatedAt, L.DecidedAt, L.DecidedBy";

    private const string Tables = "FROM InquiryLink L INNER JOIN Inquiry I ON I.Id = L.InquiryId INNER JOIN Inquiry O ON O.Id = L.OtherId";

    /// <summary>The inquiries with these ids whose patients have not been erased.</summary>
    public static async Task<IReadOnlyList<FoundInquiry>> LoadOthersAsync(
        Session session, InquiryId inquiryId, IEnumerable<InquiryId> ids) =>
        [.. (await session.QueryAsync<FoundRow>(
            """
            SELECT I.Id, I.Reference, I.State, I.Version, I.ReceivedAt, I.ChangedAt, I.Relation, I.Country, I.Language, I.TimeZone, I.BirthYear,
                I.ConditionCode, I.ConditionType, I.TreatmentCode, I.CellSource, I.Destinations, I.BudgetAmount, I.BudgetCurrency, I.Timeframe,
                I.SourcePage, I.SourceCampaign, I.IntakeFlags, I.HoldReasons, I.Urgent, I.AuditHash, P.MasterKeyId, P.WrappedKey, P.Sealed,
                CASE WHEN I.Seq < (SELECT Seq FROM Inquiry WHERE Id = @inquiryId) THEN 1 ELSE 0 END AS CameBefore
            FROM Inquiry I INNER JOIN InquiryPatient P ON P.InquiryId = I.Id WHERE I.Id IN @ids
            """,
            new { inquiryId, ids = ids.Select(i => i.Value) })).Select(r => r.ToFound())];

    /// <summary>Stores what screening found; a pair that is linked already, in either order, stays as it is.</summary>
    public static async Task SuggestAsync(Tx tx, InquiryId inquiryId, DuplicateFinding finding)
    {
        if (await FindAsync(tx, inquiryId, finding.Other.Id) is null)
        {
            await AddAsync(tx, inquiryId, finding.Other.Id, finding.Reasons, finding.Score, finding.Strong, PairState.Suggested, null);
        }
    }

    /// <summary>The link of two inquiries, whichever of them came later.</summary>
    public static async Task<InquiryPair?> FindAsync(Session session, InquiryId one, InquiryId other) =>
        (await session.QueryAsync<LinkRow>(
            $"SELECT {Columns} {Tables} WHERE (L.InquiryId = @one AND L.OtherId = @other) OR (L.InquiryId = @other AND L.OtherId = @one) ORDER BY L.Seq",
            new { one, other })).FirstOrDefault()?.ToLink();

    /// <summary>All links of an inquiry, likeliest first.</summary>
    public static async Task<IReadOnlyList<InquiryPair>> ListAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<LinkRow>(
            $"SELECT {Columns} {Tables} WHERE L.InquiryId = @inquiryId OR L.OtherId = @inquiryId ORDER BY L.Strong DESC, L.Score DESC, L.Seq",
            new { inquiryId })).Select(r => r.ToLink())];

    /// <summary>Clinics that were asked about this patient by another inquiry, one that a coordinator linked to this one.</summary>
    public static async Task<IReadOnlyList<string>> ListClinicsOfSamePatientAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<ClinicRow>(
            // Not "State = 'Confirmed'": SQLite would take the index of the state, and read all links there are.
            """
            SELECT DISTINCT R.ClinicCode FROM Referral R WHERE R.InquiryId IN (
                SELECT OtherId FROM InquiryLink WHERE InquiryId = @inquiryId AND State NOT IN ('Suggested', 'Rejected')
                UNION ALL SELECT InquiryId FROM InquiryLink WHERE OtherId = @inquiryId AND State NOT IN ('Suggested', 'Rejected'))
            """,
            new { inquiryId })).Select(r => r.ClinicCode)];

    /// <summary>Links nobody has decided about, oldest first.</summary>
    public static async Task<IReadOnlyList<InquiryPair>> ListSuggestedAsync(Session session, int take) =>
        [.. (await session.QueryAsync<LinkRow>(
            session.Dialect.First(Columns, $"{Tables} WHERE L.State = 'Suggested' ORDER BY L.Seq"),
            new { take })).Select(r => r.ToLink())];

    /// <summary>The undecided pairs of these inquiries, likeliest first.</summary>
    public static async Task<IReadOnlyList<InquiryPair>> ListSuggestedOfAsync(Session session, IReadOnlyCollection<InquiryId> ids) =>
        ids.Count == 0 ? [] :
        [.. (await session.QueryAsync<LinkRow>(
            // Not "State = 'Suggested'": SQLite would take the index of the state, and read all suggestions there are.
            $"""
            SELECT {Columns} {Tables} WHERE (L.InquiryId IN @ids OR L.OtherId IN @ids) AND L.State NOT IN ('Confirmed', 'Rejected')
            ORDER BY L.Strong DESC, L.Score DESC, L.Seq
            """,
            new { ids = ids.Select(i => i.Value) })).Select(r => r.ToLink())];

    /// <summary>A coordinator links two inquiries that the program did not.</summary>
    public static Task ConfirmNewAsync(Tx tx, InquiryId inquiryId, InquiryId otherId, Actor actor) =>
        AddAsync(tx, inquiryId, otherId, [PairReason.ByHand], 100, strong: true, PairState.Confirmed, actor.Name);

    /// <summary>Decides about a link as it was loaded.</summary>
    /// <exception cref="ConflictException">Somebody else decided first.</exception>
    public static async Task DecideAsync(Tx tx, InquiryPair loaded, PairState state, Actor actor)
    {
        var decided = await tx.ExecuteAsync(
            "UPDATE InquiryLink SET State = @State, DecidedAt = @Now, DecidedBy = @Name WHERE Seq = @Seq AND State = @Loaded",
            new { State = state.ToString(), tx.Now, actor.Name, loaded.Seq, Loaded = loaded.State.ToString() });
        if (decided == 0)
        {
            throw new ConflictException($"The link of {loaded.Reference} and {loaded.OtherReference} was decided about at the same moment.");
        }
    }

    /// <summary>The inquiry goes on as one of its own: what held it was no duplicate.</summary>
    public static Task<int> RejectHoldingAsync(Tx tx, InquiryId inquiryId, Actor actor) =>
        tx.ExecuteAsync(
            // Not "State = 'Suggested'": SQLite would take the index of the state, and read all suggestions there are.
            "UPDATE InquiryLink SET State = 'Rejected', DecidedAt = @Now, DecidedBy = @Name WHERE InquiryId = @inquiryId AND Strong = 1 AND State NOT IN ('Confirmed', 'Rejected')",
            new { tx.Now, actor.Name, inquiryId });

    private static async Task AddAsync(
        Tx tx, InquiryId inquiryId, InquiryId otherId, IReadOnlyList<string> reasons, int score, bool strong, PairState state,
        string? decidedBy)
    {
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO InquiryLink (InquiryId, OtherId, Reasons, Score, Strong, State, CreatedAt, DecidedAt, DecidedBy)
                VALUES (@inquiryId, @otherId, @Reasons, @score, @strong, @State, @Now, @DecidedAt, @decidedBy)
                """,
                new
                {
                    inquiryId, otherId, Reasons = CodeList.Join(reasons), score, strong, State = state.ToString(), tx.Now,
                    DecidedAt = decidedBy is null ? (DateTimeOffset?)null : tx.Now, decidedBy,
                });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("These two inquiries were linked at the same moment.", exception);
        }
    }

    private sealed class ClinicRow
    {
        public string ClinicCode { get; init; } = string.Empty;
    }
}
