using System.Collections.Concurrent;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
        routes.MapConsoleGet(Path, Access.SeeInquiry, Form);
        routes.MapConsolePost(Path, Access.SeeInquiry, SearchAsync);
        routes.MapConsoleGet($"{FoundPath}/{{id:guid}}", Access.SearchIdentity, Found);
    }

    private static RazorComponentResult<SearchPage> Form(ConsoleUser user) => ConsolePages.Page<SearchPage>(new SearchModel(null, null, user.May(Access.SearchIdentity)));

    private static async Task<IResult> SearchAsync(
        HttpContext context, ConsoleUser user, FindInquiry one, FindInquiries find, RecordAccess record, FoundSearches kept, [FromForm] string? term)
    {
        var typed = Typed.Code(term) ?? string.Empty;
        if (Reference.TryParse(typed, out var reference) && await one.RunAsync(reference, context.RequestAborted) is not null)
        {
            return SeeOther(context, InquiryEndpoints.PathOf(reference));
        }

        if (typed.Length is 0 or > LongestTerm)
        {
            return Problem("Type a reference, a mail address or a phone number.");
        }

        if (!user.May(Access.SearchIdentity))
        {
            return Problem("No inquiry has this reference. Your role finds inquiries by their reference only.");
        }

        if (await find.RunAsync(typed, context.RequestAborted) is not { } found)
        {
            return Problem("No inquiry has this reference, and it is neither a mail address nor a phone number with its country code.");
        }

        await record.RunAsync(SystemEvent.Searched(typed.Contains('@', StringComparison.Ordinal) ? "mail" : "phone", found.Count), user.Actor, context.RequestAborted);
        return SeeOther(context, $"{FoundPath}/{kept.Keep(user.Id, found)}");

        IResult Problem(string problem) => ConsolePages.Page<SearchPage>(
            new SearchModel(problem, null, user.May(Access.SearchIdentity)), StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Found(ConsoleUser user, FoundSearches kept, Guid id) => kept.Find(user.Id, id) is { } found
        ? ConsolePages.Page<SearchPage>(new SearchModel(null, found, user.May(Access.SearchIdentity)))
        : ConsolePages.Message(StatusCodes.Status404NotFound, "This search has ended", "Search again: what was found is kept for a quarter of an hour.", ("Search", Path));

    private static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}

/// <summary>What somebody found lately, so that back and reload show it again: references only, in memory, for them alone.</summary>
internal sealed class FoundSearches(TimeProvider clock)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();

    public Guid Keep(UserId user, IReadOnlyList<FoundReference> found)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, _) in _kept.Where(k => now - k.Value.At > s_kept).Concat(_kept.OrderBy(k => k.Value.At).Take(_kept.Count - MostKept + 1)))
        {
            _kept.TryRemove(old, out _);
        }

        var id = Guid.NewGuid();
        _kept[id] = new Kept(user, found, now);
        return id;
    }

    /// <returns>Null: it is another's, it is too old, or it was found by another process.</returns>
    public IReadOnlyList<FoundReference>? Find(UserId user, Guid id) =>
        _kept.TryGetValue(id, out var kept) && kept.User == user && clock.GetUtcNow() - kept.At <= s_kept ? kept.Found : null;

    private sealed record Kept(UserId User, IReadOnlyList<FoundReference> Found, DateTimeOffset At);
}

/// <param name="Problem">Why nothing was searched; null: nothing is wrong.</param>
/// <param name="Found">Null: nothing was searched yet.</param>
/// <param name="ByIdentity">Whether mail and phone may be asked for.</param>
public sealed record SearchModel(string? Problem, IReadOnlyList<FoundReference>? Found, bool ByIdentity);
