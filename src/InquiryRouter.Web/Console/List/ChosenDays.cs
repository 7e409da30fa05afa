using System.Globalization;
using InquiryRouter.Core.Reports;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Console.List;

/// <summary>Two days as somebody chose them, and the whole weeks they come to.</summary>
/// <param name="From">As it stands in the address.</param>
/// <param name="To">As it stands in the address.</param>
/// <param name="Period">Null: none was chosen, or none that can be.</param>
/// <param name="Problem">Why they are not shown as they were chosen; null: they are.</param>
public sealed record ChosenDays(string From, string To, ReportPeriod? Period, string? Problem)
{
    private const int LongestDay = 20;

    public static ChosenDays Read(IQueryCollection query)
    {
        var (from, to) = (Text("from"), Text("to"));
        if (from.Length + to.Length == 0)
        {
            return new(from, to, null, null);
        }

        if (from.Length == 0 || to.Length == 0)
        {
            return Wrong("Choose both days, the first and the last.");
        }

        if (ListAddress.ReadDay(from) is not { } first || ListAddress.ReadDay(to) is not { } last)
        {
            return Wrong("Those days cannot be shown: choose days from the year 2000 on.");
        }

        if (first > last)
        {
            return Wrong("The first day is after the last.");
        }

        var period = ReportPeriod.Of(first, last);
        return new(
            from, to, period,
            period.From > first
                ? string.Create(CultureInfo.InvariantCulture, $"That is too long: of these days the last {ReportPeriod.MostWeeks} weeks are shown.")
                : null);

        ChosenDays Wrong(string problem) => new(from, to, null, problem);

        string Text(string name) => query[name].ToString() is { Length: <= LongestDay } text ? text : "?";
    }
}
