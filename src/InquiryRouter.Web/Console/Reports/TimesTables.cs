using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>How long each step took, of the inquiries of the weeks.</summary>
internal static class TimesTables
{
    public static IEnumerable<ReportTable> Of(
        ReportAddress address, IReadOnlyDictionary<string, Histogram> all, IReadOnlyDictionary<DateOnly, Histogram> byWeek)
    {
        var weeks = address.Period.Mondays.SkipWhile(week => !byWeek.ContainsKey(week)).ToList();
        yield return new ReportTable(
            "steps", "Time to each step",
            "Of what has come so far: half took no longer than the median. The weeks are those of receipt; what still waits is not counted. "
            + "Holds and offers are counted, not inquiries, in Looked at by us and Clinic answers: those, and lengths of time, lead to no list.",
            ["Step", "From where to where", "How many", "Median", "9 of 10 within", "99 of 100 within"],
            [.. TimedStep.All.Select(s => (IReadOnlyList<ReportCell>)
            [
                new(s.Name, Url: (address with { Step = s }).Url), new(s.Says), Count(address.Period, s, all.GetValueOrDefault(s.Code)),
                .. Percentiles(all.GetValueOrDefault(s.Code), 50, 90, 99),
            ])]);
        yield return new ReportTable(
            "weeks", $"{address.Step.Name}, week by week", $"{char.ToUpperInvariant(address.Step.Says[0])}{address.Step.Says[1..]}.",
            ["Week from", "How many", "1 of 10 within", "Median", "9 of 10 within"],
            [.. Enumerable.Reverse(weeks).Select(week => (IReadOnlyList<ReportCell>)
            [
                new(LeadsTables.Name(week)), Count(ReportPeriod.Week(week), address.Step, byWeek.GetValueOrDefault(week)),
                .. Percentiles(byWeek.GetValueOrDefault(week), 10, 50, 90),
            ])])
        {
            Band = new BandModel([.. weeks.Select(week => Point(week, byWeek.GetValueOrDefault(week)))]),
        };

        BandPoint Point(DateOnly week, Histogram? times) => new(
            LeadsTables.Name(week), times?.Percentile(10)?.TotalSeconds, times?.Percentile(50)?.TotalSeconds, times?.Percentile(90)?.TotalSeconds,
            Url(ReportPeriod.Week(week), address.Step));
    }

    private static ReportCell Count(ReportPeriod period, TimedStep step, Histogram? times) =>
        ReportCell.Of((int)(times?.Count ?? 0), Url(period, step));

    private static string? Url(ReportPeriod period, TimedStep step) =>
        step.IsOfInquiry ? List.ListAddress.Write(
            new InquiryFilter { Period = period, Milestone = step.Milestone, Step = step.Milestone is null ? step : null }) : null;

    private static IEnumerable<ReportCell> Percentiles(Histogram? times, params IEnumerable<int> percents) =>
        percents.Select(p => ReportCell.Length(times?.Percentile(p)));
}
