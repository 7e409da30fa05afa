using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>Views of the inbox by name.</summary>
internal static class ViewEndpoints
{
    public const string Path = ConsoleGate.Path + "/views";

    public static void MapConsoleViews(this IEndpointRouteBuilder routes)
    {
        routes.MapConsolePost(Path, Access.SeeInbox, AddAsync);
        routes.MapConsolePost(Path + "/{id:guid}/remove", Access.SeeInbox, RemoveAsync);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, ConsoleUser user, KeepViews views, [FromForm] string? name, [FromForm] string? shared,
        [AsParameters] WayBack back) =>
        await views.AddAsync(user.Id, name, back.View.Query, !string.IsNullOrEmpty(shared), context.RequestAborted) switch
        {
            ViewKept.Done => back.To(context, "view", null),
            ViewKept.TooMany => Refused($"You have {KeepViews.MostOwn} views, and that is as many as are kept. Remove one first.", back),
            _ => Refused($"Give the view a name of at most {SavedViewStore.LongestName} letters.", back),
        };

    private static RazorComponentResult<ConsoleMessagePage> Refused(string why, WayBack back) => ConsolePages.Message(
        StatusCodes.Status422UnprocessableEntity, "Nothing was done", why, ("Back", back.View.Url()));

    private static async Task<IResult> RemoveAsync(
        HttpContext context, ConsoleUser user, KeepViews views, Guid id, [AsParameters] WayBack back) =>
        await views.RemoveAsync(user.Id, id, context.RequestAborted) ? back.To(context, "view-gone", null) : ConsolePages.NotFound();
}
