using InquiryRouter.Application.Mail;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace InquiryRouter.Web.Console.Operations;

/// <summary>
/// What has stopped, for administrators: seen by its cause, sent again with what came of it, put away and taken back. What is done is done to the
/// ids that were on the screen.
/// </summary>
internal static class OperationsEndpoints
{
    public const string Path = "/console/operations";
    public const string GroupPath = Path + "/group";
    public const string RequeuePath = Path + "/requeue";
    public const string TriesPath = Path + "/tries";
    public const string AsidePath = Path + "/set-aside";
    public const string BackPath = Path + "/take-back";
    public const string MailAddressPath = Path + "/mail-address";
    public const string ResumePath = Path + "/resume-sending";
    public const int LongestReason = 200;

    public static void MapConsoleOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeOperations, ShowAsync);
        routes.MapConsoleGet(GroupPath, Access.SeeOperations, GroupAsync);
        routes.MapConsoleGet(TriesPath, Access.SeeOperations, TriesAsync);
        routes.MapConsoleGet(TriesPath + "/part", Access.SeeOperations, TriesAsync, isDeed: false);
        routes.MapConsoleGet(AsidePath, Access.SeeOperations, AsideAsync);
        routes.MapConsolePost(RequeuePath, Access.ManageOperations, RequeueAsync);
        routes.MapConsolePost(AsidePath, Access.ManageOperations, SetAsideAsync);
        routes.MapConsolePost(BackPath, Access.ManageOperations, TakeBackAsync);
        routes.MapConsolePost(ResumePath, Access.ManageOperations, ResumeAsync);
        routes.MapConsolePost(MailAddressPath, Access.SeeAddresses, MailAddressAsync);
    }

    /// <summary>Where one reads what came of it.</summary>
    public static string TriesUrl(IEnumerable<Guid> ids) => $"{TriesPath}?ids={Uri.EscapeDataString(string.Join(',', ids.Select(i => i.ToString("N"))))}";

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ReadStopped stopped, ReadHealth health, ReadHeldBack held, ReadClockRuns runs, TimeProvider clock) =>
        ConsolePages.Page<OperationsPage>(new OperationsModel(
            await stopped.GroupsAsync(context.RequestAborted), await health.RunAsync(context.RequestAborted),
            await held.RunAsync(context.RequestAborted), await runs.RunAsync(context.RequestAborted),
            clock.GetUtcNow(), user));

    private static async Task<IResult> GroupAsync(
        HttpContext context, ConsoleUser user, ReadStopped stopped, [FromQuery] string? cause, [FromQuery] string? type, [FromQuery] long? after) =>
        await GroupPageAsync(context, user, stopped, cause, type, after, problem: null, StatusCodes.Status200OK);

    private static async Task<IResult> GroupPageAsync(
        HttpContext context, ConsoleUser user, ReadStopped stopped, string? cause, string? type, long? after, StoppedProblem? problem, int status) =>
        string.IsNullOrEmpty(cause) || string.IsNullOrEmpty(type) ? ConsolePages.NotFound() : ConsolePages.Page<StoppedGroupPage>(
            new StoppedGroupModel(
                cause, type, after ?? 0, await stopped.GroupAsync(cause, type, after ?? 0, context.RequestAborted), problem, user),
            status);

    private static async Task<IResult> TriesAsync(HttpContext context, ReadTries tries, [FromQuery] string? ids)
    {
        Guid[] named = [.. (ids ?? string.Empty).Split(',').Select(Id).OfType<Guid>().Distinct().Take(ReadTries.Most)];
        return ConsolePages.PageOrPart<TriesPage, TriesPart>(context, new TriesModel(await tries.RunAsync(named, context.RequestAborted), named));
    }

    private static async Task<IResult> AsideAsync(HttpContext context, ConsoleUser user, ReadStopped stopped) =>
        ConsolePages.Page<AsidePage>(new AsideModel(await stopped.SetAsideAsync(context.RequestAborted), user));

    private static async Task<IResult> RequeueAsync(HttpContext context, ConsoleUser user, RequeueStopped requeue, [FromForm] StringValues id)
    {
        var ids = Ids(id);
        if (ids.Length == 0)
        {
            return Nothing();
        }

        await requeue.RunAsync(new StoppedChoice(ids, Cause: null), user.Actor, context.RequestAborted);
        return ConsolePages.SeeOther(context, TriesUrl(ids));
    }

    private static async Task<IResult> SetAsideAsync(
        HttpContext context, ConsoleUser user, SetAsideStopped aside, ReadStopped stopped, [FromForm] StringValues id, [FromForm] string? reason,
        [FromForm] string? cause, [FromForm] string? type, [FromForm] long? after)
    {
        var ids = Ids(id);
        if (ids.Length == 0)
        {
            return Nothing();
        }

        if (Typed.Line(reason) is not { Length: > 0 and <= LongestReason } why)
        {
            var problem = new StoppedProblem(
                $"Nothing was done. Say why in a few words, {LongestReason} characters at most, and name nobody.", reason, ids.Length == 1 ? ids[0] : null);
            return await GroupPageAsync(context, user, stopped, cause, type, after, problem, StatusCodes.Status422UnprocessableEntity);
        }

        await aside.RunAsync(new StoppedChoice(ids, Cause: null), why, user.Actor, context.RequestAborted);
        return ConsolePages.SeeOther(context, AsidePath);
    }

    private static async Task<IResult> TakeBackAsync(HttpContext context, ConsoleUser user, TakeBackStopped back, [FromForm] StringValues id)
    {
        var ids = Ids(id);
        if (ids.Length == 0)
        {
            return Nothing();
        }

        await back.RunAsync(new StoppedChoice(ids, Cause: null), user.Actor, context.RequestAborted);
        return ConsolePages.SeeOther(context, Path);
    }

    private static async Task<IResult> ResumeAsync(HttpContext context, ConsoleUser user, ResumeSending resume, [FromForm] string? park)
    {
        await resume.RunAsync(parkMails: park is not null, user.Actor, context.RequestAborted);
        return ConsolePages.SeeOther(context, Path);
    }

    private static async Task<IResult> MailAddressAsync(HttpContext context, ConsoleUser user, RevealAddress reveal, [FromForm] Guid? id) =>
        AddressPageOf(await reveal.OfMailAsync(id ?? Guid.Empty, user.Actor, context.RequestAborted));

    /// <summary>Shown in the answer to a press only: it stands in no address and in no page that is opened again.</summary>
    public static IResult AddressPageOf(string? address) => address is null
        ? ConsolePages.Message(
            StatusCodes.Status404NotFound, "The address is not known any more",
            "Only its hash is kept. Whom it belongs to is erased, or was corrected.", ("To the operations", Path))
        : ConsolePages.Message(StatusCodes.Status200OK, "The address", $"{address} (that you looked stands in the access log)", ("To the operations", Path));

    private static Guid[] Ids(StringValues typed) => [.. typed.Select(Id).OfType<Guid>().Distinct().Take(ReadTries.Most)];

    private static Guid? Id(string? typed) => Guid.TryParse(typed, out var id) ? id : null;

    private static RazorComponentResult<ConsoleMessagePage> Nothing() => ConsolePages.Message(
        StatusCodes.Status422UnprocessableEntity, "Nothing was chosen", "Nothing was done. Go back, and press a button beside what is meant.",
        ("To the operations", Path));
}
