using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>A piece of open work as a coordinator lists it: ids and codes, nothing of what anybody wrote.</summary>
public sealed record OpenWork
{
    /// <summary>Its name.</summary>
    public required long Seq { get; init; }

    public required WorkKind Kind { get; init; }

    /// <summary>The inquiry it is about; null: about none.</summary>
    public InquiryId? InquiryId { get; init; }

    /// <summary>Of its inquiry.</summary>
    public string? Reference { get; init; }

    public string? ClinicCode { get; init; }

    /// <summary>Of its inquiry: what is asked about, from where and in which language; null: it is about none.</summary>
    public string? ConditionCode { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    /// <summary>The clinic of the inquiry that did what it is about; null: none did.</summary>
    public string? AboutClinic { get; init; }

    public Guid? MailId { get; init; }

    public Guid? MessageId { get; init; }

    /// <summary>Codes, or empty.</summary>
    public required string Reason { get; init; }

    public required bool Urgent { get; init; }

    /// <summary>Since when it waits: the first moment, however often it was held and sent on.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Who has taken it; null: nobody.</summary>
    public Guid? OwnerId { get; init; }

    public DateTimeOffset? OwnedAt { get; init; }

    /// <summary>It is out of the list until then, and comes back by itself.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Counts its changes: whoever acts on it says which one they saw.</summary>
    public required int Version { get; init; }

    /// <summary>How much time there is for it in all.</summary>
    public TimeSpan Time => DueAt - Since;
}

/// <summary>Which work is listed.</summary>
public sealed record WorkFilter
{
    /// <summary>None: every kind.</summary>
    public IReadOnlyList<WorkKind> Kinds { get; init; } = [];

    /// <summary>Only what this person has taken; null: whoever has.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Only what nobody has taken, or who is not there any more.</summary>
    public bool Free { get; init; }

    /// <summary>People who have taken work and are not there: what is theirs is everyone's.</summary>
    public IReadOnlyCollection<Guid> Gone { get; init; } = [];

    /// <summary>What was put off instead of what was not.</summary>
    public bool Snoozed { get; init; }
}

/// <summary>A place in the list.</summary>
public sealed record WorkPlace(bool Urgent, DateTimeOffset DueAt, long Seq)
{
    public static WorkPlace Of(OpenWork work) => new(work.Urgent, work.DueAt, work.Seq);
}

/// <summary>How much is open of a kind.</summary>
public sealed record WorkCount
{
    public required WorkKind Kind { get; init; }

    public required long Number { get; init; }

    public required long Urgent { get; init; }

    /// <summary>Of it, past the moment by which it was to be answered.</summary>
    public required long Late { get; init; }

    public required DateTimeOffset Oldest { get; init; }
}

/// <summary>Open work: listed, counted, taken, given, put off, done. What opens it is <see cref="WorkLedger"/>.</summary>
public static class WorkStore
{
    // Last the clinic that wrote, named the price or lapsed: looked for in the rows of a page alone.
    private const string Columns =
        "W.Seq, W.Kind, W.InquiryId, I.Reference, W.ClinicCode, W.MailId, W.MessageId, W.Reason, W.Urgent, W.Since, W.DueAt, W.OwnerId, "
        + "W.OwnedAt, W.SnoozedUntil, W.Version, I.ConditionCode, I.Country, I.Language, "
        + "CASE W.Kind "
        + "WHEN 'ClinicWrote' THEN (SELECT R.ClinicCode FROM Note N INNER JOIN Referral R ON R.Id = N.ReferralId WHERE N.Seq = W.Mark) "
        + "WHEN 'QuoteToLookAt' THEN (SELECT R.ClinicCode FROM Quote Q INNER JOIN Referral R ON R.Id = Q.ReferralId WHERE Q.Seq = W.Mark) "
        + "WHEN 'Lapse' THEN (SELECT MIN(R.ClinicCode) FROM Referral R WHERE R.InquiryId = W.InquiryId AND R.Lapse IS NOT NULL) "
        + "END AS AboutClinic";

    private const string Tables = "FROM Work W LEFT JOIN Inquiry I ON I.Id = W.InquiryId";

    // Who is not filtered for: null, or an empty list that has to have something in it.
    // What stands open of each kind; a WHERE and a grouping follow.
    private const string ByKind =
        """
        SELECT W.Kind, COUNT(*) AS Number, SUM(CASE WHEN W.Urgent = 1 THEN 1 ELSE 0 END) AS Urgent,
            SUM(CASE WHEN W.DueAt < @Now THEN 1 ELSE 0 END) AS Late, MIN(W.Since) AS Oldest
        FROM Work W
        """;

    private const string Wanted =
        "W.ClosedAt IS NULL AND (@anyKind = 1 OR W.Kind IN @kinds) AND (@owner IS NULL OR W.OwnerId = @owner)"
        + " AND (@free = 0 OR W.OwnerId IS NULL OR W.OwnerId IN @gone)"
        + " AND ((@snoozed = 1 AND W.SnoozedUntil > @Now) OR (@snoozed = 0 AND (W.SnoozedUntil IS NULL OR W.SnoozedUntil <= @Now)))";

    private const string Behind =
        "(@first = 1 OR W.Urgent < @urgent OR (W.Urgent = @urgent AND (W.DueAt > @dueAt OR (W.DueAt = @dueAt AND W.Seq > @seq))))";

    private const string Before = "(W.Urgent > @urgent OR (W.Urgent = @urgent AND (W.DueAt < @dueAt OR (W.DueAt = @dueAt AND W.Seq < @seq))))";

    /// <summary>A page of the list: urgent first, then by the moment it is due.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which work.</param>
    /// <param name="after">Where the page before ended; null: the first page.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<OpenWork>> ListAsync(Session session, WorkFilter filter, WorkPlace? after, int take) =>
        [.. await session.QueryAsync<OpenWork>(
            session.Dialect.First(Columns, $"{Tables} WHERE {Wanted} AND {Behind} ORDER BY W.Urgent DESC, W.DueAt, W.Seq"),
            Parameters(session, filter, after, take))];

    /// <summary>The same backwards: what stands before a place, nearest first.</summary>
    public static async Task<IReadOnlyList<OpenWork>> ListBeforeAsync(Session session, WorkFilter filter, WorkPlace before, int take) =>
        [.. await session.QueryAsync<OpenWork>(
            session.Dialect.First(Columns, $"{Tables} WHERE {Wanted} AND {Before} ORDER BY W.Urgent, W.DueAt DESC, W.Seq DESC"),
            Parameters(session, filter, before, take))];

    /// <summary>What needs a person now, put off or not.</summary>
    public static Task<Backlog> UrgentAsync(Session session) =>
        Backlog.AskAsync(session, "SELECT COUNT(*) AS Number, MIN(Since) AS Oldest FROM Work WHERE ClosedAt IS NULL AND Urgent = 1");

    /// <summary>How much is open and not put off, by kind.</summary>
    public static Task<IReadOnlyList<WorkCount>> CountAsync(Session session) => CountAsync(session, new WorkFilter());

    /// <summary>The same of a view; its kinds do not count: each is counted.</summary>
    public static async Task<IReadOnlyList<WorkCount>> CountAsync(Session session, WorkFilter filter) =>
        [.. await session.QueryAsync<WorkCount>(
            $"""
            {ByKind} WHERE {Wanted} GROUP BY W.Kind ORDER BY W.Kind
            """,
            new
            {
                session.Now, anyKind = true, kinds = KindsOf(filter), owner = filter.OwnerId, free = filter.Free, gone = GoneOf(filter),
                snoozed = filter.Snoozed,
            })];

    /// <summary>How much of a view was opened behind a piece of work.</summary>
    public static Task<long> CountNewAsync(Session session, WorkFilter filter, long after) => session.QuerySingleOrDefaultAsync<long>(
        $"""SELECT COUNT(*) FROM Work W WHERE W.Seq > @after AND {Wanted}""",
        new
        {
            session.Now, after, anyKind = filter.Kinds.Count == 0, kinds = KindsOf(filter), owner = filter.OwnerId, free = filter.Free,
            gone = GoneOf(filter), snoozed = filter.Snoozed,
        });

    /// <returns>Null: there is no such work, or it is closed.</returns>
    public static Task<OpenWork?> FindAsync(Session session, long seq) =>
        session.QuerySingleOrDefaultAsync<OpenWork>($"""SELECT {Columns} {Tables} WHERE W.Seq = @seq AND W.ClosedAt IS NULL""", new { seq });

    /// <returns>Null: there never was such work.</returns>
    public static Task<OpenWork?> FindClosedOrOpenAsync(Session session, long seq) =>
        session.QuerySingleOrDefaultAsync<OpenWork>($"""SELECT {Columns} {Tables} WHERE W.Seq = @seq""", new { seq });

    /// <summary>Its version, open or closed.</summary>
    public static Task<int?> FindVersionAsync(Session session, long seq) =>
        session.QuerySingleOrDefaultAsync<int?>("SELECT Version FROM Work WHERE Seq = @seq", new { seq });

    /// <summary>It is as it was before: whose, put off until when, and open.</summary>
    /// <exception cref="ConflictException">It has changed since it was loaded, or the same is open anew.</exception>
    public static async Task RestoreAsync(Tx tx, OpenWork loaded, Guid? ownerId, DateTimeOffset? ownedAt, DateTimeOffset? snoozedUntil)
    {
        try
        {
            if (await tx.ExecuteAsync(
                """
                UPDATE Work SET OwnerId = @ownerId, OwnedAt = @ownedAt, SnoozedUntil = @snoozedUntil, ClosedAt = NULL, ClosedBy = NULL,
                    Version = Version + 1
                WHERE Seq = @Seq AND Version = @Version
                """,
                new { ownerId, ownedAt, snoozedUntil, loaded.Seq, loaded.Version }) == 0)
            {
                throw new ConflictException($"Work {loaded.Seq} has changed since it was loaded.");
            }
        }
        catch (Exception exception) when (exception is not ConflictException && tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"What work {loaded.Seq} was about is open anew.", exception);
        }
    }

    /// <summary>What is open about an inquiry, first to last.</summary>
    public static async Task<IReadOnlyList<OpenWork>> ListOfInquiryAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<OpenWork>($"""SELECT {Columns} {Tables} WHERE W.InquiryId = @inquiryId AND W.ClosedAt IS NULL ORDER BY W.Seq""", new { inquiryId })];

    /// <summary>What people have taken, in the order of the list: by its number, SQLite would read all that was ever done.</summary>
    public static async Task<IReadOnlyList<OpenWork>> ListOwnedAsync(Session session, int take) =>
        [.. await session.QueryAsync<OpenWork>(
            session.Dialect.First(
                Columns, $"{Tables} WHERE W.ClosedAt IS NULL AND W.OwnerId IS NOT NULL ORDER BY W.Urgent DESC, W.DueAt, W.Seq"),
            new { take })];

    /// <summary>It is somebody's from now on, or nobody's.</summary>
    /// <exception cref="ConflictException">It has changed since it was loaded, or is closed.</exception>
    public static Task GiveAsync(Tx tx, OpenWork loaded, Guid? ownerId) => ChangeAsync(
        tx, loaded, "UPDATE Work SET OwnerId = @ownerId, OwnedAt = @ownedAt, Version = Version + 1 WHERE Seq = @Seq AND Version = @Version AND ClosedAt IS NULL",
        new { ownerId, ownedAt = ownerId is null ? (DateTimeOffset?)null : tx.Now, loaded.Seq, loaded.Version });

    /// <summary>It comes back at a moment.</summary>
    /// <exception cref="ConflictException">It has changed since it was loaded, or is closed.</exception>
    public static Task SnoozeAsync(Tx tx, OpenWork loaded, DateTimeOffset until) => ChangeAsync(
        tx, loaded, "UPDATE Work SET SnoozedUntil = @until, Version = Version + 1 WHERE Seq = @Seq AND Version = @Version AND ClosedAt IS NULL",
        new { until, loaded.Seq, loaded.Version });

    /// <summary>A person has read it.</summary>
    /// <exception cref="ConflictException">It has changed since it was loaded, or is closed.</exception>
    public static Task FinishAsync(Tx tx, OpenWork loaded, Actor who) => ChangeAsync(
        tx, loaded, "UPDATE Work SET ClosedAt = @Now, ClosedBy = @By, Version = Version + 1 WHERE Seq = @Seq AND Version = @Version AND ClosedAt IS NULL",
        new { tx.Now, By = WorkLedger.NameOf(who), loaded.Seq, loaded.Version });

    /// <summary>What was not told to the common address of the coordinators, first to last, without what is put off.</summary>
    public static async Task<IReadOnlyList<OpenWork>> ListUntoldAsync(Session session, int take) =>
        [.. await session.QueryAsync<OpenWork>(
            session.Dialect.First(
                Columns,
                $"{Tables} WHERE W.ClosedAt IS NULL AND W.ToldAt IS NULL AND (W.SnoozedUntil IS NULL OR W.SnoozedUntil <= @Now) ORDER BY W.Urgent DESC, W.DueAt, W.Seq"),
            new { session.Now, take })];

    // What is theirs or nobody's, and not put off.
    private const string For =
        "W.ClosedAt IS NULL AND (W.SnoozedUntil IS NULL OR W.SnoozedUntil <= @Now) AND (W.OwnerId IS NULL OR W.OwnerId = @User)";

    private const string NotTold =
        "NOT EXISTS (SELECT 1 FROM WorkTold T WHERE T.UserId = @User AND T.WorkSeq = W.Seq AND (W.OwnerId IS NULL OR T.At >= W.OwnedAt))";

    /// <summary>What is somebody's or everyone's and they have not been told of by mail. What became theirs counts anew, unless they were in the console since.</summary>
    /// <param name="session">A session.</param>
    /// <param name="user">Who.</param>
    /// <param name="seenUntil">Until when they were in the console.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<OpenWork>> ListUntoldAsync(Session session, UserId user, DateTimeOffset seenUntil, int take) =>
        [.. await session.QueryAsync<OpenWork>(
            session.Dialect.First(
                Columns,
                $"{Tables} WHERE {For} AND (W.OwnerId IS NULL OR W.OwnedAt > @seenUntil) AND {NotTold} ORDER BY W.Urgent DESC, W.DueAt, W.Seq"),
            new { session.Now, User = user.Value, seenUntil, take })];

    /// <summary>How much is open that is somebody's or everyone's, by kind.</summary>
    public static async Task<IReadOnlyList<WorkCount>> CountForAsync(Session session, UserId user) =>
        [.. await session.QueryAsync<WorkCount>(
            $"""
            {ByKind} WHERE {For} GROUP BY W.Kind ORDER BY W.Kind
            """,
            new { session.Now, User = user.Value })];

    /// <summary>Somebody has been told of these; what is closed is forgotten.</summary>
    public static async Task ToldAsync(Tx tx, UserId user, IEnumerable<long> seqs)
    {
        await tx.ExecuteAsync(
            "DELETE FROM WorkTold WHERE UserId = @User AND WorkSeq NOT IN (SELECT Seq FROM Work WHERE ClosedAt IS NULL)", new { User = user.Value });
        foreach (var some in seqs.Chunk(500))
        {
            var told = new { User = user.Value, tx.Now, some };
            await tx.ExecuteAsync("DELETE FROM WorkTold WHERE UserId = @User AND WorkSeq IN @some", told);
            await tx.ExecuteAsync("INSERT INTO WorkTold (UserId, WorkSeq, At) SELECT @User, Seq, @Now FROM Work WHERE Seq IN @some", told);
        }
    }

    /// <summary>Somebody has been told of what is urgent about an inquiry.</summary>
    public static async Task ToldOfUrgentAsync(Tx tx, InquiryId inquiryId, UserId user)
    {
        var told = new { User = user.Value, tx.Now, inquiryId };
        await tx.ExecuteAsync(
            """
            INSERT INTO WorkTold (UserId, WorkSeq, At)
            SELECT @User, W.Seq, @Now FROM Work W
            WHERE W.InquiryId = @inquiryId AND W.ClosedAt IS NULL AND W.Urgent = 1
                AND NOT EXISTS (SELECT 1 FROM WorkTold T WHERE T.UserId = @User AND T.WorkSeq = W.Seq)
            """,
            told);
    }

    /// <summary>The coordinators have been told of these at their common address.</summary>
    public static async Task ToldAsync(Tx tx, IEnumerable<long> seqs)
    {
        foreach (var some in seqs.Chunk(500))
        {
            await tx.ExecuteAsync("UPDATE Work SET ToldAt = @Now WHERE Seq IN @some AND ToldAt IS NULL", new { tx.Now, some });
        }
    }

    /// <summary>They have been told of what is urgent about an inquiry.</summary>
    public static Task ToldOfUrgentAsync(Tx tx, InquiryId inquiryId) => tx.ExecuteAsync(
        "UPDATE Work SET ToldAt = @Now WHERE InquiryId = @inquiryId AND ClosedAt IS NULL AND Urgent = 1 AND ToldAt IS NULL", new { tx.Now, inquiryId });

    private static object Parameters(Session session, WorkFilter filter, WorkPlace? place, int take) => new
    {
        session.Now, take, anyKind = filter.Kinds.Count == 0, kinds = KindsOf(filter), owner = filter.OwnerId, free = filter.Free,
        gone = GoneOf(filter), snoozed = filter.Snoozed,
        first = place is null, urgent = place?.Urgent ?? false, dueAt = place?.DueAt ?? session.Now, seq = place?.Seq ?? 0,
    };

    private static string[] KindsOf(WorkFilter filter) =>
        filter.Kinds.Count == 0 ? [string.Empty] : [.. filter.Kinds.Select(k => k.ToString())];

    private static Guid[] GoneOf(WorkFilter filter) => filter.Gone.Count == 0 ? [Guid.Empty] : [.. filter.Gone];

    private static async Task ChangeAsync(Tx tx, OpenWork loaded, string update, object parameters)
    {
        if (await tx.ExecuteAsync(update, parameters) == 0)
        {
            throw new ConflictException($"Work {loaded.Seq} has changed since it was loaded.");
        }
    }
}
