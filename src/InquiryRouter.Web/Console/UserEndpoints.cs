using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace InquiryRouter.Web.Console;

/// <summary>
/// The operator's people, for administrators. Nobody changes their own roles or disables themselves, so that one is always left.
/// </summary>
internal static class UserEndpoints
{
    public const string Path = "/console/users";

    public static void MapConsoleUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.ManageUsers, ListAsync);
        routes.MapConsolePost(Path, Access.ManageUsers, AddAsync).NeedsFreshProof();
        routes.MapConsoleGet(Path + "/invited", Access.ManageUsers, ShowInvitedAsync);
        routes.MapConsoleGet(Path + "/{id:guid}", Access.ManageUsers, ShowAsync);
        routes.MapConsolePost(Path + "/{id:guid}/roles", Access.ManageUsers, GiveRolesAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/{id:guid}/away", Access.ManageUsers, SetAwayAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/{id:guid}/active", Access.ManageUsers, SetActiveAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/{id:guid}/sessions", Access.ManageUsers, EndSessionsAsync).NeedsFreshProof();
        routes.MapConsolePost(Path + "/{id:guid}/invitation", Access.ManageUsers, InviteAgainAsync).NeedsFreshProof();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ManageUsers manage) =>
        ConsolePages.Page<UsersPage>(new UsersModel(await manage.ListAsync(context.RequestAborted), null, null, null));

    private static async Task<IResult> AddAsync(
        HttpContext context, ConsoleUser user, InviteUsers invite, ManageUsers manage, IFieldRules rules, MailLinks links, ShownOnce shown,
        [FromForm] string? mail, [FromForm] string? name, [FromForm] StringValues? role)
    {
        var roles = UserRoleNames.Read(role?.ToString());
        if (!rules.TryEmail(mail, out var address))
        {
            return await AgainAsync("This is not a mail address.");
        }

        if (roles is not { } given)
        {
            return await AgainAsync("Choose at least one role.");
        }

        return await invite.AddAsync(address, name, given, user.Actor, context.RequestAborted) is Invited.Link link
            ? await InvitedAsync(context, user, shown, link.Name, links.Invitation(link.Token))
            : await AgainAsync("There is somebody with this address already.");

        async Task<IResult> AgainAsync(string problem) => ConsolePages.Page<UsersPage>(
            new UsersModel(await manage.ListAsync(context.RequestAborted), mail, name, problem), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ManageUsers manage, ConsoleSessions sessions, Guid id) =>
        await manage.FindAsync(new UserId(id), context.RequestAborted) is { } found
            ? ConsolePages.Page<UserPage>(
                new UserModel(found, await sessions.ListAsync(found.Id, context.RequestAborted), found.Id == user.Id))
            : ConsolePages.NotFound();

    private static async Task<IResult> GiveRolesAsync(
        HttpContext context, ConsoleUser user, ManageUsers manage, Guid id, [FromForm] StringValues? role, [FromForm] int? version) =>
        id == user.Id.Value ? Themselves()
        : UserRoleNames.Read(role?.ToString()) is { } roles
            ? Answer(context, id, await manage.GiveRolesAsync(new UserId(id), version, roles, user.Actor, context.RequestAborted))
        : ConsolePages.Of(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> SetAwayAsync(
        HttpContext context, ConsoleUser user, ManageUsers manage, Guid id, [FromForm] string? from, [FromForm] string? until,
        [FromForm] int? version)
    {
        var (first, last) = (Day(from), Day(until));
        return (!string.IsNullOrEmpty(from) && (first is null || last is null)) || (!string.IsNullOrEmpty(until) && last is null) || last < first
            ? ConsolePages.Message(
                StatusCodes.Status422UnprocessableEntity, "These days do not fit",
                "Nothing was changed. An absence has a last day, on or after its first. Both empty: they are here.", ("Back to the user", $"{Path}/{id}"))
            : Answer(context, id, await manage.SetAwayAsync(new UserId(id), version, first, last, user.Actor, context.RequestAborted));
    }

    private static async Task<IResult> SetActiveAsync(
        HttpContext context, ConsoleUser user, ManageUsers manage, Guid id, [FromForm] bool? active, [FromForm] int? version) =>
        id == user.Id.Value ? Themselves()
        : Answer(context, id, active == true
            ? await manage.EnableAsync(new UserId(id), version, user.Actor, context.RequestAborted)
            : await manage.DisableAsync(new UserId(id), version, user.Actor, context.RequestAborted));

    private static async Task<IResult> EndSessionsAsync(HttpContext context, ConsoleUser user, ManageUsers manage, Guid id) =>
        Answer(context, id, await manage.EndSessionsAsync(new UserId(id), user.Actor, context.RequestAborted));

    private static async Task<IResult> InviteAgainAsync(
        HttpContext context, ConsoleUser user, ManageUsers manage, InviteUsers invite, MailLinks links, ShownOnce shown, Guid id,
        [FromForm] bool? factors) =>
        id == user.Id.Value ? Themselves()
        : await manage.FindAsync(new UserId(id), context.RequestAborted) is { } found
            && await invite.AgainAsync(found.Mail, factors == true, user.Actor, context.RequestAborted) is Invited.Link link
            ? await InvitedAsync(context, user, shown, link.Name, links.Invitation(link.Token))
        : ConsolePages.NotFound();

    // To a page that can be loaded again without making another one.
    private static async Task<IResult> InvitedAsync(HttpContext context, ConsoleUser user, ShownOnce shown, string name, string url) =>
        ConsolePages.SeeOther(context, $"{Path}/invited?shown={await shown.KeepAsync(user.Id, [name, url], ShownOnce.KeptShort, context.RequestAborted):N}");

    private static async Task<IResult> ShowInvitedAsync(HttpContext context, ConsoleUser user, ShownOnce once, [FromQuery] string? shown) =>
        Guid.TryParseExact(shown, "N", out var id) && await once.FindAsync(user.Id, id, context.RequestAborted) is [var name, var url]
            ? ConsolePages.Page<InvitedPage>(new InvitedModel(name, url))
            : ConsolePages.Message(
                StatusCodes.Status404NotFound, "This invitation is not shown any more",
                "It was shown once, for a minute. If it was not passed on, make another one on the page of the user.", ("To the users", Path));

    private static IResult Answer(HttpContext context, Guid id, Outcome outcome) => outcome switch
    {
        Outcome.NotFound => ConsolePages.NotFound(),
        Outcome.NotPossible => ConsolePages.Conflict(),
        _ => ConsolePages.SeeOther(context, $"{Path}/{id}"),
    };

    private static RazorComponentResult<ConsoleMessagePage> Themselves() => ConsolePages.Message(
        StatusCodes.Status409Conflict, "Not of yourself",
        "Nothing was done. Another administrator can do this for you, so that there is always one left.", ("To the users", Path));

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <param name="Mail">As it was typed.</param>
/// <param name="Name">As it was typed.</param>
/// <param name="Problem">What was wrong; null: nothing was sent.</param>
public sealed record UsersModel(IReadOnlyList<AppUser> Users, string? Mail, string? Name, string? Problem);

/// <param name="IsMe">It is who looks.</param>
public sealed record UserModel(AppUser User, IReadOnlyList<UserSession> Sessions, bool IsMe);

/// <param name="Url">Shown once.</param>
public sealed record InvitedModel(string Name, string Url);
