using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Web.Console.Unfinished;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using InquiryRouter.Web.Console.Inquiries;

namespace InquiryRouter.Web.Console.Search;

/// <summary>
/// Finds inquiries. What is searched for is typed into a form and stands in no address, no log and no history of a browser; that somebody searched, by
/// what, and how much they found is on record.
/// </summary>
internal static class SearchEndpoints
{
    public const string Path = ConsoleGate.Path + "/search";
    private const string FoundPath = ConsoleGate.Path + "/found";
    private const int LongestTerm = 320;

    public static void MapConsoleSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeInquiry, FormAsync);
        // Whom somebody looks for is kept nowhere.
        routes.MapConsolePost(Path, Access.SeeInquiry, SearchAsync).KeepsNothing();
        routes.MapConsoleGet($"{FoundPath}/{{id:guid}}", Access.SeeInquiry, FoundAsync);
    }

    private static async Task<IResult> FormAsync(HttpContext context, ConsoleUser user, NetworkCache networks) =>
        ConsolePages.Page<SearchPage>(new SearchModel(
            null, null, user.May(Access.SearchIdentity), (await networks.CurrentAsync(context.RequestAborted)).Rules.Lists));

    private static async Task<IResult> SearchAsync(
        HttpContext context, ConsoleUser user, SearchInquiries search, NetworkCache networks,
        [FromForm] string? term, [FromForm] string? born, [FromForm] string? country)
    {
        var (typed, byIdentity, cancellation) = (Typed.Code(term) ?? string.Empty, user.May(Access.SearchIdentity), context.RequestAborted);
        var lists = (await networks.CurrentAsync(cancellation)).Rules.Lists;
        if (typed.Length is 0 or > LongestTerm)
        {
            return Problem("Type a name, a reference, a mail address or a phone number.");
        }

        var narrowing = new NameNarrowing(
            int.TryParse(Typed.Number(born), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
            string.IsNullOrEmpty(country) ? null : country);
        return await search.RunAsync(new Searched(typed, narrowing), user.Id, byIdentity, user.Actor, cancellation) switch
        {
            SearchOutcome.Found { Inquiries: [var only], Kind: "reference" } => ConsolePages.SeeOther(context, InquiryEndpoints.PathOf(only.Reference)),
            SearchOutcome.Found found => ConsolePages.SeeOther(context, $"{FoundPath}/{found.Id}"),
            SearchOutcome.TooMany => Problem(
                $"More than {SearchInquiries.MostOpened} have this name. Add a word of it, the year of birth or the country."),
            SearchOutcome.TooOften => Problem(
                $"You have searched {FoundSearches.Most} times in {FoundSearches.Within.TotalMinutes:0} minutes. Wait a little.",
                    StatusCodes.Status429TooManyRequests),
            _ when !byIdentity => Problem("No inquiry has this reference. Your role finds inquiries by their reference only."),
            _ => Problem("That is neither a name, a reference, a mail address, nor the last six digits of a phone number or more."),
        };

        IResult Problem(string problem, int status = StatusCodes.Status422UnprocessableEntity) => ConsolePages.Page<SearchPage>(
            new SearchModel(problem, null, byIdentity, lists), status);
    }

    private static async Task<IResult> FoundAsync(HttpContext context, ConsoleUser user, FoundSearches kept, NetworkCache networks, Guid id) =>
        await kept.FindAsync(user.Id, id, context.RequestAborted) is { } found
        ? ConsolePages.Page<SearchPage>(new SearchModel(
            null, found, user.May(Access.SearchIdentity), (await networks.CurrentAsync(context.RequestAborted)).Rules.Lists))
        : ConsolePages.Message(StatusCodes.Status404NotFound, "This search has ended", "Search again: what was found is kept for a quarter of an hour.", ("Search", Path));
}

/// <param name="Problem">Why nothing was searched; null: nothing is wrong.</param>
/// <param name="Found">Null: nothing was searched yet.</param>
/// <param name="ByIdentity">Whether names, mail and phone may be asked for.</param>
public sealed record SearchModel(string? Problem, IReadOnlyList<FoundReference>? Found, bool ByIdentity, ReferenceLists Lists)
{
    public IEnumerable<(string Code, string Name)> Countries =>
        Lists.Countries.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => (c.Code, c.Name));
}
