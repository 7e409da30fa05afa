using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Reports;

namespace InquiryRouter.Application.Reports;

/// <summary>
/// Counts the numbers of the reports, a week or a month as a whole each time: beside the pipeline, which writes nothing for them. What is young is
/// counted often, what is old once a day, and what an erasure has touched at once.
/// </summary>
public sealed class CountFigures(Work work, NetworkCache networks)
{
    /// <summary>A twentieth of one processor at most, whatever there is to count.</summary>
    private const int Rest = 19;

    private const int AtOnce = 500;
    private const int MostRowsOfOneUnit = 1000;

    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(3);

    private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;

    /// <summary>Counts what is due, newest first, for some seconds at most.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (work.Now < _restsUntil)
        {
            return;
        }

        var began = work.Clock.GetTimestamp();
        foreach (var (kind, start) in await ListDueAsync(cancellation))
        {
            await (kind == StatStore.Week ? CountWeekAsync(start, cancellation) : CountMonthAsync(start, cancellation));
            if (work.Clock.GetElapsedTime(began) > s_atMost)
            {
                break;
            }
        }

        _restsUntil = work.Now + (work.Clock.GetElapsedTime(began) * Rest);
    }

    /// <summary>Counts everything anew.</summary>
    /// <param name="progress">Told of each week and month: its first day, and how many numbers were others.</param>
    /// <param name="cancellation">Ends it; what was counted stays.</param>
    /// <returns>How many numbers were others.</returns>
    public async Task<int> RebuildAsync(IProgress<(string Kind, DateOnly Start, int Changed)> progress, CancellationToken cancellation)
    {
        var sum = 0;
        foreach (var (kind, start) in await ListAsync(cancellation))
        {
            int? changed;
            while ((changed = await (kind == StatStore.Week ? CountWeekAsync(start, cancellation) : CountMonthAsync(start, cancellation))) is null)
            {
                // The clock, or an erasure, was first.
            }

            sum += changed.Value;
            progress.Report((kind, start, changed.Value));
        }

        return sum;
    }

    // How old the numbers may become of a week or a month that began so many weeks ago.
    private static TimeSpan Lasts(string kind, int weeksAgo) => (kind, weeksAgo) switch
    {
        (StatStore.Week, <= 1) => TimeSpan.FromMinutes(1),
        (StatStore.Week, <= 5) => TimeSpan.FromMinutes(10),
        (_, <= 14) => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    private async Task<IReadOnlyList<(string Kind, DateOnly Start)>> ListDueAsync(CancellationToken cancellation)
    {
        var counted = await work.ReadAsync(
            async session => (await StatStore.ListRunsAsync(session, StatStore.Week)).ToDictionary(r => (StatStore.Week, r.Start), r => r.CountedAt)
                .Concat((await StatStore.ListRunsAsync(session, StatStore.Month)).ToDictionary(r => (StatStore.Month, r.Start), r => r.CountedAt))
                .ToDictionary(r => r.Key, r => r.Value),
            cancellation);
        var now = work.Now;
        return
        [
            .. (await ListAsync(cancellation)).Where(p => counted.GetValueOrDefault(p) is not { } at || now - at >= Lasts(p.Kind, Ago(p.Start))),
        ];

        int Ago(DateOnly start) => (Day(now).DayNumber - start.DayNumber) / 7;
    }

    // Newest first: what somebody looks at is there first.
    private Task<IReadOnlyList<(string Kind, DateOnly Start)>> ListAsync(CancellationToken cancellation) => work.ReadAsync<IReadOnlyList<(string, DateOnly)>>(
        async session =>
        {
            var all = new List<(string, DateOnly)>();
            if (await SeqOfMoments.OldestAsync(session) is { } received)
            {
                for (var week = ReportPeriod.WeekOf(work.Now); week >= ReportPeriod.WeekOf(received); week = week.AddDays(-7))
                {
                    all.Add((StatStore.Week, week));
                }
            }

            if (await StatClinicStore.OldestAsync(session) is { } offered)
            {
                for (var month = MonthOf(Day(work.Now)); month >= MonthOf(Day(offered)); month = month.AddMonths(-1))
                {
                    all.Add((StatStore.Month, month));
                }
            }

            return [.. all.OrderByDescending(p => p.Item2)];
        },
        cancellation);

    // Null: somebody else was first, and it is counted again at the next tick.
    private async Task<int?> CountWeekAsync(DateOnly week, CancellationToken cancellation)
    {
        var (since, before) = (ReportPeriod.StartOf(week), ReportPeriod.StartOf(week.AddDays(7)));
        var sheet = new WeekSheet(work.Now);
        var (seen, from, to) = await work.ReadAsync(
            async session =>
            {
                var version = await VersionAsync(session, StatStore.Week, week);
                var (first, last) = await SeqOfMoments.RangeAsync(session, since, before);
                return (version, first, last);
            },
            cancellation);
        for (long? next = from; next is { } at;)
        {
            (var some, next) = await work.ReadAsync(
                session => CountedInquiryStore.ListAsync(session, since, before, at, to, AtOnce), cancellation);
            foreach (var inquiry in some)
            {
                sheet.Add(inquiry);
            }
        }

        sheet.Bound();
        return await work.WriteAsync(
            async tx => await StatStore.TryBeginAsync(tx, StatStore.Week, week, seen) ? await StatStore.ReplaceAsync(tx, week, sheet) : (int?)null,
            cancellation, Priority.Background);
    }

    private async Task<int?> CountMonthAsync(DateOnly month, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var (seen, before) = await work.ReadAsync(
            async session => (await VersionAsync(session, StatStore.Month, month), await StatClinicStore.ListAsync(session, month)), cancellation);
        var counted = new Dictionary<string, ClinicFigures>(StringComparer.Ordinal);
        for (var day = month; day < month.AddMonths(1) && day <= Day(work.Now); day = day.AddDays(1))
        {
            foreach (var one in await work.ReadAsync(session => StatClinicStore.ListOffersAsync(session, day), cancellation))
            {
                var figures = counted.GetValueOrDefault(one.ClinicCode) ?? new ClinicFigures { ClinicCode = one.ClinicCode };
                figures = figures.With(one.Offer, network.ByCode.GetValueOrDefault(one.ClinicCode));
                counted[one.ClinicCode] = one.Answers.Aggregate(figures, (f, answer) => f.WithAnswer(answer));
            }
        }

        var were = before.ToDictionary(f => f.ClinicCode, StringComparer.Ordinal);
        var changed = counted.Values.Where(f => were.GetValueOrDefault(f.ClinicCode) != f)
            .Concat(before.Where(f => !counted.ContainsKey(f.ClinicCode)).Select(f => new ClinicFigures { ClinicCode = f.ClinicCode })).ToList();
        var chunks = changed.Chunk(MostRowsOfOneUnit).DefaultIfEmpty([]);
        foreach (var some in chunks)
        {
            if (!await work.WriteAsync(
                async tx =>
                {
                    var isFirst = await StatStore.TryBeginAsync(tx, StatStore.Month, month, seen);
                    if (isFirst)
                    {
                        await StatClinicStore.ReplaceAsync(tx, month, some);
                    }

                    return isFirst;
                },
                cancellation, Priority.Background))
            {
                return null;
            }

            seen++;
        }

        return changed.Count;
    }

    private static async Task<int> VersionAsync(Session session, string kind, DateOnly start) =>
        (await StatStore.ListRunsAsync(session, kind)).FirstOrDefault(r => r.Start == start)?.Version ?? 0;

    private static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
