using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Web.Console.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>The first page: what needs a person, the first thing to do at the top.</summary>
internal static class InboxEndpoints
{
    public const string DoneParameter = "done";
    private const int PageSize = 50;

    public static void MapConsoleInbox(this IEndpointRouteBuilder routes) =>
        routes.MapConsoleGet(ConsoleGate.Path, Access.UseConsole, ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ListWork list, ConsolePeople people, WatchConsole watch,
        KeepViews views, UndoBulk bulk, NetworkCache networks, TimeProvider clock)
    {
        if (!user.May(Access.SeeInbox))
        {
            return ConsolePages.SeeOther(context, ConsoleNav.FirstOf(user));
        }

        var view = InboxView.Of(context.Request);
        var filter = view.FilterFor(user.Id);
        var before = InboxView.Place(context.Request.Query[InboxView.BeforeParameter]);
        var after = InboxView.Place(context.Request.Query[InboxView.AfterParameter]);
        var cancellation = context.RequestAborted;

        var newest = (await watch.RunAsync(cancellation)).Newest;

        // One more than is shown says whether there are more.
        var found = before is null
            ? await list.RunAsync(filter, after, PageSize + 1, cancellation)
            : await list.BeforeAsync(filter, before, PageSize + 1, cancellation);
        var more = found.Count > PageSize;
        IReadOnlyList<WorkItem> shown = before is null ? [.. found.Take(PageSize)] : [.. found.TakeLast(PageSize)];
        return ConsolePages.Page<InboxPage>(new InboxModel(
            view, shown, await list.CountAsync(filter, cancellation),
            HasBefore: before is null ? after is not null : more,
            HasAfter: before is not null || more,
            await people.NamesAsync(cancellation), user, WorkEndpoints.DoneOf(context.Request.Query[DoneParameter]), clock.GetUtcNow())
        {
            Network = await networks.CurrentAsync(cancellation),
            Presence = await LiveEndpoints.OthersAsync(user, watch, people, cancellation), Newest = newest,
            Colleagues = [.. (await people.ThereAsync(cancellation)).Where(p => p.Id != user.Id.Value)],
            Views = await views.ListAsync(user.Id, cancellation),
            Bulk = Guid.TryParse(context.Request.Query[BulkEndpoints.Parameter], out var id)
                ? await bulk.FindAsync(id, user.Id, cancellation) : null,
        });
    }
}
