using System.Globalization;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.List;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>Which report: each answers one question.</summary>
public enum ReportKind
{
    Leads,
    Times,
    Clinics,
    NoMatch,
    Promises,
}

/// <summary>A report as it stands in its address.</summary>
public sealed record ReportAddress
{
    private const int LongestValue = 300;

    public static readonly IReadOnlyList<(ReportKind Kind, string Path, string Label)> Kinds =
    [
        (ReportKind.Leads, "", "Leads"), (ReportKind.Times, "/times", "Times"), (ReportKind.Clinics, "/clinics", "Clinics"),
        (ReportKind.NoMatch, "/no-match", "No match"), (ReportKind.Promises, "/promises", "Promises"),
    ];

    public required ReportKind Kind { get; init; }

    public required ReportPeriod Period { get; init; }

    /// <summary>The preset the period is; null: two days were chosen.</summary>
    public int? Weeks { get; init; }

    /// <summary>Days that were chosen and cannot be shown, or not all of them.</summary>
    public ChosenDays? Wrong { get; init; }

    /// <summary>All numbers are of one value of this.</summary>
    public Dimension Only { get; init; } = Dimension.All;

    public string Value { get; init; } = string.Empty;

    /// <summary>Of leads: what they are broken down by.</summary>
    public Dimension By { get; init; } = Dimension.Condition;

    /// <summary>Of times: what is shown week by week.</summary>
    public TimedStep Step { get; init; } = TimedStep.FirstOffer;

    /// <summary>Of clinics: what comes first.</summary>
    public ClinicOrder Order { get; init; }

    /// <summary>Of clinics: only this one.</summary>
    public string? Clinic { get; init; }

    public static ReportAddress Read(ReportKind kind, IQueryCollection query, DateTimeOffset now)
    {
        var weeks = int.TryParse(query["weeks"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            && ReportPeriod.Presets.Contains(asked) ? asked : ReportPeriod.DefaultWeeks;
        var days = ChosenDays.Read(query);
        var chosen = days.Period;
        var only = Dimension.OfInquiries.FirstOrDefault(d => query[d.Code].ToString() is { Length: > 0 and <= LongestValue }) ?? Dimension.All;
        var value = only == Dimension.All ? string.Empty : query[only.Code].ToString();
        return new ReportAddress
        {
            Kind = kind,
            Period = chosen ?? ReportPeriod.LastWeeks(weeks, now),
            Weeks = chosen is null ? weeks : null,
            Wrong = days.Problem is null ? null : days,
            Only = only,
            Value = value == InquiryFilter.None ? string.Empty : value,
            By = Dimension.OfInquiries.FirstOrDefault(d => d.Code == query["by"].ToString()) ?? Dimension.Condition,
            Step = TimedStep.Of(query["step"]) ?? TimedStep.FirstOffer,
            Order = Enum.TryParse<ClinicOrder>(query["order"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : ClinicOrder.Offers,
            Clinic = query["clinic"].ToString().Trim() is { Length: > 0 and <= 40 } clinic ? clinic : null,
        };
    }

    public string Path => ReportEndpoints.Path + Kinds.First(k => k.Kind == Kind).Path;

    /// <summary>Everything but the path.</summary>
    public string Query
    {
        get
        {
            var query = new QueryBuilder();
            if (Weeks is { } weeks)
            {
                query.Add("weeks", weeks.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                query.Add("from", ReportPeriod.Write(Period.From));
                query.Add("to", ReportPeriod.Write(Period.Until));
            }

            foreach (var (name, text) in Choices)
            {
                query.Add(name, text);
            }

            return query.ToString();
        }
    }

    public string Url => Path + Query;

    /// <summary>What stands in the address beside the weeks.</summary>
    public IEnumerable<(string Name, string Value)> Choices
    {
        get
        {
            if (Only != Dimension.All && HasOnly)
            {
                yield return (Only.Code, Value.Length == 0 ? InquiryFilter.None : Value);
            }

            if (Kind == ReportKind.Leads)
            {
                yield return ("by", By.Code);
            }
            else if (Kind == ReportKind.Times)
            {
                yield return ("step", Step.Code);
            }
            else if (Kind == ReportKind.Clinics)
            {
                yield return ("order", $"{Order}");
                if (Clinic is { } clinic)
                {
                    yield return ("clinic", clinic);
                }
            }
        }
    }

    /// <summary>The numbers of the report are told apart by what an inquiry is of.</summary>
    public bool HasOnly => Kind is ReportKind.Leads or ReportKind.NoMatch;

    /// <summary>The list behind a number.</summary>
    public string ListOf(Func<InquiryFilter, InquiryFilter>? narrow = null)
    {
        var filter = Of(new InquiryFilter { Period = Period }, Only, Value);
        return ListAddress.Write(narrow?.Invoke(filter) ?? filter);
    }

    /// <summary>The filter of the list for one value.</summary>
    internal static InquiryFilter Of(InquiryFilter filter, Dimension dimension, string value)
    {
        var told = value.Length == 0 ? InquiryFilter.None : value;
        return dimension.Code switch
        {
            "condition" => filter with { Condition = told },
            "country" => filter with { Country = told },
            "page" => filter with { Page = told },
            "campaign" => filter with { Campaign = told },
            _ => filter,
        };
    }

    /// <summary>The filter of the list for what is counted.</summary>
    internal static InquiryFilter Of(InquiryFilter filter, string measure) => filter with
    {
        Ending = InquiryEnding.Of(measure), Milestone = Milestone.IsKnown(measure) ? measure : null, Want = Want.IsKnown(measure) ? measure : null,
    };
}
