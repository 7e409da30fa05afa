using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Reports;

/// <summary>When a week or a month was counted.</summary>
public sealed record StatRun
{
    public required DateOnly Start { get; init; }

    /// <summary>Grows with each count and each erasure.</summary>
    public required int Version { get; init; }

    /// <summary>Null: it is to be counted again at once.</summary>
    public required DateTimeOffset? CountedAt { get; init; }
}

/// <summary>The numbers of the reports as they are written: counted anew, and kept when an inquiry is erased.</summary>
public static class StatStore
{
    public const string Week = "week";
    public const string Month = "month";

    // The key begins with it: without the list the whole table would be read.
    private const string Dimensions = "'all', 'condition', 'country', 'page', 'campaign', 'wanted', 'gate', 'promise'";
    private const string Steps = "'acknowledged', 'looked-at', 'first-offer', 'answer', 'first-yes', 'booking', 'closing'";

    /// <summary>What was counted when, of weeks or of months.</summary>
    public static async Task<IReadOnlyList<StatRun>> ListRunsAsync(Session session, string kind) =>
        [.. await session.QueryAsync<StatRun>("SELECT Start, Version, CountedAt FROM StatRun WHERE Kind = @kind", new { kind })];

    /// <summary>Begins a count's writing: nobody else has counted it, and nothing of it was erased, since it was read.</summary>
    /// <param name="tx">The unit of work of what is written.</param>
    /// <param name="kind">Week or month.</param>
    /// <param name="start">Its first day.</param>
    /// <param name="seen">The version before it was read; 0: it had none.</param>
    /// <returns>False: it is to be counted again.</returns>
    public static async Task<bool> TryBeginAsync(Tx tx, string kind, DateOnly start, int seen)
    {
        var run = new { kind, start, seen, tx.Now };
        if (seen > 0)
        {
            return await tx.ExecuteAsync(
                "UPDATE StatRun SET Version = Version + 1, CountedAt = @Now WHERE Kind = @kind AND Start = @start AND Version = @seen", run) == 1;
        }

        try
        {
            await tx.ExecuteAsync("INSERT INTO StatRun (Kind, Start, Version, CountedAt) VALUES (@kind, @start, 1, @Now)", run);
            return true;
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            return false;
        }
    }

    /// <summary>Makes the numbers of a week those that were counted; what is kept of erased inquiries stays.</summary>
    /// <returns>How many were others.</returns>
    public static async Task<int> ReplaceAsync(Tx tx, DateOnly week, WeekSheet sheet)
    {
        var changed = 0;
        var before = (await tx.QueryAsync<CountRow>(
            $"""SELECT Dimension, Value, Measure, N FROM StatWeek WHERE Dimension IN ({Dimensions}) AND Week = @week AND Kept = 0""", new { week }))
            .ToDictionary(r => new CountKey(r.Dimension, r.Value, r.Measure), r => r.N);
        foreach (var (key, n) in sheet.Counts.Where(c => before.GetValueOrDefault(c.Key) != c.Value))
        {
            changed++;
            await SetAsync(tx, key, week, n, isNew: !before.ContainsKey(key));
        }

        foreach (var key in before.Keys.Where(k => !sheet.Counts.ContainsKey(k)))
        {
            changed++;
            await RemoveAsync(tx, key, week);
        }

        var times = (await tx.QueryAsync<TimeRow>(
            $"""SELECT Step, Bucket, N FROM StatTime WHERE Step IN ({Steps}) AND Week = @week AND Kept = 0""", new { week }))
            .ToDictionary(r => new TimeKey(r.Step, r.Bucket), r => r.N);
        foreach (var (key, n) in sheet.Times.Where(t => times.GetValueOrDefault(t.Key) != t.Value))
        {
            changed++;
            await SetAsync(tx, key, week, n, isNew: !times.ContainsKey(key));
        }

        foreach (var key in times.Keys.Where(k => !sheet.Times.ContainsKey(k)))
        {
            changed++;
            await tx.ExecuteAsync(
                "DELETE FROM StatTime WHERE Step = @Step AND Week = @week AND Bucket = @Bucket AND Kept = 0", new { key.Step, week, key.Bucket });
        }

        return changed;
    }

    /// <summary>
    /// An inquiry is about to be erased: what it counts for stays, as a number. Of a value that fewer than
    /// <see cref="Dimension.FewestKept"/> inquiries of the week have, only "other" stays, and a text that few have sent is gone at once.
    /// </summary>
    /// <param name="tx">The transaction that erases it, before it blanks anything.</param>
    /// <param name="loaded">As it was before.</param>
    public static async Task KeepAsync(Tx tx, InquiryRecord loaded)
    {
        if (await CountedInquiryStore.FindAsync(tx, loaded.Id) is not { } found)
        {
            return;
        }

        var inquiry = found with { State = loaded.State, Reasons = CodeList.Join(loaded.HoldReasons.Select(r => r.Code)), ChangedAt = loaded.ChangedAt };
        var week = ReportPeriod.WeekOf(inquiry.ReceivedAt);
        await OutdateAsync(tx, week);
        var sheet = new WeekSheet(tx.Now);
        sheet.Add(inquiry);
        foreach (var (dimension, value) in sheet.Counts.Keys.Select(k => (k.Dimension, k.Value)).Distinct().ToList())
        {
            var tellsOfNobody = dimension == Dimension.All.Code || dimension == Dimension.Promise.Code || dimension == Dimension.Gate.Code
                || value.Length == 0 || value == Dimension.Others;
            if (!tellsOfNobody && await CountAsync(tx, dimension, value, week) < Dimension.FewestKept)
            {
                sheet.Merge(k => k.Dimension == dimension && k.Value == value);
                await tx.ExecuteAsync(
                    "DELETE FROM StatWeek WHERE Dimension = @dimension AND Week = @week AND Value = @value AND Kept = 0", new { dimension, week, value });
            }
        }

        foreach (var (key, n) in sheet.Counts)
        {
            await KeepAsync(tx, key, week, n);
        }

        foreach (var (key, n) in sheet.Times)
        {
            await KeepAsync(tx, key, week, n);
        }
    }

    // What was counted with it is counted again; until then it may count twice where it had moved on since.
    private static async Task OutdateAsync(Tx tx, DateOnly week)
    {
        var run = new { kind = Week, start = week };
        if (await tx.ExecuteAsync("UPDATE StatRun SET Version = Version + 1, CountedAt = NULL WHERE Kind = @kind AND Start = @start", run) == 0)
        {
            await InsertAsync(tx, "INSERT INTO StatRun (Kind, Start, Version, CountedAt) VALUES (@kind, @start, 1, NULL)", run);
        }
    }

    // At least so many people: what is wanted counts each of them several times, an ending once.
    private static async Task<int> CountAsync(Tx tx, string dimension, string value, DateOnly week) =>
        await tx.QuerySingleOrDefaultAsync<int?>(
            """
            SELECT MAX(N) FROM (
                SELECT SUM(N) AS N FROM StatWeek
                WHERE Dimension = @dimension AND Week = @week AND Value = @value AND (Measure IN @Codes OR @dimension = 'wanted')
                GROUP BY CASE WHEN @dimension = 'wanted' THEN Measure ELSE '' END) AS People
            """,
            new { dimension, week, value, InquiryEnding.Codes }) ?? 0;

    private static Task<int> SetAsync(Tx tx, CountKey key, DateOnly week, int n, bool isNew) => tx.ExecuteAsync(
        isNew
            ? "INSERT INTO StatWeek (Dimension, Week, Value, Measure, Kept, N) VALUES (@Dimension, @week, @Value, @Measure, 0, @n)"
            : "UPDATE StatWeek SET N = @n WHERE Dimension = @Dimension AND Week = @week AND Value = @Value AND Measure = @Measure AND Kept = 0",
        new { key.Dimension, week, key.Value, key.Measure, n });

    private static Task<int> SetAsync(Tx tx, TimeKey key, DateOnly week, int n, bool isNew) => tx.ExecuteAsync(
        isNew
            ? "INSERT INTO StatTime (Step, Week, Bucket, Kept, N) VALUES (@Step, @week, @Bucket, 0, @n)"
            : "UPDATE StatTime SET N = @n WHERE Step = @Step AND Week = @week AND Bucket = @Bucket AND Kept = 0",
        new { key.Step, week, key.Bucket, n });

    private static Task<int> RemoveAsync(Tx tx, CountKey key, DateOnly week) => tx.ExecuteAsync(
        "DELETE FROM StatWeek WHERE Dimension = @Dimension AND Week = @week AND Value = @Value AND Measure = @Measure AND Kept = 0",
        new { key.Dimension, week, key.Value, key.Measure });

    private static async Task KeepAsync(Tx tx, CountKey key, DateOnly week, int n)
    {
        var row = new { key.Dimension, week, key.Value, key.Measure, n };
        await tx.ExecuteAsync(
            """
            UPDATE StatWeek SET N = N - @n
            WHERE Dimension = @Dimension AND Week = @week AND Value = @Value AND Measure = @Measure AND Kept = 0 AND N >= @n
            """,
            row);
        await tx.ExecuteAsync(
            "DELETE FROM StatWeek WHERE Dimension = @Dimension AND Week = @week AND Value = @Value AND Measure = @Measure AND Kept = 0 AND N = 0", row);
        if (await tx.ExecuteAsync(
            """
            UPDATE StatWeek SET N = N + @n
            WHERE Dimension = @Dimension AND Week = @week AND Value = @Value AND Measure = @Measure AND Kept = 1
            """,
            row) == 0)
        {
            await InsertAsync(
                tx, "INSERT INTO StatWeek (Dimension, Week, Value, Measure, Kept, N) VALUES (@Dimension, @week, @Value, @Measure, 1, @n)", row);
        }
    }

    private static async Task KeepAsync(Tx tx, TimeKey key, DateOnly week, int n)
    {
        var row = new { key.Step, week, key.Bucket, n };
        await tx.ExecuteAsync(
            "UPDATE StatTime SET N = N - @n WHERE Step = @Step AND Week = @week AND Bucket = @Bucket AND Kept = 0 AND N >= @n", row);
        await tx.ExecuteAsync("DELETE FROM StatTime WHERE Step = @Step AND Week = @week AND Bucket = @Bucket AND Kept = 0 AND N = 0", row);
        if (await tx.ExecuteAsync(
            "UPDATE StatTime SET N = N + @n WHERE Step = @Step AND Week = @week AND Bucket = @Bucket AND Kept = 1", row) == 0)
        {
            await InsertAsync(tx, "INSERT INTO StatTime (Step, Week, Bucket, Kept, N) VALUES (@Step, @week, @Bucket, 1, @n)", row);
        }
    }

    private static async Task InsertAsync(Tx tx, string sql, object row)
    {
        try
        {
            await tx.ExecuteAsync(sql, row);
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("Another erasure counted the same at this moment.", exception);
        }
    }

    private sealed class CountRow
    {
        public string Dimension { get; init; } = string.Empty;

        public string Value { get; init; } = string.Empty;

        public string Measure { get; init; } = string.Empty;

        public int N { get; init; }
    }

    private sealed class TimeRow
    {
        public string Step { get; init; } = string.Empty;

        public int Bucket { get; init; }

        public int N { get; init; }
    }
}
