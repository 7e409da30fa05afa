using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>What a clinic needs a person for.</summary>
/// <param name="Reason">Codes, or empty.</param>
public sealed record ClinicNeed(string ClinicCode, WorkKind Kind, string Reason, DateTimeOffset DueAt);

/// <summary>What the table has otherwise than the states say.</summary>
/// <param name="SubjectId">Of the inquiry, the mail, the message or the clinic.</param>
/// <param name="Missing">True: there is no such row and should be one; false: there is one too many, or it says something else.</param>
public sealed record WorkDifference(WorkKind Kind, Guid SubjectId, bool Missing);

/// <summary>
/// Keeps the open work equal to what the states say, in the transaction that changes them. Only what differs is written: an inquiry that nobody has
/// to look at has no row.
/// </summary>
public static class WorkLedger
{
    /// <summary>Who closes what no person has closed.</summary>
    public static readonly Actor Program = Actor.Stage("work");

    private const string SelectNeeds =
        """
        SELECT I.Id, I.State, I.HoldReasons, I.ChangedAt,
        (SELECT MIN(A.At) FROM AuditEntry A WHERE A.InquiryId = I.Id AND A.Action IN ('held', 'quarantined', 'patient-asked', 'reopened')
            AND A.At >= COALESCE((SELECT MAX(R.AcceptedAt) FROM Referral R WHERE R.InquiryId = I.Id), I.ReceivedAt)) AS WaitsSince,
        (SELECT COUNT(*) FROM Referral R WHERE R.InquiryId = I.Id AND R.State = 'Expired') AS Expired,
        (SELECT COUNT(*) FROM Referral R WHERE R.InquiryId = I.Id AND R.State IN ('Accepted', 'Quoted', 'Booked')) AS InHand,
        (SELECT MIN(R.Lapse) FROM Referral R
            WHERE R.InquiryId = I.Id AND R.State IN ('Accepted', 'Quoted', 'Booked') AND R.AcceptedAt IS NOT NULL) AS Lapse,
        (SELECT COUNT(*) FROM InquiryLink L WHERE L.InquiryId = I.Id AND L.State NOT IN ('Confirmed', 'Rejected')) AS Pairs,
        (SELECT U.Since FROM UnreachablePatient U WHERE U.InquiryId = I.Id) AS UnreachableSince,
        (SELECT MAX(N.Seq) FROM Note N WHERE N.InquiryId = I.Id) AS Note,
        (SELECT MAX(N.Seq) FROM Note N WHERE N.InquiryId = I.Id AND N.Author = 'Patient' AND N.Kind = 'Information') AS PatientNote,
        (SELECT MAX(N.Seq) FROM Note N WHERE N.InquiryId = I.Id AND N.Signal = 'emergency-words') AS EmergencyNote,
        (SELECT MAX(N.Seq) FROM Note N WHERE N.InquiryId = I.Id AND N.Author = 'Clinic') AS ClinicNote,
        (SELECT MAX(N.Seq) FROM Note N WHERE N.InquiryId = I.Id AND N.Kind = 'CheckIn' AND N.Signal IS NOT NULL) AS CheckIn,
        (SELECT MAX(N.Seq) FROM Note N WHERE N.InquiryId = I.Id AND N.Signal = 'not-so') AS Dispute,
        (SELECT MAX(Q.Seq) FROM Quote Q INNER JOIN Referral R ON R.Id = Q.ReferralId WHERE Q.InquiryId = I.Id AND R.State = 'Quoted') AS Quote
        FROM Inquiry I
        """;

    private const string RowColumns = "Seq, Kind, SubjectId, Reason, Urgent, Mark, Since, OwnerId, OwnedAt, SnoozedUntil, ClosedAt, ClosedBy";

    private const string StandsStill = "State IN (4, 5)";

    // SQL Server takes at most 2,100 parameters a statement.
    private const int IdsAtOnce = 500;

    /// <summary>Looks at an inquiry anew: what it needs is open, and nothing else is.</summary>
    /// <param name="tx">The transaction that has changed it.</param>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="who">Who has changed it: closes what is answered by that.</param>
    /// <exception cref="ConflictException">Somebody else did the same at this moment.</exception>
    public static async Task LookAgainAsync(Tx tx, InquiryId inquiryId, Actor? who)
    {
        if (await tx.QuerySingleOrDefaultAsync<NeedsRow>($"""{SelectNeeds} WHERE I.Id = @inquiryId""", new { inquiryId }) is not { } needs)
        {
            return;
        }

        var rows = (await tx.QueryAsync<Row>($"""SELECT {RowColumns} FROM Work WHERE InquiryId = @inquiryId AND SubjectId = @inquiryId""", new { inquiryId })).ToList();
        var closed = new List<Row>();
        var (missing, changed, over) = Compare(needs, rows);

        // What a person answers is what they have read: other work may be done with it.
        for (; over.Count > 0; (missing, changed, over) = Compare(needs, rows))
        {
            foreach (var row in over)
            {
                await CloseAsync(tx, row.Seq, who ?? Program);
                (row.ClosedAt, row.ClosedBy) = (tx.Now, NameOf(who ?? Program));
            }

            closed.AddRange(over);
        }

        foreach (var (row, need) in changed)
        {
            // Something has come to it: whoever puts it off has not seen that, nor has anybody been told.
            await tx.ExecuteAsync(
                """
                UPDATE Work SET Reason = @Reason, Urgent = @Urgent, Mark = @Mark, SnoozedUntil = NULL, Version = Version + 1,
                    ToldAt = CASE WHEN @Urgent = 1 AND Urgent = 0 THEN NULL ELSE ToldAt END
                WHERE Seq = @Seq AND ClosedAt IS NULL
                """,
                new { need.Reason, need.Urgent, need.Mark, row.Seq });
            if (need.Urgent && !row.Urgent)
            {
                await tx.ExecuteAsync("DELETE FROM WorkTold WHERE WorkSeq = @Seq", new { row.Seq });
            }
        }

        // It goes on waiting, for another reason: with whom it waits does not change.
        var owner = closed.FirstOrDefault(r => WorkKinds.KeepsPatientWaiting(r.Kind) && r.OwnerId is not null);
        foreach (var need in missing)
        {
            var keeps = WorkKinds.KeepsPatientWaiting(need.Kind) ? owner : null;
            await AddAsync(tx, new NewRow(need.Kind, inquiryId.Value)
            {
                InquiryId = inquiryId, Reason = need.Reason, Urgent = need.Urgent, Mark = need.Mark, Since = need.Since ?? tx.Now,
                DueAt = need.DueAt(tx.Now), SnoozedUntil = need.SleepsUntil, OwnerId = keeps?.OwnerId, OwnedAt = keeps?.OwnedAt,
            });
        }
    }

    /// <summary>The same for mails: those that were refused or may not have arrived wait for a person.</summary>
    public static async Task LookAtMailsAsync(Tx tx, IReadOnlyCollection<Guid> ids, Actor? who = null)
    {
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            await CloseMailsAsync(tx, some, who);
            var stuck = await tx.QueryAsync<StuckRow>(
                $"""
                SELECT Id, InquiryId, COALESCE(LastError, 'unknown') AS Cause FROM Mail M
                WHERE Id IN @some AND {StandsStill} AND NOT EXISTS (SELECT 1 FROM Work W WHERE W.SubjectId = M.Id AND W.ClosedAt IS NULL)
                """,
                new { some });
            foreach (var mail in stuck)
            {
                await AddAsync(tx, new NewRow(WorkKind.StuckMail, mail.Id)
                {
                    MailId = mail.Id, InquiryId = mail.InquiryId is { } about && about != InquiryId.None ? about : null, Reason = mail.Cause, Since = tx.Now,
                    DueAt = tx.Now + WorkKinds.TimeFor(WorkKind.StuckMail),
                });
            }
        }
    }

    private static Task<int> CloseMailsAsync(Tx tx, Guid[] some, Actor? who) => tx.ExecuteAsync(
        $"""
        UPDATE Work SET ClosedAt = @Now, ClosedBy = @By, Version = Version + 1
        WHERE SubjectId IN @some AND MailId IS NOT NULL AND ClosedAt IS NULL
            AND NOT EXISTS (SELECT 1 FROM Mail M WHERE M.Id = Work.SubjectId AND M.{StandsStill})
        """,
        new { some, tx.Now, By = NameOf(who ?? Program) });

    /// <summary>The same for messages: those that are parked wait for a person.</summary>
    public static async Task LookAtMessagesAsync(Tx tx, IReadOnlyCollection<Guid> ids, Actor? who = null)
    {
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            await tx.ExecuteAsync(
                """
                UPDATE Work SET ClosedAt = @Now, ClosedBy = @By, Version = Version + 1
                WHERE SubjectId IN @some AND MessageId IS NOT NULL AND ClosedAt IS NULL
                    AND NOT EXISTS (SELECT 1 FROM Outbox O WHERE O.MessageId = Work.SubjectId AND O.State = 2)
                """,
                new { some, tx.Now, By = NameOf(who ?? Program) });
            var parked = await tx.QueryAsync<StuckRow>(
                """
                SELECT MessageId AS Id, InquiryId, COALESCE(LastError, 'unknown') AS Cause FROM Outbox O
                WHERE MessageId IN @some AND State = 2 AND NOT EXISTS (SELECT 1 FROM Work W WHERE W.SubjectId = O.MessageId AND W.ClosedAt IS NULL)
                """,
                new { some });
            foreach (var message in parked)
            {
                await AddAsync(tx, new NewRow(WorkKind.ParkedMessage, message.Id)
                {
                    MessageId = message.Id, InquiryId = message.InquiryId, Reason = message.Cause, Since = tx.Now,
                    DueAt = tx.Now + WorkKinds.TimeFor(WorkKind.ParkedMessage),
                });
            }
        }
    }

    /// <summary>Closes the work of messages that are parked no more, however many there are.</summary>
    public static Task<int> SettleMessagesAsync(Tx tx) => tx.ExecuteAsync(
        """
        UPDATE Work SET ClosedAt = @Now, ClosedBy = @By, Version = Version + 1
        WHERE ClosedAt IS NULL AND MessageId IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM Outbox O WHERE O.MessageId = Work.SubjectId AND O.State = 2)
        """,
        new { tx.Now, By = NameOf(Program) });

    /// <summary>The same for a proposed policy: while it is open it waits for a second person.</summary>
    public static async Task LookAtProposalAsync(Tx tx, Guid id, Actor? who = null)
    {
        var isOpen = await tx.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM PolicyProposal WHERE Id = @id AND State = 'Open'", new { id }) > 0;
        var open = await tx.QueryFirstOrDefaultAsync<Row>(
            $"""SELECT {RowColumns} FROM Work WHERE SubjectId = @id AND Kind = 'PolicyProposed' AND ClosedAt IS NULL""", new { id });
        if (open is not null && !isOpen)
        {
            await CloseAsync(tx, open.Seq, who ?? Program);
        }
        else if (open is null && isOpen)
        {
            await AddAsync(tx, new NewRow(WorkKind.PolicyProposed, id) { Since = tx.Now, DueAt = tx.Now + WorkKinds.TimeFor(WorkKind.PolicyProposed) });
        }
    }

    /// <summary>Whether mail to a clinic does not arrive.</summary>
    public static async Task ClinicMailAsync(Tx tx, string clinicCode, bool fails)
    {
        var subject = SubjectOf(clinicCode);
        var open = await tx.QueryFirstOrDefaultAsync<Row>(
            $"""SELECT {RowColumns} FROM Work WHERE SubjectId = @subject AND Kind = 'ClinicUnreachable' AND ClosedAt IS NULL""", new { subject });
        if (open is not null && !fails)
        {
            await CloseAsync(tx, open.Seq, Program);
        }
        else if (open is null && fails)
        {
            await AddClinicAsync(tx, new ClinicNeed(clinicCode, WorkKind.ClinicUnreachable, string.Empty, tx.Now + WorkKinds.TimeFor(WorkKind.ClinicUnreachable)));
        }
    }

    /// <summary>What clinics need, all of it: what is missing is opened, what nobody needs is closed.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> LookAtClinicsAsync(Tx tx, IReadOnlyCollection<ClinicNeed> needs)
    {
        var rows = (await ListClinicRowsAsync(tx)).ToDictionary(r => (r.SubjectId, r.Kind));
        var changes = 0;
        foreach (var need in needs)
        {
            if (!rows.Remove((SubjectOf(need.ClinicCode), need.Kind), out var row))
            {
                await AddClinicAsync(tx, need);
                changes++;
            }
            else if (row.Reason != need.Reason)
            {
                await tx.ExecuteAsync(
                    "UPDATE Work SET Reason = @Reason, DueAt = @DueAt, SnoozedUntil = NULL, Version = Version + 1 WHERE Seq = @Seq AND ClosedAt IS NULL",
                    new { need.Reason, need.DueAt, row.Seq });
                changes++;
            }
        }

        foreach (var row in rows.Values)
        {
            await CloseAsync(tx, row.Seq, Program);
        }

        return changes + rows.Count;
    }

    /// <summary>What an erased patient leaves: nothing that says what was to be done for them. Mails and messages are looked at on their own.</summary>
    public static async Task EraseAsync(Tx tx, InquiryId inquiryId, IReadOnlyCollection<Guid> mailIds)
    {
        // First: a number may be given again.
        await tx.ExecuteAsync("DELETE FROM WorkTold WHERE WorkSeq IN (SELECT Seq FROM Work WHERE InquiryId = @inquiryId)", new { inquiryId });
        await tx.ExecuteAsync("DELETE FROM Work WHERE InquiryId = @inquiryId AND (SubjectId = @inquiryId OR ClosedAt IS NOT NULL)", new { inquiryId });
        foreach (var some in mailIds.Chunk(IdsAtOnce))
        {
            await CloseMailsAsync(tx, some, Program);
        }
    }

    /// <summary>The open rows that the states do not ask for, and those they ask for in vain. Reads everything; changes nothing.</summary>
    /// <param name="session">A session.</param>
    /// <param name="clinics">What clinics need now.</param>
    public static async Task<IReadOnlyList<WorkDifference>> DifferencesAsync(Session session, IReadOnlyCollection<ClinicNeed> clinics)
    {
        var differences = new List<WorkDifference>();
        foreach (var some in (await CandidatesAsync(session)).Chunk(IdsAtOnce))
        {
            var needs = await session.QueryAsync<NeedsRow>($"""{SelectNeeds} WHERE I.Id IN @some""", new { some });
            var rows = (await session.QueryAsync<Row>($"""SELECT {RowColumns} FROM Work WHERE InquiryId IN @some AND SubjectId IN @some""", new { some }))
                .ToLookup(r => r.SubjectId);
            foreach (var inquiry in needs)
            {
                var (missing, changed, over) = Compare(inquiry, [.. rows[inquiry.Id.Value]]);
                differences.AddRange(missing.Select(n => new WorkDifference(n.Kind, inquiry.Id.Value, Missing: true)));
                differences.AddRange(changed.Select(c => new WorkDifference(c.Row.Kind, inquiry.Id.Value, Missing: false)));
                differences.AddRange(over.Select(r => new WorkDifference(r.Kind, inquiry.Id.Value, Missing: false)));
            }
        }

        differences.AddRange(await CompareStuckAsync(session, WorkKind.StuckMail, $"SELECT Id FROM Mail WHERE {StandsStill}"));
        differences.AddRange(await CompareStuckAsync(session, WorkKind.ParkedMessage, "SELECT MessageId AS Id FROM Outbox WHERE State = 2"));
        differences.AddRange(await CompareStuckAsync(session, WorkKind.PolicyProposed, "SELECT Id FROM PolicyProposal WHERE State = 'Open'"));

        var open = (await ListClinicRowsAsync(session)).Select(r => (r.SubjectId, r.Kind)).ToHashSet();
        var wanted = clinics.Select(c => (SubjectId: SubjectOf(c.ClinicCode), c.Kind)).ToHashSet();
        differences.AddRange(wanted.Except(open).Select(d => new WorkDifference(d.Kind, d.SubjectId, Missing: true)));
        differences.AddRange(open.Except(wanted).Select(d => new WorkDifference(d.Kind, d.SubjectId, Missing: false)));
        return differences;
    }

    /// <summary>Writes and closes what is found to differ, each looked at anew.</summary>
    public static async Task MendAsync(Tx tx, IReadOnlyCollection<WorkDifference> differences)
    {
        foreach (var subject in differences.Where(d => IsOfInquiry(d.Kind)).Select(d => d.SubjectId).Distinct())
        {
            await LookAgainAsync(tx, new InquiryId(subject), who: null);
        }

        await LookAtMailsAsync(tx, [.. differences.Where(d => d.Kind == WorkKind.StuckMail).Select(d => d.SubjectId)]);
        await LookAtMessagesAsync(tx, [.. differences.Where(d => d.Kind == WorkKind.ParkedMessage).Select(d => d.SubjectId)]);
        foreach (var proposal in differences.Where(d => d.Kind == WorkKind.PolicyProposed))
        {
            await LookAtProposalAsync(tx, proposal.SubjectId);
        }
    }

    /// <summary>Work of this kind is about an inquiry as such.</summary>
    public static bool IsOfInquiry(WorkKind kind) =>
        kind is not (WorkKind.StuckMail or WorkKind.ParkedMessage or WorkKind.CredentialDue or WorkKind.ClinicUnreachable or WorkKind.PolicyProposed);

    /// <summary>What stands for a clinic: its code has no id.</summary>
    public static Guid SubjectOf(string clinicCode) => MailAbout.Of(Guid.Empty, "clinic " + clinicCode);

    internal static string NameOf(Actor who) => $"{who.Kind} {who.Name}";

    private static (List<NeededWork> Missing, List<(Row Row, NeededWork Need)> Changed, List<Row> Over) Compare(NeedsRow needs, List<Row> rows)
    {
        var open = rows.Where(r => r.ClosedAt is null).ToDictionary(r => r.Kind);
        var byPersons = rows.Where(r => r.ClosedBy?.StartsWith("coordinator ", StringComparison.Ordinal) == true).Select(r => new WorkRead(r.Kind, r.Mark));
        var needed = WorkRules.Of(needs.ToNeeds(), [.. byPersons]);
        return (
            [.. needed.Where(n => !open.ContainsKey(n.Kind))],
            [.. needed.Where(n => open.TryGetValue(n.Kind, out var row) && (row.Reason != n.Reason || row.Urgent != n.Urgent || row.Mark != n.Mark))
                .Select(n => (open[n.Kind], n))],
            [.. open.Values.Where(r => needed.All(n => n.Kind != r.Kind))]);
    }

    // Whatever can make work, by what there is an index for where there are many rows.
    private static async Task<IReadOnlyList<Guid>> CandidatesAsync(Session session) =>
        [.. (await session.QueryAsync<IdRow>(
            """
            SELECT Id FROM Inquiry WHERE State IN ('Held', 'AwaitingPatient', 'Quarantined')
            UNION SELECT InquiryId FROM Work WHERE ClosedAt IS NULL AND InquiryId = SubjectId
            UNION SELECT InquiryId FROM Referral WHERE State = 'Expired' GROUP BY InquiryId HAVING COUNT(*) > 1
            UNION SELECT InquiryId FROM Referral WHERE State IN ('Accepted', 'Quoted', 'Booked') AND Lapse IS NOT NULL
            UNION SELECT InquiryId FROM InquiryLink WHERE State = 'Suggested'
            UNION SELECT InquiryId FROM UnreachablePatient
            UNION SELECT InquiryId FROM Note
            UNION SELECT InquiryId FROM Quote
            """)).Select(r => r.Id)];

    private static async Task<IEnumerable<WorkDifference>> CompareStuckAsync(Session session, WorkKind kind, string stuck)
    {
        var standing = (await session.QueryAsync<IdRow>(stuck)).Select(r => r.Id).ToHashSet();
        var open = (await session.QueryAsync<IdRow>(
            "SELECT SubjectId AS Id FROM Work WHERE ClosedAt IS NULL AND Kind = @kind", new { kind = kind.ToString() })).Select(r => r.Id).ToHashSet();
        return [
            .. standing.Except(open).Select(id => new WorkDifference(kind, id, Missing: true)),
            .. open.Except(standing).Select(id => new WorkDifference(kind, id, Missing: false)),
        ];
    }

    private static Task<IEnumerable<Row>> ListClinicRowsAsync(Session session) =>
        session.QueryAsync<Row>($"""SELECT {RowColumns} FROM Work WHERE ClosedAt IS NULL AND ClinicCode IS NOT NULL""");

    private static Task AddClinicAsync(Tx tx, ClinicNeed need) => AddAsync(tx, new NewRow(need.Kind, SubjectOf(need.ClinicCode))
    {
        ClinicCode = need.ClinicCode, Reason = need.Reason, Since = tx.Now, DueAt = need.DueAt,
    });

    private static Task<int> CloseAsync(Tx tx, long seq, Actor who) => tx.ExecuteAsync(
        "UPDATE Work SET ClosedAt = @Now, ClosedBy = @By, Version = Version + 1 WHERE Seq = @seq AND ClosedAt IS NULL",
        new { tx.Now, By = NameOf(who), seq });

    private static async Task AddAsync(Tx tx, NewRow row)
    {
        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO Work (Kind, SubjectId, InquiryId, ClinicCode, MailId, MessageId, Reason, Urgent, Mark, Since, DueAt, OwnerId, OwnedAt,
                    SnoozedUntil, Version)
                VALUES (@Kind, @SubjectId, @InquiryId, @ClinicCode, @MailId, @MessageId, @Reason, @Urgent, @Mark, @Since, @DueAt, @OwnerId, @OwnedAt,
                    @SnoozedUntil, 1)
                """,
                new
                {
                    Kind = row.Kind.ToString(), row.SubjectId, row.InquiryId, row.ClinicCode, row.MailId, row.MessageId, Reason = Kept(row.Reason), row.Urgent,
                    row.Mark, row.Since, row.DueAt, row.OwnerId, row.OwnedAt, row.SnoozedUntil,
                });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"Work {row.Kind} about {row.SubjectId} was opened at the same moment.", exception);
        }
    }

    private static string Kept(string reason) => reason.Length <= 400 ? reason : reason[..400];

    private sealed record NewRow(WorkKind Kind, Guid SubjectId)
    {
        public InquiryId? InquiryId { get; init; }

        public string? ClinicCode { get; init; }

        public Guid? MailId { get; init; }

        public Guid? MessageId { get; init; }

        public string Reason { get; init; } = string.Empty;

        public bool Urgent { get; init; }

        public long Mark { get; init; }

        public DateTimeOffset Since { get; init; }

        public DateTimeOffset DueAt { get; init; }

        public DateTimeOffset? SnoozedUntil { get; init; }

        public Guid? OwnerId { get; init; }

        public DateTimeOffset? OwnedAt { get; init; }
    }

    private sealed class IdRow
    {
        public Guid Id { get; init; }
    }

    private sealed class StuckRow
    {
        public Guid Id { get; init; }

        public InquiryId? InquiryId { get; init; }

        public string Cause { get; init; } = string.Empty;
    }

    private sealed class Row
    {
        public long Seq { get; init; }

        public WorkKind Kind { get; init; }

        public Guid SubjectId { get; init; }

        public string Reason { get; init; } = string.Empty;

        public bool Urgent { get; init; }

        public long Mark { get; init; }

        public DateTimeOffset Since { get; init; }

        public Guid? OwnerId { get; init; }

        public DateTimeOffset? OwnedAt { get; init; }

        public DateTimeOffset? SnoozedUntil { get; init; }

        public DateTimeOffset? ClosedAt { get; set; }

        public string? ClosedBy { get; set; }
    }

    private sealed class NeedsRow
    {
        public InquiryId Id { get; init; }

        public InquiryState State { get; init; }

        public string HoldReasons { get; init; } = string.Empty;

        public DateTimeOffset ChangedAt { get; init; }

        public DateTimeOffset? WaitsSince { get; init; }

        public int Expired { get; init; }

        public int InHand { get; init; }

        public string? Lapse { get; init; }

        public int Pairs { get; init; }

        public DateTimeOffset? UnreachableSince { get; init; }

        public long? Note { get; init; }

        public long? PatientNote { get; init; }

        public long? EmergencyNote { get; init; }

        public long? ClinicNote { get; init; }

        public long? CheckIn { get; init; }

        public long? Dispute { get; init; }

        public long? Quote { get; init; }

        public InquiryNeeds ToNeeds() => new()
        {
            State = State, Reasons = [.. CodeList.Split(HoldReasons).Select(Core.Screening.HoldReason.Of)], ChangedAt = ChangedAt, WaitsSince = WaitsSince,
            Expired = Expired, InHand = InHand > 0, Lapse = Lapse, Pairs = Pairs, UnreachableSince = UnreachableSince, Note = Note ?? 0,
            PatientNote = PatientNote ?? 0, EmergencyNote = EmergencyNote ?? 0, ClinicNote = ClinicNote ?? 0, CheckIn = CheckIn ?? 0, Dispute = Dispute ?? 0,
            Quote = Quote ?? 0,
        };
    }
}
