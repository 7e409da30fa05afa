using System.Globalization;
using System.Net.Mime;
using InquiryRouter.Application.Reports;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reports;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Reports;
using InquiryRouter.Infrastructure.Reports;
using InquiryRouter.Web.Console.List;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>Reports: a page for each question, its numbers as a file, and the offers behind a clinic's numbers.</summary>
internal static class ReportEndpoints
{
    public const string Path = ConsoleGate.Path + "/reports";
    private const int PageSize = 50;

    public static void MapConsoleReports(this IEndpointRouteBuilder routes)
    {
        foreach (var (kind, path, _) in ReportAddress.Kinds)
        {
            routes.MapConsoleGet(
                Path + path, Access.SeeReports,
                (HttpContext context, ConsoleUser user, ReadReports reports, NetworkCache networks, TimeProvider clock) =>
                    ShowAsync(context, user, reports, networks, ReportAddress.Read(kind, context.Request.Query, clock.GetUtcNow())));
        }

        routes.MapConsoleGet(Path + "/clinics/{code}", Access.SeeReports, ShowOffersAsync);
        routes.MapConsolePost(Path + "/csv", Access.Export, WriteAsync);
    }

    /// <summary>The offers behind a number of a clinic.</summary>
    /// <param name="clinic">Its code.</param>
    /// <param name="period">The weeks of the report, of which whole months are counted.</param>
    /// <param name="fate">What became of them; null: whatever.</param>
    /// <param name="before">The last one of the page before.</param>
    public static string OffersUrl(string clinic, ReportPeriod period, string? fate, long? before)
    {
        var query = new QueryBuilder { { "from", ReportPeriod.Write(period.From) }, { "to", ReportPeriod.Write(period.Until) } };
        if (fate is not null)
        {
            query.Add("became", fate);
        }

        if (before is { } seq)
        {
            query.Add("before", seq.ToString(CultureInfo.InvariantCulture));
        }

        return $"{Path}/clinics/{Uri.EscapeDataString(clinic)}{query}";
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ReadReports reports, NetworkCache networks, ReportAddress address)
    {
        var network = await networks.CurrentAsync(context.RequestAborted);
        var lists = network.Rules.Lists;
        return ConsolePages.Page<ReportPage>(new ReportModel(
            address,
            await TablesAsync(reports, address, network, context.RequestAborted),
            await reports.CountedAtAsync(context.RequestAborted),
            address.HasOnly && address.Only != Dimension.All
                ? $"{address.Only.Name} {LeadsTables.Name(address.Only, address.Value, lists)}" : null,
            user.May(Access.Export)));
    }

    // The same numbers as the page's: text that begins like a formula is made text.
    private static async Task<IResult> WriteAsync(
        HttpContext context, ConsoleUser user, ReadReports reports, NetworkCache networks, RecordAccess record, TimeProvider clock,
        [FromForm] string? report, [FromForm] string? query)
    {
        if (!Enum.TryParse<ReportKind>(report, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
        {
            return ConsolePages.NotFound();
        }

        var address = ReportAddress.Read(kind, new QueryCollection(QueryHelpers.ParseQuery(query)), clock.GetUtcNow());
        var tables = await TablesAsync(reports, address, await networks.CurrentAsync(context.RequestAborted), context.RequestAborted);
        var rows = tables.SelectMany(t => (IEnumerable<IReadOnlyList<object>>)
        [
            [t.Title], [.. t.Columns], .. t.Rows.Select(r => r.Select(c => c.Number is { } n ? (object)n : c.Text).ToList()), [string.Empty],
        ]).ToList();
        await record.RunAsync(
            SystemEvent.Exported($"report-{kind}".ToLowerInvariant(), tables.Sum(t => t.Rows.Count), withIdentities: false), user.Actor, context.RequestAborted);
        return Results.File(
            CsvTable.Write(rows), MediaTypeNames.Text.Csv,
            $"{kind}-{ReportPeriod.Write(address.Period.From)}-{ReportPeriod.Write(address.Period.Until)}.csv".ToLowerInvariant());
    }

    private static async Task<IReadOnlyList<ReportTable>> TablesAsync(
        ReadReports reports, ReportAddress address, NetworkSnapshot network, CancellationToken cancellation)
    {
        var (period, lists) = (address.Period, network.Rules.Lists);
        switch (address.Kind)
        {
            case ReportKind.Times:
                var (all, byWeek) = await reports.TimesAsync(period, address.Step, cancellation);
                return [.. TimesTables.Of(address, all, byWeek)];
            case ReportKind.Clinics:
                return [.. ClinicTables.Of(address, await reports.ClinicsAsync(period, address.Clinic, address.Order, cancellation), network)];
            case ReportKind.NoMatch:
                return
                [
                    .. NoMatchTables.Of(
                        address, await reports.LeadsAsync(Asked(address), Dimension.Wanted, cancellation),
                        await reports.ByValueAsync(period, Dimension.Gate, cancellation), lists),
                ];
            case ReportKind.Promises:
                return [PromiseTables.Of(address, await reports.ByValueAsync(period, Dimension.Promise, cancellation))];
            default:
                return [.. LeadsTables.Of(address, await reports.LeadsAsync(Asked(address), address.By, cancellation), lists)];
        }
    }

    private static ReportQuestion Asked(ReportAddress address) => new(address.Period, address.Only, address.Value);

    private static async Task<IResult> ShowOffersAsync(HttpContext context, ReadReports reports, TimeProvider clock, string code)
    {
        var query = context.Request.Query;
        var period = ListAddress.ReadDay(query["from"]) is { } from && ListAddress.ReadDay(query["to"]) is { } to
            ? ReportPeriod.Of(from, to) : ReportPeriod.LastWeeks(ReportPeriod.DefaultWeeks, clock.GetUtcNow());
        var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : (long?)null;
        var fate = ClinicTables.Fates.Select(f => f.Code).FirstOrDefault(f => f == query["became"].ToString());
        var offers = await reports.OffersAsync(code, period, fate, before, PageSize + 1, context.RequestAborted);
        var (since, until) = ReadReports.MonthsOf(period);
        return ConsolePages.Page<OffersPage>(new OffersModel(
            code, period, since, until, fate, [.. offers.Take(PageSize)], offers.Count > PageSize ? offers[PageSize - 1].Seq : null));
    }
}

/// <summary>The offers behind a number of a clinic.</summary>
/// <param name="Next">Where the next page begins; null: this is the last.</param>
public sealed record OffersModel(
    string Clinic, ReportPeriod Period, DateTimeOffset Since, DateTimeOffset Before, string? Fate, IReadOnlyList<ListedOffer> Offers, long? Next);
