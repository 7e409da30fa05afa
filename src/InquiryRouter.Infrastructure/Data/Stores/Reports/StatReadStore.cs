using InquiryRouter.Core.Reports;

namespace InquiryRouter.Infrastructure.Data.Stores.Reports;

/// <summary>A number of a week.</summary>
public sealed record WeekCount
{
    public required DateOnly Week { get; init; }

    public required string Measure { get; init; }

    public required int N { get; init; }
}

/// <summary>A number of a value.</summary>
public sealed record ValueCount
{
    public required string Value { get; init; }

    public required string Measure { get; init; }

    public required int N { get; init; }

    /// <summary>Of it, inquiries that are erased and stand in no list.</summary>
    public required int Erased { get; init; }
}

/// <summary>The numbers of the reports as they are read.</summary>
public static class StatReadStore
{
    /// <summary>Week by week, of one value.</summary>
    public static async Task<IReadOnlyList<WeekCount>> ByWeekAsync(Session session, ReportPeriod period, Dimension dimension, string value) =>
        [.. await session.QueryAsync<WeekCount>(
            """
            SELECT Week, Measure, SUM(N) AS N FROM StatWeek
            WHERE Dimension = @Code AND Week >= @From AND Week <= @Last AND Value = @value GROUP BY Week, Measure
            """,
            new { dimension.Code, period.From, period.Last, value })];

    /// <summary>Value by value, over all weeks.</summary>
    public static async Task<IReadOnlyList<ValueCount>> ByValueAsync(Session session, ReportPeriod period, Dimension dimension) =>
        [.. await session.QueryAsync<ValueCount>(
            """
            SELECT Value, Measure, SUM(N) AS N, SUM(CASE WHEN Kept = 1 THEN N ELSE 0 END) AS Erased FROM StatWeek
            WHERE Dimension = @Code AND Week >= @From AND Week <= @Last GROUP BY Value, Measure
            """,
            new { dimension.Code, period.From, period.Last })];

    /// <summary>How long each step took, over all weeks.</summary>
    public static async Task<IReadOnlyDictionary<string, Histogram>> TimesAsync(Session session, ReportPeriod period)
    {
        var times = new Dictionary<string, Histogram>(StringComparer.Ordinal);
        foreach (var step in TimedStep.All)
        {
            times[step.Code] = Sum(await session.QueryAsync<BucketRow>(
                """
                SELECT Bucket, SUM(N) AS N FROM StatTime WHERE Step = @Code AND Week >= @From AND Week <= @Last GROUP BY Bucket
                """,
                new { step.Code, period.From, period.Last }));
        }

        return times;
    }

    /// <summary>How long a step took, week by week.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, Histogram>> TimesByWeekAsync(Session session, ReportPeriod period, TimedStep step) =>
        (await session.QueryAsync<BucketRow>(
            """
            SELECT Week, Bucket, SUM(N) AS N FROM StatTime WHERE Step = @Code AND Week >= @From AND Week <= @Last GROUP BY Week, Bucket
            """,
            new { step.Code, period.From, period.Last })).GroupBy(r => r.Week).ToDictionary(g => g.Key, Sum);

    private static Histogram Sum(IEnumerable<BucketRow> rows)
    {
        var sum = new Histogram();
        foreach (var row in rows)
        {
            sum.Add(row.Bucket, row.N);
        }

        return sum;
    }

    private sealed class BucketRow
    {
        public DateOnly Week { get; init; }

        public int Bucket { get; init; }

        public int N { get; init; }
    }
}
