using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InquiryRouter.Web.Console.List;

/// <summary>A filter of the list as it stands in its address: codes and days, nothing of who somebody is.</summary>
internal static class ListAddress
{
    private const int LongestValue = 500;

    public static InquiryFilter Read(IQueryCollection query)
    {
        return new InquiryFilter
        {
            State = Enum.TryParse<InquiryState>(query["state"], ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
            Period = Day("from") is { } from && Day("to") is { } to ? ReportPeriod.Of(from, to) : null,
            Condition = Text("condition"),
            Country = Text("country"),
            Page = Text("page"),
            Campaign = Text("campaign"),
            Ending = InquiryEnding.Of(query["ending"]),
            Milestone = Milestone.IsKnown(query["came"]) ? query["came"].ToString() : null,
            Want = Want.IsKnown(query["want"]) ? query["want"].ToString() : null,
            Destination = Text("destination"),
            Late = Promise.Of(query["late"]),
        };

        string? Text(string name) => query[name].ToString() is { Length: > 0 and <= LongestValue } text ? text : null;

        DateOnly? Day(string name) => ReadDay(query[name]);
    }

    /// <summary>A day as an address has it; null: it is none.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1999 and < 2200
            ? day : null;

    public static string Write(InquiryFilter filter, long? before = null, long? after = null)
    {
        var query = new QueryBuilder();
        Add("state", filter.State?.ToString());
        Add("from", filter.Period is { } period ? ReportPeriod.Write(period.From) : null);
        Add("to", filter.Period is { } until ? ReportPeriod.Write(until.Until) : null);
        Add("condition", filter.Condition);
        Add("country", filter.Country);
        Add("page", filter.Page);
        Add("campaign", filter.Campaign);
        Add("ending", filter.Ending?.Code);
        Add("came", filter.Milestone);
        Add("want", filter.Want);
        Add("destination", filter.Destination);
        Add("late", filter.Late?.Code);
        Add("after", after?.ToString(CultureInfo.InvariantCulture));
        Add("before", before?.ToString(CultureInfo.InvariantCulture));
        return ListEndpoints.Path + query;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

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

        if (filter.Late is { } late)
        {
            yield return $"not kept: {late.Says}";
        }
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
