using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Unfinished;

/// <summary>Forms that were filled in and not taken: shown to whoever filled them in, and sent only when they press the button.</summary>
internal static class UnfinishedEndpoints
{
    public const string Path = ConsoleGate.Path + "/unfinished";

    /// <summary>On a page: the script fills its form with what is kept.</summary>
    public const string Parameter = "unfinished";

    public static void MapConsoleUnfinished(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.UseConsole, ListAsync);
        routes.MapConsoleGet(Path + "/{id:guid}", Access.UseConsole, ReadAsync, isDeed: false);
        routes.MapConsolePost(Path + "/{id:guid}/discard", Access.UseConsole, DiscardAsync);

        // Asked by the script before a form leaves the page: is there a connection, and is somebody signed in?
        routes.MapConsoleGet(Path + "/ready", Access.UseConsole, () => Results.NoContent(), isDeed: false);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ConsoleUser user, UnfinishedForms unfinished) =>
        ConsolePages.Page<UnfinishedPage>(await unfinished.ListAsync(user.Id, context.RequestAborted));

    private static async Task<IResult> ReadAsync(HttpContext context, ConsoleUser user, UnfinishedForms unfinished, Guid id) =>
        await unfinished.FindAsync(user.Id, id, context.RequestAborted) is { } found
            ? Results.Json(new
            {
                action = found.Form.Path.Split('?')[0],
                fields = found.Form.Fields.GroupBy(f => f.Name, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Select(f => f.Value).ToArray(), StringComparer.Ordinal),
            })
            : Results.NotFound();

    private static async Task<IResult> DiscardAsync(HttpContext context, ConsoleUser user, UnfinishedForms unfinished, Guid id)
    {
        await unfinished.RemoveAsync(user.Id, id, context.RequestAborted);
        return ConsolePages.SeeOther(context, Path);
    }
}
