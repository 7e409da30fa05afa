using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Palette;

/// <summary>Something that can be gone to by name.</summary>
/// <param name="Key">Of the keyboard; null: none.</param>
public sealed record PaletteEntry(string Label, string Url, string? Key);

/// <summary>The list of commands by name: the places somebody may go to. What can be done on a page, the page itself adds.</summary>
internal static class PaletteEndpoints
{
    public const string Path = ConsoleGate.Path + "/palette";

    public static void MapConsolePalette(this IEndpointRouteBuilder routes) =>
        routes.MapConsoleGet(Path, Access.UseConsole, ShowAsync, isDeed: false);

    private static async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, KeepViews views)
    {
        var entries = ConsoleNav.Entries.Where(e => user.May(e.Access)).Select(e => new PaletteEntry(e.Label, e.Path, e.Key)).ToList();
        if (user.May(Access.SeeInbox))
        {
            entries.AddRange(InboxView.Shows.Select(
                s => new PaletteEntry($"Inbox: {s.Label}", (InboxView.All with { Show = s.Show }).Url(), null)));
            entries.AddRange((await views.ListAsync(user.Id, context.RequestAborted))
                .Select(v => new PaletteEntry($"View: {v.Name}", UrlOf(v), null)));
        }

        entries.Add(new PaletteEntry("Your account", AccountEndpoints.Path, null));
        return ConsolePages.PageOrPart<PalettePage, PaletteList>(context, entries);
    }

    public static string UrlOf(SavedView view) => view.Filter.Length == 0 ? ConsoleGate.Path : $"{ConsoleGate.Path}?{view.Filter}";
}
