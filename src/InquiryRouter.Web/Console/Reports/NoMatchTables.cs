using InquiryRouter.Application.Reports;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Reports;
using InquiryRouter.Web.Console.Match;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>What could not be placed, and so where clinics are wanted.</summary>
internal static class NoMatchTables
{
    private const int MostRows = 50;
    private const int MostBars = 20;

    public static IEnumerable<ReportTable> Of(
        ReportAddress address, LeadsReport report, IReadOnlyList<ValueCount> gates, ReferenceLists lists)
    {
        yield return ByWeek(address, report.ByWeek);
        if (address.Only == Dimension.All)
        {
            yield return Wanted(address, report.Breakdown, lists);
            yield return Gates(address, gates);
        }
    }

    private static ReportTable ByWeek(ReportAddress address, IReadOnlyList<WeekCount> counts)
    {
        var byWeek = counts.Where(c => Want.IsKnown(c.Measure)).GroupBy(c => c.Week)
            .ToDictionary(g => g.Key, g => g.ToDictionary(c => c.Measure, c => c.N, StringComparer.Ordinal));
        var weeks = address.Period.Mondays.SkipWhile(week => !byWeek.ContainsKey(week)).ToList();
        return new ReportTable(
            "weeks", "Without a clinic", "Inquiries that were held, or whose patient was asked, for want of a clinic: each once a reason, whatever became of it.",
            ["Week from", .. Want.All.Select(w => Capital(w.Name))],
            [.. Enumerable.Reverse(weeks).Select(week => (IReadOnlyList<ReportCell>)
            [
                new(LeadsTables.Name(week)),
                .. Want.All.Select(w => ReportCell.Of(
                    byWeek.GetValueOrDefault(week)?.GetValueOrDefault(w.Code) ?? 0,
                    address.ListOf(f => f with { Period = ReportPeriod.Week(week), Want = w.Code }))),
            ])])
        {
            Bars = new BarsModel(
            [
                .. weeks.Select(week => new Bar(
                    LeadsTables.Name(week), byWeek.GetValueOrDefault(week)?.GetValueOrDefault(Want.All[0].Code) ?? 0,
                    address.ListOf(f => f with { Period = ReportPeriod.Week(week), Want = Want.All[0].Code }))),
            ]),
        };
    }

    private static ReportTable Wanted(ReportAddress address, IReadOnlyList<ValueCount> counts, ReferenceLists lists)
    {
        var places = counts.GroupBy(c => c.Value, StringComparer.Ordinal)
            .Select(g => (Value: g.Key, Counts: g.ToDictionary(c => c.Measure, c => c.N, StringComparer.Ordinal)))
            .OrderBy(p => p.Value == Dimension.Others).ThenByDescending(p => p.Counts.GetValueOrDefault(Want.All[0].Code))
            .ThenByDescending(p => p.Counts.Values.Sum()).ThenBy(p => p.Value, StringComparer.Ordinal).Take(MostRows).ToList();
        return new ReportTable(
            "wanted", "Where clinics are wanted", "Who named several destinations counts at each of them.",
            ["Condition and destination", .. Want.All.Select(w => Capital(w.Name))],
            [.. places.Select(p => (IReadOnlyList<ReportCell>)
            [
                new(Place(p.Value)), .. Want.All.Select(w => ReportCell.Of(p.Counts.GetValueOrDefault(w.Code), Url(p.Value, w.Code))),
            ])])
        {
            Stack = new StackModel(
                [new StackPart(Want.All[0].Name, "s1")],
                [.. places.Take(MostBars).Where(p => p.Counts.ContainsKey(Want.All[0].Code))
                    .Select(p => new StackRow(Place(p.Value), [p.Counts[Want.All[0].Code]], Url(p.Value, Want.All[0].Code)))],
                IsShare: false),
        };

        string Place(string value) => value.Split(Dimension.Between) is [var condition, var destination]
            ? $"{lists.ConditionName(condition)}, {lists.DestinationName(destination)}" : "others, or erased";

        string? Url(string value, string want) => value.Split(Dimension.Between) is [var condition, var destination]
            ? address.ListOf(f => f with { Condition = condition, Destination = destination, Want = want }) : null;
    }

    private static ReportTable Gates(ReportAddress address, IReadOnlyList<ValueCount> counts)
    {
        var gates = counts.OrderByDescending(c => c.N).ThenBy(c => c.Value, StringComparer.Ordinal).ToList();
        return new ReportTable(
            "gates", "What stopped the clinics that treat it", "Of the inquiries no clinic fitted, as last decided. One can count at several.",
            ["Requirement", "Inquiries"],
            [.. gates.Select(g => (IReadOnlyList<ReportCell>)[new(Name(g.Value)), ReportCell.Of(g.N, Url(g.Value))])])
        {
            Stack = new StackModel(
                [new StackPart("inquiries", "s1")],
                [.. gates.Take(MostBars).Select(g => new StackRow(Name(g.Value), [g.N], Url(g.Value)))], IsShare: false),
        };

        string Url(string gate) => address.ListOf(f => f with { Gate = gate });
    }

    /// <summary>A requirement as a person reads it.</summary>
    public static string Name(string gate) => gate == WeekSheet.NobodyTreatsIt ? "no clinic treats it"
        : GateList.Of(gate) is { } known ? MatchModel.Name(known) : gate;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
