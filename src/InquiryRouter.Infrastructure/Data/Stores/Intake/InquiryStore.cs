using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Intake;

/// <summary>An inquiry as it is stored, without what identifies the patient.</summary>
public sealed record InquiryRecord
{
    public required InquiryId Id { get; init; }

    public required string Reference { get; init; }

    public required InquiryState State { get; init; }

    /// <summary>Counts the changes; the first is 1.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required InquiryFacts Facts { get; init; }

    public required IReadOnlyList<HoldReason> HoldReasons { get; init; }

    public required bool Urgent { get; init; }

    /// <summary>What a coordinator has sent it on for: a correction does not hold it for that again.</summary>
    public IReadOnlyList<HoldReason> Released { get; init; } = [];

    /// <summary>The patient has asked, in answer to a check-in, for no more of them.</summary>
    public bool WantsNoCheckIns { get; init; }

    /// <summary>The number of an offer: those up to it do not count towards the policy's most any more. 0: all count.</summary>
    public int CountsOffersAfter { get; init; }

    /// <summary>Lines of its history; some change nothing the stages decide on, and make no version.</summary>
    public required int AuditCount { get; init; }

    public required byte[] AuditHash { get; init; }
}

/// <summary>A guarded change of an inquiry.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="Actor">Who does it.</param>
/// <param name="Event">What its line of history says; null: what happens, with the reasons.</param>
/// <param name="HoldReasons">With <see cref="InquiryTrigger.Hold"/>, <see cref="InquiryTrigger.Quarantine"/>, <see cref="InquiryTrigger.Close"/> and <see cref="InquiryTrigger.Reopen"/>: why.</param>
public sealed record InquiryMove(InquiryTrigger Trigger, Actor Actor, HistoryEvent? Event = null, IReadOnlyList<HoldReason>? HoldReasons = null)
{
    /// <summary>What its line of history says.</summary>
    public HistoryEvent Says => Event ?? HistoryText.Of(Trigger, HoldReasons);
}

/// <summary>One answer to the consent questions.</summary>
/// <param name="Source">Where it was given: form, api, status, unsubscribe.</param>
public sealed record ConsentEntry(ConsentGiven Consent, string Source, DateTimeOffset At);

/// <summary>A held inquiry as a coordinator lists it.</summary>
public sealed record HeldInquiry(
    InquiryId Id, string Reference, InquiryState State, DateTimeOffset Since, bool Urgent, Relation Relation,
    IReadOnlyList<HoldReason> Reasons);

/// <summary>Inquiries, their sealed patients, consents and history.</summary>
public static class InquiryStore
{
    private const int LongestDetail = 400;

    private const string Select =
        """
        SELECT Id, Reference, State, Version, ReceivedAt, ChangedAt, Relation, Country, Language, AlsoReads, TimeZone, BirthYear,
        ConditionCode, ConditionType, TreatmentCode, CellSource, Destinations, BudgetAmount, BudgetCurrency, Timeframe,
        SourcePage, SourceCampaign, IntakeFlags, HoldReasons, Released, Urgent, WantsNoCheckIns, CountsOffersAfter, AuditCount, AuditHash FROM Inquiry
        """;

    /// <summary>Stores a new inquiry in state Received, version 1, with its first audit entry.</summary>
    public static async Task AddAsync(
        Tx tx, InquiryId id, string reference, NewInquiry inquiry, SealedPatient patient, byte[] statusTokenHash, string consentSource)
    {
        var facts = inquiry.Facts;
        var first = Line(tx, id, AuditChain.Start, 1, new HistoryEvent.Received(), Actor.Patient);
        await tx.ExecuteAsync(
            """
            INSERT INTO Inquiry (Id, Reference, State, Version, ReceivedAt, ChangedAt, Relation, Country, Language, AlsoReads, TimeZone, BirthYear,
                ConditionCode, ConditionType, TreatmentCode, CellSource, Destinations, BudgetAmount, BudgetCurrency, Timeframe,
                SourcePage, SourceCampaign, IntakeFlags, HoldReasons, Urgent, AuditCount, AuditHash)
            VALUES (@Id, @Reference, 'Received', 1, @Now, @Now, @Relation, @Country, @Language, @AlsoReads, @TimeZone, @BirthYear,
                @Condition, @ConditionType, @Treatment, @CellSource, @Destinations, @BudgetAmount, @BudgetCurrency, @Timeframe,
                @SourcePage, @SourceCampaign, @IntakeFlags, '', 0, 1, @AuditHash)
            """,
            new
            {
                Id = id, Reference = reference, tx.Now, Relation = facts.Relation.ToString(), facts.Country, facts.Language,
                AlsoReads = CodeList.Join(facts.AlsoReads), facts.TimeZone, facts.BirthYear, facts.Condition, facts.ConditionType,
                facts.Treatment, facts.CellSource, Destinations = CodeList.Join(facts.Destinations),
                facts.BudgetAmount, facts.BudgetCurrency, facts.Timeframe, facts.SourcePage, facts.SourceCampaign,
                IntakeFlags = CodeList.Join(facts.IntakeFlags), AuditHash = first.Hash,
            });
        await tx.ExecuteAsync(
            "INSERT INTO InquiryPatient (InquiryId, MasterKeyId, WrappedKey, Sealed) VALUES (@Id, @MasterKeyId, @WrappedKey, @Sealed)",
            new { Id = id, patient.MasterKeyId, patient.WrappedKey, patient.Sealed });
        await tx.ExecuteAsync(
            """
            INSERT INTO Consent (InquiryId, N, ShareWithClinics, Contact, Marketing, TextVersion, Source, At)
            VALUES (@Id, 1, @ShareWithClinics, @Contact, @Marketing, @TextVersion, @Source, @Now)
            """,
            new
            {
                Id = id, inquiry.Consent.ShareWithClinics, inquiry.Consent.Contact, inquiry.Consent.Marketing, inquiry.Consent.TextVersion,
                Source = consentSource, tx.Now,
            });
        await AddAsync(tx, first);
        await AccessLinkStore.AddAsync(tx, statusTokenHash, LinkPurpose.Status, id.Value, AccessLinkStore.StatusLifetime);
        await OutboxStore.AddAsync(tx, new InquiryReceived { InquiryId = id, Version = 1 });
    }

    public static async Task<InquiryRecord?> FindAsync(Session session, InquiryId id) =>
        (await session.QuerySingleOrDefaultAsync<InquiryRow>($"""{Select} WHERE Id = @Id""", new { Id = id }))?.ToRecord();

    /// <summary>Those of these that there are, in no order.</summary>
    public static async Task<IReadOnlyList<InquiryRecord>> ListAsync(Session session, IReadOnlyCollection<InquiryId> ids) =>
        ids.Count == 0 ? [] :
        [.. (await session.QueryAsync<InquiryRow>($"""{Select} WHERE Id IN @ids""", new { ids = ids.Select(i => i.Value) }))
            .Select(r => r.ToRecord())];

    /// <summary>True when the patient has asked, in answer to a check-in, for no more of them.</summary>
    public static Task<bool> WantsNoCheckInsAsync(Session session, InquiryId id) =>
        session.QuerySingleOrDefaultAsync<bool>("SELECT WantsNoCheckIns FROM Inquiry WHERE Id = @id", new { id });

    /// <summary>From now on the patient is sent no check-ins about it, whoever has them later.</summary>
    public static Task StopCheckInsAsync(Tx tx, InquiryId id) =>
        tx.ExecuteAsync("UPDATE Inquiry SET WantsNoCheckIns = 1 WHERE Id = @id", new { id });

    /// <summary>The offers up to the Nth do not count towards the policy's most any more.</summary>
    public static Task CountOffersAfterAsync(Tx tx, InquiryId id, int n) =>
        tx.ExecuteAsync("UPDATE Inquiry SET CountsOffersAfter = @n WHERE Id = @id", new { id, n });

    /// <summary>It was sent on for these, and is not held for them again.</summary>
    public static Task KeepReleasedAsync(Tx tx, InquiryId id, IReadOnlyList<HoldReason> released) =>
        tx.ExecuteAsync("UPDATE Inquiry SET Released = @codes WHERE Id = @id", new { id, codes = CodeList.Join(released.Select(r => r.Code)) });

    /// <summary>Where it stands; null when there is none.</summary>
    public static async Task<InquiryState?> FindStateAsync(Session session, InquiryId id) =>
        await session.QuerySingleOrDefaultAsync<string>("SELECT State FROM Inquiry WHERE Id = @id", new { id }) is { } state ? Enum.Parse<InquiryState>(state) : null;

    /// <summary>Whether there is or was one.</summary>
    public static async Task<bool> AnyAsync(Session session) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COALESCE(MAX(Seq), 0) FROM Inquiry") > 0;

    public static async Task<InquiryId?> FindIdAsync(Session session, string reference) =>
        await session.QuerySingleOrDefaultAsync<InquiryId?>(
            "SELECT Id FROM Inquiry WHERE Reference = @Reference", new { Reference = reference });

    /// <summary>Where readers are shown versions, an erasure that is not committed yet is waited for.</summary>
    /// <returns>False: it is erased.</returns>
    public static async Task<bool> HoldAsync(Tx tx, InquiryId id) =>
        await tx.ExecuteAsync("UPDATE Inquiry SET Version = Version WHERE Id = @id AND State <> 'Erased'", new { id }) > 0;

    public static Task<SealedPatient?> FindPatientAsync(Session session, InquiryId id) =>
        session.QuerySingleOrDefaultAsync<SealedPatient>(
            "SELECT InquiryId, MasterKeyId, WrappedKey, Sealed FROM InquiryPatient WHERE InquiryId = @Id", new { Id = id });

    /// <summary>What the patient agrees to now: the newest of their answers.</summary>
    public static async Task<ConsentGiven?> FindConsentAsync(Session session, InquiryId id) =>
        (await session.QuerySingleOrDefaultAsync<ConsentRow>(
            """
            SELECT ShareWithClinics, Contact, Marketing, TextVersion FROM Consent
            WHERE InquiryId = @Id AND N = (SELECT MAX(N) FROM Consent WHERE InquiryId = @Id)
            """,
            new { Id = id }))?.ToConsent();

    /// <summary>Applies a move to the inquiry as it was loaded.</summary>
    /// <returns>The version after it.</returns>
    /// <exception cref="ConflictException">The inquiry has moved on since it was loaded, or the step is not allowed from its state.</exception>
    public static async Task<int> MoveAsync(Tx tx, InquiryRecord loaded, InquiryMove move)
    {
        var state = InquiryTransitions.Next(loaded.State, move.Trigger)
            ?? throw new ConflictException($"Inquiry {loaded.Id}: {move.Trigger} is not possible in state {loaded.State}.");
        var version = loaded.Version + 1;
        var reasons = move.HoldReasons ?? [];
        var line = NextLine(tx, loaded, move.Says, move.Actor);
        if (line.Action != HistoryText.ActionOf(move.Trigger))
        {
            throw new ArgumentException($"A move by {move.Trigger} cannot say '{line.Action}'.", nameof(move));
        }

        var moved = await tx.ExecuteAsync(
            """
            UPDATE Inquiry SET State = @State, Version = @Version, ChangedAt = @Now, HoldReasons = @HoldReasons, Urgent = @Urgent, AuditCount = @Line, AuditHash = @Hash
            WHERE Id = @Id AND Version = @Loaded AND AuditCount = @AuditCount
            """,
            new
            {
                State = state.ToString(), Version = version, tx.Now, HoldReasons = CodeList.Join(reasons.Select(r => r.Code)),
                Urgent = reasons.Any(r => r.Urgent), line.Line, line.Hash, loaded.Id, Loaded = loaded.Version, loaded.AuditCount,
            });
        if (moved == 0)
        {
            throw new ConflictException($"Inquiry {loaded.Id} has moved on from version {loaded.Version}.");
        }

        await AddAsync(tx, line);
        return version;
    }

    /// <summary>Writes a line of history that changes nothing the stages decide on: messages on their way stay valid.</summary>
    /// <exception cref="ConflictException">The inquiry has another line since it was loaded, or was erased: nothing more is written about it.</exception>
    public static async Task RecordAsync(Tx tx, InquiryRecord loaded, HistoryEvent said, Actor actor)
    {
        var line = NextLine(tx, loaded, said, actor);
        if (await tx.ExecuteAsync(
            "UPDATE Inquiry SET AuditCount = @Line, AuditHash = @Hash WHERE Id = @Id AND AuditCount = @AuditCount AND State <> 'Erased'",
            new { line.Line, line.Hash, loaded.Id, loaded.AuditCount }) == 0)
        {
            throw new ConflictException($"Inquiry {loaded.Id} has moved on from line {loaded.AuditCount} of its history.");
        }

        await AddAsync(tx, line);
    }

    /// <summary>Replaces what is asked for and who the patient is, after a correction; the move beside it makes the version.</summary>
    public static async Task CorrectAsync(Tx tx, InquiryId id, InquiryFacts facts, SealedPatient patient)
    {
        await tx.ExecuteAsync(
            """
            UPDATE Inquiry SET Country = @Country, Language = @Language, AlsoReads = @AlsoReads, TimeZone = @TimeZone,
                BirthYear = @BirthYear, ConditionCode = @Condition, ConditionType = @ConditionType, TreatmentCode = @Treatment, CellSource = @CellSource, Destinations = @Destinations,
                BudgetAmount = @BudgetAmount, BudgetCurrency = @BudgetCurrency, Timeframe = @Timeframe
            WHERE Id = @id
            """,
            new
            {
                id, facts.Country, facts.Language, facts.TimeZone, facts.BirthYear, facts.Condition, facts.ConditionType, facts.Treatment, facts.CellSource,
                AlsoReads = CodeList.Join(facts.AlsoReads), Destinations = CodeList.Join(facts.Destinations),
                facts.BudgetAmount, facts.BudgetCurrency, facts.Timeframe,
            });
        await tx.ExecuteAsync("UPDATE InquiryPatient SET Sealed = @Sealed WHERE InquiryId = @id", new { id, patient.Sealed });
    }

    /// <summary>Appends what the patient agrees to from now on; what they agreed to before stays on record.</summary>
    /// <exception cref="ConflictException">Another answer was given at the same moment.</exception>
    public static async Task AddConsentAsync(Tx tx, InquiryId id, ConsentGiven consent, string source)
    {
        var n = 1 + await tx.QuerySingleOrDefaultAsync<int>("SELECT COALESCE(MAX(N), 0) FROM Consent WHERE InquiryId = @id", new { id });
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO Consent (InquiryId, N, ShareWithClinics, Contact, Marketing, TextVersion, Source, At)
                VALUES (@id, @n, @ShareWithClinics, @Contact, @Marketing, @TextVersion, @source, @Now)
                """,
                new { id, n, consent.ShareWithClinics, consent.Contact, consent.Marketing, consent.TextVersion, source, tx.Now });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"What the patient of {id} agrees to was changed at the same moment.", exception);
        }
    }

    /// <summary>What the patient has agreed to, and when, oldest first.</summary>
    public static async Task<IReadOnlyList<ConsentEntry>> ListConsentsAsync(Session session, InquiryId id) =>
        [.. (await session.QueryAsync<ConsentRow>(
            "SELECT ShareWithClinics, Contact, Marketing, TextVersion, Source, At FROM Consent WHERE InquiryId = @id ORDER BY N", new { id }))
            .Select(c => new ConsentEntry(c.ToConsent(), c.Source, c.At))];

    /// <summary>What waits for a person, urgent ones and oldest first.</summary>
    public static async Task<IReadOnlyList<HeldInquiry>> ListHeldAsync(Session session, int most) =>
        [.. (await session.QueryAsync<HeldRow>(
            session.Dialect.First(
                "Id, Reference, State, ChangedAt, Urgent, Relation, HoldReasons",
                "FROM Inquiry WHERE State IN ('Held', 'AwaitingPatient', 'Quarantined') ORDER BY Urgent DESC, Seq"),
            new { take = most })).Select(r => r.ToHeld())];

    /// <summary>How many wait for a person.</summary>
    public static Task<long> CountHeldAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Inquiry WHERE State IN ('Held', 'AwaitingPatient', 'Quarantined')");

    /// <summary>Inquiries that wait for a person, by the one that has waited longest.</summary>
    public static Task<Backlog> HeldAsync(Session session) => Backlog.AskAsync(
        session, "SELECT COUNT(*) AS Number, MIN(ChangedAt) AS Oldest FROM Inquiry WHERE State IN ('Held', 'AwaitingPatient', 'Quarantined')");

    /// <summary>Inquiries that entered a state a stage should have taken them out of before <paramref name="before"/>.</summary>
    public static Task<long> CountStandingAsync(Session session, DateTimeOffset before) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Inquiry WHERE State IN ('Received', 'Screened', 'Matched') AND ChangedAt < @before", new { before });

    /// <summary>The history of an inquiry, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> AuditAsync(Session session, InquiryId id) =>
        [.. await session.QueryAsync<AuditEntry>(
            "SELECT InquiryId, Version, At, Action, ActorKind, ActorName, Detail, Hash FROM AuditEntry WHERE InquiryId = @Id ORDER BY Version",
            new { Id = id })];

    private static HistoryLine NextLine(Tx tx, InquiryRecord loaded, HistoryEvent said, Actor actor) =>
        Line(tx, loaded.Id, loaded.AuditHash, loaded.AuditCount + 1, said, actor);

    private static HistoryLine Line(Tx tx, InquiryId id, byte[] previous, int line, HistoryEvent said, Actor actor)
    {
        var (action, detail) = HistoryText.Write(said);
        var kept = Kept(detail);
        return new HistoryLine(id, line, action, actor, kept, AuditChain.Hash(previous, id, line, tx.Now, action, actor, kept));
    }

    // Whole words, as many as its column takes: what matters less stands last.
    private static string? Kept(string? detail) => detail is null || detail.Length <= LongestDetail
        ? detail
        : $"{detail[..(detail.LastIndexOf(' ', LongestDetail - 2) is var end and > 0 ? end : LongestDetail - 2)]} …";

    private static Task<int> AddAsync(Tx tx, HistoryLine line) =>
        tx.ExecuteAsync(
            """
            INSERT INTO AuditEntry (InquiryId, Version, At, Action, ActorKind, ActorName, Detail, Hash)
            VALUES (@InquiryId, @Line, @Now, @Action, @Kind, @Name, @Detail, @Hash)
            """,
            new { line.InquiryId, line.Line, tx.Now, line.Action, line.Actor.Kind, line.Actor.Name, line.Detail, line.Hash });

    private sealed record HistoryLine(InquiryId InquiryId, int Line, string Action, Actor Actor, string? Detail, byte[] Hash);
}
