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

/// <summary>All inquiries, newest first.</summary>
internal static class ListEndpoints
{
    public const string Path = ConsoleGate.Path + "/list";
    private const int PageSize = 50;

    public static void MapConsoleList(this IEndpointRouteBuilder routes) => routes.MapConsoleGet(Path, Access.SeeInquiry, ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ListInquiries list, NetworkCache networks, WatchConsole watch, ConsolePeople people)
    {
        var state = Enum.TryParse<InquiryState>(context.Request.Query["state"], ignoreCase: true, out var asked) && Enum.IsDefined(asked)
            ? asked : (InquiryState?)null;
        var before = long.TryParse(context.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : (long?)null;
        var found = await list.RunAsync(state, before, PageSize + 1, context.RequestAborted);
        return ConsolePages.Page<ListPage>(new ListModel(
            [.. found.Take(PageSize)], state, before, found.Count > PageSize,
            (await networks.CurrentAsync(context.RequestAborted)).Rules.Lists)
        {
            Presence = await LiveEndpoints.OthersAsync(user, watch, people, context.RequestAborted),
        });
    }
}

/// <summary>A page of the list.</summary>
/// <param name="Before">Where it begins; null: at the newest.</param>
/// <param name="HasMore">There are older ones.</param>
public sealed record ListModel(
    IReadOnlyList<ListedInquiry> Items, InquiryState? State, long? Before, bool HasMore, ReferenceLists Lists)
{
    /// <summary>Who else looks at what, by reference.</summary>
    public IReadOnlyDictionary<string, string> Presence { get; init; } = new Dictionary<string, string>();

    public static string Url(InquiryState? state, long? before = null)
    {
        var query = string.Join('&', new[]
        {
            state is { } s ? $"state={s}" : null,
            before is { } b ? string.Create(CultureInfo.InvariantCulture, $"before={b}") : null,
        }.OfType<string>());
        return query.Length == 0 ? ListEndpoints.Path : $"{ListEndpoints.Path}?{query}";
    }

    /// <summary>Where the next page begins; null: nothing older is found.</summary>
    public long? Next => HasMore ? Items[^1].Seq
        : State is not null && (Before ?? (Items.Count > 0 ? Items[0].Seq : null)) is { } from && from > CaseStore.MostLookedAt ? from - CaseStore.MostLookedAt
        : null;
}
