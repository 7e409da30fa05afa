using System.Globalization;
using InquiryRouter.Application.Reports;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Reports;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>How many inquiries came, from where, and how they ended.</summary>
internal static class LeadsTables
{
    private const int MostRows = 50;
    private const int MostBars = 20;

    public static IEnumerable<ReportTable> Of(ReportAddress address, LeadsReport report, ReferenceLists lists)
    {
        var byWeek = report.ByWeek.GroupBy(c => c.Week).ToDictionary(g => g.Key, g => g.ToDictionary(c => c.Measure, c => c.N, StringComparer.Ordinal));
        var all = report.ByWeek.GroupBy(c => c.Measure, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.N), StringComparer.Ordinal);
        yield return ByWeek(address, byWeek, all);
        yield return Funnel(address, all);
        if (address.Only == Dimension.All)
        {
            yield return Breakdown(address, report.Breakdown, lists);
        }
    }

    /// <summary>A value as a person reads it.</summary>
    public static string Name(Dimension dimension, string value, ReferenceLists lists) => value switch
    {
        Dimension.Others => "others, or erased",
        "" => "not told",
        _ when dimension == Dimension.Condition => lists.ConditionName(value),
        _ when dimension == Dimension.Country => lists.CountryName(value),
        _ => value,
    };

    /// <summary>A week as a person reads it.</summary>
    public static string Name(DateOnly monday) => monday.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static ReportTable ByWeek(ReportAddress address, Dictionary<DateOnly, Dictionary<string, int>> byWeek, Dictionary<string, int> all)
    {
        var endings = InquiryEnding.All.Where(e => all.ContainsKey(e.Code)).ToList();
        var weeks = address.Period.Mondays.SkipWhile(week => !byWeek.ContainsKey(week)).ToList();
        var rows = Enumerable.Reverse(weeks).Select(week => Row(Name(week), ReportPeriod.Week(week), byWeek.GetValueOrDefault(week) ?? [])).ToList();
        rows.Add(Row("all weeks", address.Period, all));
        return new ReportTable(
            "weeks", "Inquiries by week", "Each inquiry counts in the week it was received, by how it ended or where it stands now.",
            ["Week from", "Received", .. endings.Select(e => Capital(e.Name))], rows)
        {
            Bars = new BarsModel(
            [
                .. weeks.Select(week => new Bar(
                    Name(week), Received(byWeek.GetValueOrDefault(week) ?? []), address.ListOf(f => f with { Period = ReportPeriod.Week(week) }))),
            ]),
        };

        IReadOnlyList<ReportCell> Row(string name, ReportPeriod period, Dictionary<string, int> counts) =>
        [
            new(name),
            ReportCell.Of(Received(counts), address.ListOf(f => f with { Period = period })),
            .. endings.Select(e => ReportCell.Of(counts.GetValueOrDefault(e.Code), address.ListOf(f => f with { Period = period, Ending = e }))),
        ];
    }

    private static ReportTable Funnel(ReportAddress address, Dictionary<string, int> all)
    {
        var received = Received(all);
        (string Name, int N, string Url)[] steps =
        [
            ("Received", received, address.ListOf()),
            .. Milestone.All.Select(m => (Capital(m.Name), all.GetValueOrDefault(m.Code), address.ListOf(f => f with { Milestone = m.Code }))),
        ];
        return new ReportTable(
            "funnel", "How far they came", "However they ended later. A young inquiry may still come further.", ["Step", "Inquiries", "Of all"],
            [.. steps.Select(s => (IReadOnlyList<ReportCell>)[new(s.Name), ReportCell.Of(s.N, s.Url), ReportCell.Share(s.N, received)])])
        {
            Stack = new StackModel(
                [new StackPart("inquiries", "s1")], [.. steps.Select(s => new StackRow(s.Name, [s.N], s.N == 0 ? null : s.Url))], IsShare: false),
        };
    }

    private static ReportTable Breakdown(ReportAddress address, IReadOnlyList<ValueCount> counts, ReferenceLists lists)
    {
        var by = address.By;
        var values = counts.GroupBy(c => c.Value, StringComparer.Ordinal)
            .Select(g => (Value: g.Key, Counts: g.ToDictionary(c => c.Measure, c => c.N, StringComparer.Ordinal)))
            .OrderBy(v => v.Value == Dimension.Others).ThenByDescending(v => Received(v.Counts)).ThenBy(v => v.Value, StringComparer.Ordinal).ToList();
        var shown = values.Take(MostRows).ToList();
        string[] withdrew = ["patient-withdrew", "gone-silent"];
        return new ReportTable(
            "by", $"By {by.Name}",
            values.Count > MostRows ? $"The {MostRows} with the most inquiries, of {values.Count}." : "Press a name to see the numbers of it alone.",
            [Capital(by.Name), "Received", .. Milestone.All.Select(m => Capital(m.Name)), "Accepted, of received", "Withdrew", "Gone silent"],
            [.. shown.Select(v => (IReadOnlyList<ReportCell>)
            [
                new(Name(by, v.Value, lists), Url: v.Value == Dimension.Others ? null : (address with { Only = by, Value = v.Value }).Url),
                ReportCell.Of(Received(v.Counts), Url(v.Value, null)),
                .. Milestone.All.Select(m => ReportCell.Of(v.Counts.GetValueOrDefault(m.Code), Url(v.Value, m.Code))),
                ReportCell.Share(v.Counts.GetValueOrDefault(Milestone.Accepted), Received(v.Counts)),
                .. withdrew.Select(m => ReportCell.Of(v.Counts.GetValueOrDefault(m), Url(v.Value, m))),
            ])])
        {
            Stack = new StackModel(
                [new StackPart("inquiries", "s1")],
                [.. shown.Take(MostBars).Select(v => new StackRow(Name(by, v.Value, lists), [Received(v.Counts)], Url(v.Value, null)))],
                IsShare: false),
        };

        string? Url(string value, string? measure) => value == Dimension.Others ? null : address.ListOf(f =>
        {
            var filter = ReportAddress.Of(f, by, value);
            return measure is null ? filter : ReportAddress.Of(filter, measure);
        });
    }

    private static int Received(Dictionary<string, int> counts) => counts.Where(c => InquiryEnding.Of(c.Key) is not null).Sum(c => c.Value);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
