using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.List;

/// <summary>All inquiries, newest first; or those behind a number of a report.</summary>
internal static class ListEndpoints
{
    public const string Path = ConsoleGate.Path + "/list";
    private const int PageSize = 50;

    public static void MapConsoleList(this IEndpointRouteBuilder routes) => routes.MapConsoleGet(Path, Access.SeeInquiry, ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ListInquiries list, NetworkCache networks, WatchConsole watch, ConsolePeople people)
    {
        var filter = ListAddress.Read(context.Request.Query);
        var found = Place("after") is { } after
            ? await list.NewerAsync(filter, after, PageSize, context.RequestAborted)
            : await list.RunAsync(filter, Place("before"), PageSize, context.RequestAborted);
        return ConsolePages.Page<ListPage>(new ListModel(
            found, filter, (await networks.CurrentAsync(context.RequestAborted)).Rules.Lists)
        {
            Days = ChosenDays.Read(context.Request.Query),
            Presence = await LiveEndpoints.OthersAsync(user, watch, people, context.RequestAborted),
        });

        long? Place(string name) =>
            long.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;
    }
}

/// <summary>A page of the list.</summary>
/// <param name="Found">What stands on it.</param>
/// <param name="Filter">Which are asked for.</param>
public sealed record ListModel(InquiryPage Found, InquiryFilter Filter, ReferenceLists Lists)
{
    /// <summary>The days that were chosen.</summary>
    public required ChosenDays Days { get; init; }

    /// <summary>Who else looks at what, by reference.</summary>
    public IReadOnlyDictionary<string, string> Presence { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the form of the filter does not ask for itself, and keeps.</summary>
    public IEnumerable<(string Name, string? Value)> Kept =>
        ListAddress.Parts(Filter).Where(p => p.Value is not null && p.Name is not ("condition" or "country" or "from" or "to"));

    /// <summary>All of a state.</summary>
    public static string Url(InquiryState? state) => ListAddress.Write(new InquiryFilter { State = state });

    /// <summary>What is listed, of a state.</summary>
    public string UrlOf(InquiryState? state) => ListAddress.Write(Filter with { State = state });

    /// <summary>The filter without the state, which has its own row of links.</summary>
    public bool IsNarrowed => !(Filter with { State = null }).IsEmpty;
}
