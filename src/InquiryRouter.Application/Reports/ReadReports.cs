using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Reports;

namespace InquiryRouter.Application.Reports;

/// <summary>Which numbers somebody asks for.</summary>
/// <param name="Period">The weeks.</param>
/// <param name="Only">Of one value of it alone; <see cref="Dimension.All"/>: of all.</param>
/// <param name="Value">The value.</param>
public sealed record ReportQuestion(ReportPeriod Period, Dimension Only, string Value);

/// <summary>How many inquiries came, and how they ended.</summary>
/// <param name="ByWeek">Of each week, by measure.</param>
/// <param name="Breakdown">Of each value of the dimension that was asked for, over all weeks.</param>
public sealed record LeadsReport(IReadOnlyList<WeekCount> ByWeek, IReadOnlyList<ValueCount> Breakdown);

/// <summary>The numbers of the reports. All come from the aggregates: none reads an inquiry.</summary>
public sealed class ReadReports(Work work, ClinicFiguresCache figures)
{
    public const int MostClinics = 100;

    public Task<LeadsReport> LeadsAsync(ReportQuestion question, Dimension by, CancellationToken cancellation) => work.ReadAsync(
        async session => new LeadsReport(
            await StatReadStore.ByWeekAsync(session, question.Period, question.Only, question.Value),
            await StatReadStore.ByValueAsync(session, question.Period, by)),
        cancellation);

    /// <summary>The values somebody can choose from, those with the most inquiries first.</summary>
    public Task<IReadOnlyList<ValueCount>> ByValueAsync(ReportPeriod period, Dimension dimension, CancellationToken cancellation) =>
        work.ReadAsync(session => StatReadStore.ByValueAsync(session, period, dimension), cancellation);

    public Task<(IReadOnlyDictionary<string, Histogram> All, IReadOnlyDictionary<DateOnly, Histogram> ByWeek)> TimesAsync(
        ReportPeriod period, TimedStep step, CancellationToken cancellation) => work.ReadAsync(
        async session => (await StatReadStore.TimesAsync(session, period), await StatReadStore.TimesByWeekAsync(session, period, step)), cancellation);

    /// <summary>Clinics over the months of a period.</summary>
    public async Task<IReadOnlyList<ClinicFigures>> ClinicsAsync(
        ReportPeriod period, string? clinic, ClinicOrder order, CancellationToken cancellation) =>
        (await figures.SumAsync(FirstOf(period.From), FirstOf(period.Until), cancellation))
        .Where(f => clinic is null || f.ClinicCode == clinic).First(order, MostClinics);

    /// <summary>The offers behind a number of a clinic, newest first.</summary>
    /// <param name="clinic">Its code.</param>
    /// <param name="period">The months of it are counted.</param>
    /// <param name="became">accepted, declined, expired, withdrawn, booked or treated; null: whatever.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<IReadOnlyList<ListedOffer>> OffersAsync(
        string clinic, ReportPeriod period, string? became, long? before, int take, CancellationToken cancellation)
    {
        var (since, until) = MonthsOf(period);
        return work.ReadAsync(session => StatClinicStore.ListOffersAsync(session, clinic, since, until, became, before, take), cancellation);
    }

    /// <summary>The whole months of a period.</summary>
    public static (DateTimeOffset Since, DateTimeOffset Before) MonthsOf(ReportPeriod period) =>
        (ReportPeriod.StartOf(FirstOf(period.From)), ReportPeriod.StartOf(FirstOf(period.Until).AddMonths(1)));

    /// <summary>When the newest numbers were counted; null: not yet.</summary>
    public Task<DateTimeOffset?> CountedAtAsync(CancellationToken cancellation) => work.ReadAsync(
        async session => (await StatStore.ListRunsAsync(session, StatStore.Week)).MaxBy(r => r.Start)?.CountedAt, cancellation);

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
