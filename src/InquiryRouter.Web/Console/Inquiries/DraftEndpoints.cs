using System.Globalization;
using System.Text.RegularExpressions;
using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console.Inbox;
using InquiryRouter.Web.Console.Unfinished;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>
/// Keeps what is typed into a form about an inquiry while it is typed, for whoever types it alone. Asked by the script of the
/// page, which says in words
/// what each status means; without it a form is sent as it is.
/// </summary>
internal static partial class DraftEndpoints
{
    /// <summary>The field that says which draft the page has.</summary>
    public const string VersionField = "draft";

    public static string PathOf(string reference, string form) => $"{InquiryEndpoints.PathOf(reference)}/drafts/{form}";

    public static void MapConsoleDrafts(this IEndpointRouteBuilder routes)
    {
        // Typing is being there.
        routes.MapConsolePost(PathOf("{reference}", "{form}"), Access.WriteNote, SaveAsync).KeepsNothing();
        routes.MapConsolePost(PathOf("{reference}", "{form}") + "/discard", Access.WriteNote, DiscardAsync);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, ConsoleUser user, SaveDraft save, string reference, string form)
    {
        var typed = await Forms.ReadAsync(context);
        if (!Reference.TryParse(reference, out var normal) || !FormName().IsMatch(form))
        {
            return Results.NotFound();
        }

        var fields = typed.Where(f => f.Key != VersionField).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        return await save.RunAsync(new DraftSeen(user.Id, normal, form, Version(typed)), fields, context.RequestAborted) switch
        {
            DraftOutcome.Saved saved => Results.Json(new { version = saved.Version.ToString(CultureInfo.InvariantCulture) }),
            DraftOutcome.Elsewhere elsewhere => Results.Json(
                new { version = elsewhere.There.Version.ToString(CultureInfo.InvariantCulture), fields = elsewhere.There.Fields },
                statusCode: StatusCodes.Status409Conflict),
            DraftOutcome.TooLong => Results.StatusCode(StatusCodes.Status413PayloadTooLarge),
            _ => Results.NotFound(),
        };
    }

    private static async Task<IResult> DiscardAsync(
        HttpContext context, ConsoleUser user, DiscardDraft discard, string reference, string form,
        [FromForm(Name = VersionField)] long version, [AsParameters] WayBack back) =>
        Reference.TryParse(reference, out var normal) && FormName().IsMatch(form)
            && await discard.RunAsync(new DraftSeen(user.Id, normal, form, version), context.RequestAborted) is Outcome.Done
            ? back.To(context, "discard", null)
            : ConsolePages.NotFound();

    private static long Version(IFormCollection typed) =>
        long.TryParse(typed[VersionField], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    [GeneratedRegex("^[a-z][a-z-]{0,39}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormName();
}
