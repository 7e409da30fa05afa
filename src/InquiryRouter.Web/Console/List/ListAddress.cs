using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InquiryRouter.Web.Console.List;

/// <summary>A filter of the list as it stands in its address: codes and days, nothing of who somebody is.</summary>
internal static class ListAddress
{
    private const int LongestValue = 500;

    public static InquiryFilter Read(IQueryCollection query)
    {
        var (promise, became) = Promise.Outcomes.Select(o => (Promise.Of(query[o]), o)).FirstOrDefault(p => p.Item1 is not null);
        return new InquiryFilter
        {
            State = Enum.TryParse<InquiryState>(query["state"], ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
            Period = ChosenDays.Read(query).Period,
            Condition = Text("condition"),
            Country = Text("country"),
            Page = Text("page"),
            Campaign = Text("campaign"),
            Ending = InquiryEnding.Of(query["ending"]),
            Milestone = Milestone.IsKnown(query["came"]) ? query["came"].ToString() : null,
            Want = Want.IsKnown(query["want"]) ? query["want"].ToString() : null,
            Destination = Text("destination"),
            Promise = promise,
            Became = became,
            Gate = Text("gate"),
            Step = TimedStep.Of(query["step"]) is { IsOfInquiry: true } step ? step : null,
        };

        string? Text(string name) => query[name].ToString() is { Length: > 0 and <= LongestValue } text ? text : null;
    }

    /// <summary>A day as an address has it; null: it is none.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1999 and < 2200
            ? day : null;

    public static string Write(InquiryFilter filter, long? before = null, long? after = null)
    {
        var query = new QueryBuilder();
        IEnumerable<(string Name, string? Value)> places =
        [
            ("after", after?.ToString(CultureInfo.InvariantCulture)), ("before", before?.ToString(CultureInfo.InvariantCulture)),
        ];
        foreach (var (name, value) in Parts(filter).Concat(places))
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return ListEndpoints.Path + query;
    }

    /// <summary>A filter as names and values; null: it does not ask for that.</summary>
    public static IEnumerable<(string Name, string? Value)> Parts(InquiryFilter filter) =>
    [
        ("state", filter.State?.ToString()),
        ("from", filter.Period is { } period ? ReportPeriod.Write(period.From) : null),
        ("to", filter.Period is { } until ? ReportPeriod.Write(until.Until) : null),
        ("condition", filter.Condition),
        ("country", filter.Country),
        ("page", filter.Page),
        ("campaign", filter.Campaign),
        ("ending", filter.Ending?.Code),
        ("came", filter.Milestone),
        ("want", filter.Want),
        ("destination", filter.Destination),
        (filter.Became ?? Promise.Late, filter.Promise?.Code),
        ("gate", filter.Gate),
        ("step", filter.Step?.Code),
    ];

    /// <summary>What a filter asks for, in words.</summary>
    public static IEnumerable<string> Words(InquiryFilter filter, ReferenceLists lists)
    {
        if (filter.Period is { } period)
        {
            yield return $"received {Day(period.From)} to {Day(period.Until)}";
        }

        if (filter.Condition is { } condition)
        {
            yield return $"condition {lists.ConditionName(condition)}";
        }

        if (filter.Country is { } country)
        {
            yield return $"from {lists.CountryName(country)}";
        }

        if (filter.Page is { } page)
        {
            yield return page == InquiryFilter.None ? "no source page told" : $"source page {page}";
        }

        if (filter.Campaign is { } campaign)
        {
            yield return campaign == InquiryFilter.None ? "no campaign told" : $"campaign {campaign}";
        }

        if (filter.Ending is { } ending)
        {
            yield return ending.Name;
        }

        if (filter.Milestone is { } milestone)
        {
            yield return Milestone.All.First(m => m.Code == milestone).Name;
        }

        if (filter.Want is { } want)
        {
            yield return $"once: {Want.All.First(w => w.Code == want).Name}";
        }

        if (filter.Destination is { } destination)
        {
            yield return $"wished to go to {destination}";
        }

        if (filter.Promise is { } promise)
        {
            yield return filter.Became switch
            {
                Promise.Kept => $"kept: {promise.Says}",
                Promise.Open => $"still open: {promise.Says}",
                _ => $"not kept: {promise.Says}",
            };
        }

        if (filter.Gate is { } gate)
        {
            yield return $"no clinic fitted, and clinics were stopped by: {NoMatchTables.Name(gate)}";
        }

        if (filter.Step is { } step)
        {
            yield return $"came through {step.Name}: {step.Says}";
        }
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
