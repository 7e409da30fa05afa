using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console;

/// <summary>The first page.</summary>
internal static class HomeEndpoints
{
    public static void MapConsoleHome(this IEndpointRouteBuilder routes) =>
        routes.MapConsoleGet(ConsoleGate.Path, Access.UseConsole, ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, ListHeld held) =>
        ConsolePages.Page<HomePage>(new HomeModel(user.May(Access.SeeInbox) ? await held.RunAsync(context.RequestAborted) : null));
}

/// <param name="Held">Null: their role has no inbox.</param>
public sealed record HomeModel(HeldList? Held);
