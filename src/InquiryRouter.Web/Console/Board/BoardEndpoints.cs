using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Web.Console.Inquiries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Board;

/// <summary>Where inquiries stand, a column a state. Nothing is dragged: each card has a menu with what can be done.</summary>
internal static class BoardEndpoints
{
    public const string Path = ConsoleGate.Path + "/board";

    public static string MenuOf(string reference) => $"{Path}/{reference}";

    public static void MapConsoleBoard(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeInquiry, ShowAsync);
        routes.MapConsoleGet(Path + "/{reference}", Access.SeeInquiry, MenuAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ReadBoard board, NetworkCache networks, TimeProvider clock) =>
        ConsolePages.Page<BoardPage>(new BoardModel(
            await board.RunAsync(context.RequestAborted), (await networks.CurrentAsync(context.RequestAborted)).Rules.Lists, clock.GetUtcNow()));

    private static async Task<IResult> MenuAsync(HttpContext context, ConsoleUser user, ReadInquiry read, string reference) =>
        Reference.TryParse(reference, out var normal) && await read.RunAsync(normal, withTexts: false, context.RequestAborted) is { } found
            ? ConsolePages.PageOrPart<BoardMenuPage, BoardMenu>(context, new BoardMenuModel(found, user))
            : ConsolePages.NotFound();
}

/// <summary>The board.</summary>
public sealed record BoardModel(IReadOnlyList<BoardColumn> Columns, ReferenceLists Lists, DateTimeOffset Now)
{
    /// <summary>What is passed within seconds has a column only while something stands in it.</summary>
    public IEnumerable<BoardColumn> Shown => Columns.Where(
        c => c.Number > 0 || c.State is not (InquiryState.Received or InquiryState.Screened or InquiryState.Matched));

    /// <summary>A state as a column is called.</summary>
    public static string Name(InquiryState state) => state switch
    {
        InquiryState.AwaitingPatient => "Waits for the patient",
        InquiryState.Quarantined => "Looks like a robot",
        InquiryState.Referred => "With clinics",
        _ => state.ToString(),
    };
}

/// <summary>What can be done with one inquiry.</summary>
public sealed record BoardMenuModel(InquiryFile Case, ConsoleUser User)
{
    private static readonly (CoordinatorAction Action, Access Access, string Label, Func<string, string> Url)[] s_all =
    [
        (CoordinatorAction.Offer, Access.Offer, "Offer it to a clinic", r => OpenedAction.Url(r, ActionEndpoints.Offer, InquiryPlace.None)),
        (CoordinatorAction.AskPatient, Access.AskPatient, "Ask the patient", r => OpenedAction.Url(r, ActionEndpoints.Ask, InquiryPlace.None)),
        (CoordinatorAction.WriteToClinic, Access.WriteToClinic, "Write to a clinic", r => OpenedAction.Url(r, ActionEndpoints.Write, InquiryPlace.None)),
        (CoordinatorAction.TakeBack, Access.TakeBack, "Take it back", r => OpenedAction.Url(r, ActionEndpoints.TakeBack, InquiryPlace.None)),
        (CoordinatorAction.Note, Access.WriteNote, "Note", r => OpenedAction.Url(r, ActionEndpoints.Note, InquiryPlace.None)),
        (CoordinatorAction.CorrectContact, Access.Correct, "Correct", CorrectEndpoints.PathOf),
        (CoordinatorAction.Close, Access.Close, "Close it", r => OpenedAction.Url(r, ActionEndpoints.Close, InquiryPlace.None)),
        (CoordinatorAction.Reopen, Access.Reopen, "Open it again", r => OpenedAction.Url(r, ActionEndpoints.Reopen, InquiryPlace.None)),
        (CoordinatorAction.Erase, Access.Erase, "Erase...", PrivacyEndpoints.PathOf),
    ];

    private readonly IReadOnlySet<CoordinatorAction> _possible = CoordinatorActions.Possible(Case.Facts);

    public string Reference => Case.Inquiry.Reference;

    public bool MayRelease => User.May(Access.Release) && Case.Consent is not null && _possible.Contains(CoordinatorAction.Release);

    /// <summary>What is possible, and this role may: where it is done.</summary>
    public IEnumerable<(string Label, string Url)> Links => Case.Consent is null ? [] :
        s_all.Where(a => _possible.Contains(a.Action) && User.May(a.Access)).Select(a => (a.Label, a.Url(Reference)));
}
