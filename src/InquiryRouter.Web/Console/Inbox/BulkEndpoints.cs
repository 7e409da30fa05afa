using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>
/// What is done with many pieces of work at once: those that were ticked on screen, as they were seen there; reported, and
/// taken back as a whole.
/// </summary>
internal static class BulkEndpoints
{
    public const string Path = ConsoleGate.Path + "/bulk";

    /// <summary>Of the inbox: the deed it reports on.</summary>
    public const string Parameter = "bulk";

    /// <summary>A box: which piece of work, and the version that was seen.</summary>
    public const string PickField = "pick";

    public static void MapConsoleBulk(this IEndpointRouteBuilder routes)
    {
        routes.MapConsolePost(Path, Access.Assign, DoAsync);
        routes.MapConsolePost(Path + "/{id:guid}/undo", Access.Assign, UndoAsync);
    }

    public static string UndoPath(Guid id) => $"{Path}/{id}/undo";

    private static async Task<IResult> DoAsync(
        HttpContext context, ConsoleUser user, DoInBulk bulk, ConsolePeople people, TimeProvider clock,
        [FromForm] string? deed, [FromForm] Guid? to, [FromForm] int? hours, [AsParameters] WayBack back)
    {
        var picked = context.Request.Form[PickField].OfType<string>().Select(Picked).OfType<SeenWork>().ToList();
        if (picked.Count == 0)
        {
            // Nothing was typed that could be lost: the list says it itself.
            return ConsolePages.SeeOther(context, back.View.Url($"{InboxEndpoints.DoneParameter}={WorkEndpoints.NothingTicked}"));
        }

        BulkDeed? wanted = deed switch
        {
            "take" => new BulkDeed.Take(user.Id.Value),
            "pass" => new BulkDeed.Give(null),
            "give" when to is { } owner && (await people.ThereAsync(context.RequestAborted)).Any(p => p.Id == owner) =>
                new BulkDeed.Give(owner),
            "snooze" when user.May(Access.Snooze) && WorkEndpoints.Delays.Any(d => d.Hours == hours) =>
                new BulkDeed.Snooze(clock.GetUtcNow().AddHours(hours!.Value)),
            "finish" => new BulkDeed.Finish(),
            _ => null,
        };
        if (wanted is null)
        {
            return Refused("Choose what is to be done, and to whom or for how long.");
        }

        var id = await bulk.RunAsync(picked, wanted, user.Id, user.Actor, context.RequestAborted);
        return ConsolePages.SeeOther(context, back.View.Url($"{Parameter}={id}"));

        IResult Refused(string why) =>
            ConsolePages.Message(StatusCodes.Status422UnprocessableEntity, "Nothing was done", why, ("Back", back.View.Url()));
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context, ConsoleUser user, UndoBulk undo, Guid id, [AsParameters] WayBack back) =>
        await undo.RunAsync(id, user.Id, user.Actor, context.RequestAborted) is null
            ? ConsolePages.NotFound()
            : ConsolePages.SeeOther(context, back.View.Url($"{Parameter}={id}"));

    private static SeenWork? Picked(string text) =>
        text.Split('.') is [var seq, var version]
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new SeenWork(number, seen)
            : null;
}
