using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.Inquiries;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>What somebody does with a piece of work: each a form that says which version of it was seen.</summary>
internal static class WorkEndpoints
{
    /// <summary>Of the inbox: nothing was ticked for what was to be done.</summary>
    public const string NothingTicked = "nothing-ticked";

    private const string Path = ConsoleGate.Path + "/work";

    private static readonly Dictionary<string, string> s_done = new(StringComparer.Ordinal)
    {
        ["take"] = "It is yours.",
        ["pass"] = "It is everyone's again.",
        ["give"] = "It is theirs now.",
        ["snooze"] = "It is put off, and comes back by itself.",
        ["finish"] = "It is done.",
        [ActionEndpoints.Release] = "It is released. For ten seconds it can be undone.",
        [ActionEndpoints.Note] = "The note is kept.",
        [ActionEndpoints.Ask] = "The patient is asked. For ten seconds it can be undone.",
        [ActionEndpoints.Write] = "The clinic is written to. For ten seconds it can be undone.",
        [ActionEndpoints.Offer] = "It is offered to the clinic. For ten seconds it can be undone.",
        [ActionEndpoints.TakeBack] = "It is taken back. For ten seconds it can be undone.",
        [ActionEndpoints.Close] = "It is closed. For ten seconds it can be undone.",
        [ActionEndpoints.Reopen] = "It is open again.",
        [PairEndpoints.Pair] = "They are of one patient and matter now.",
        [PairEndpoints.Unpair] = "They are two now.",
        [CorrectEndpoints.Correct] = "It is corrected.",
        [PrivacyEndpoints.Erase] = "It is erased.",
        [ActionEndpoints.Undo] = "It is undone: nothing was changed, and nobody was told.",
        ["discard"] = "The draft is gone.",
        [NothingTicked] = "Nothing was done. Tick what it is to be done with first: with the boxes of the list, or with x.",
        ["view"] = "The view is kept.",
        ["view-gone"] = "The view is gone.",
    };

    // What somebody is finished with: the next one may follow. Who takes something wants to see it.
    private static readonly string[] s_leaveBehind =
    [
        "pass", "give", "snooze", "finish", ActionEndpoints.Release,
        ActionEndpoints.Ask, ActionEndpoints.Write, ActionEndpoints.Offer, ActionEndpoints.TakeBack, ActionEndpoints.Close,
    ];

    /// <summary>How long something can be put off by one press.</summary>
    public static readonly IReadOnlyList<(int Hours, string Label)> Delays =
        [(1, "an hour"), (4, "four hours"), (24, "a day"), (72, "three days"), (168, "a week"), (720, "a month")];

    public static string PathOf(OpenWork work, string deed) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{work.Seq}/{deed}");

    /// <summary>What was done, in words; null: nothing of ours.</summary>
    public static string? DoneOf(string? deed) => s_done.GetValueOrDefault(deed ?? string.Empty);

    /// <summary>Done with that, somebody may go on to the next one.</summary>
    public static bool LeavesBehind(string deed) => s_leaveBehind.Contains(deed, StringComparer.Ordinal);

    public static void MapConsoleWork(this IEndpointRouteBuilder routes)
    {
        routes.MapConsolePost($"{Path}/{{seq:long}}/take", Access.Assign, TakeAsync);
        routes.MapConsolePost($"{Path}/{{seq:long}}/pass", Access.Assign, PassAsync);
        routes.MapConsolePost($"{Path}/{{seq:long}}/give", Access.Assign, GiveAsync);
        routes.MapConsolePost($"{Path}/{{seq:long}}/snooze", Access.Snooze, SnoozeAsync);
        routes.MapConsolePost($"{Path}/{{seq:long}}/finish", Access.Assign, FinishAsync);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, ConsoleUser user, TakeWork take, long seq, [FromForm] int version, [AsParameters] WayBack back) =>
        back.After(context, "take", seq, await take.RunAsync(new SeenWork(seq, version), user.Id.Value, user.Actor, context.RequestAborted));

    private static async Task<IResult> PassAsync(
        HttpContext context, ConsoleUser user, GiveWork give, long seq, [FromForm] int version, [AsParameters] WayBack back) =>
        back.After(context, "pass", seq, await give.RunAsync(new SeenWork(seq, version), null, user.Actor, context.RequestAborted));

    private static async Task<IResult> GiveAsync(
        HttpContext context, ConsoleUser user, GiveWork give, long seq, [FromForm] int version, [FromForm] Guid? to, [AsParameters] WayBack back) =>
        back.After(context, "give", seq, to is null
            ? new Outcome.NotPossible(GiveWork.NotThere)
            : await give.RunAsync(new SeenWork(seq, version), to, user.Actor, context.RequestAborted));

    private static async Task<IResult> SnoozeAsync(
        HttpContext context, ConsoleUser user, SnoozeWork snooze, TimeProvider clock, long seq, [FromForm] int version, [FromForm] int hours,
        [AsParameters] WayBack back) =>
        back.After(context, "snooze", seq, Delays.All(d => d.Hours != hours)
            ? new Outcome.NotPossible(SnoozeWork.WrongMoment)
            : await snooze.RunAsync(new SeenWork(seq, version), clock.GetUtcNow().AddHours(hours), user.Actor, context.RequestAborted));

    private static async Task<IResult> FinishAsync(
        HttpContext context, ConsoleUser user, FinishWork finish, long seq, [FromForm] int version, [AsParameters] WayBack back) =>
        back.After(context, "finish", seq, await finish.RunAsync(new SeenWork(seq, version), user.Actor, context.RequestAborted));
}

/// <summary>Where a form was pressed: the inbox with its view, or the page of an inquiry that was opened from it.</summary>
/// <param name="Show">The view.</param>
/// <param name="Kind">Of the view.</param>
/// <param name="About">The inquiry; null: the inbox.</param>
/// <param name="Next">What stands behind it in the list it was opened from; null: nothing.</param>
/// <param name="List">The list of all it was opened from, by state; null: the inbox.</param>
/// <param name="Opened">The work of the inbox it was opened for; null: it was opened from elsewhere.</param>
internal sealed record WayBack(
    [FromForm(Name = "show")] string? Show, [FromForm(Name = "kind")] string? Kind, [FromForm(Name = "about")] string? About,
    [FromForm(Name = InquiryPlace.NextField)] string? Next = null, [FromForm(Name = InquiryPlace.ListParameter)] string? List = null,
    [FromForm(Name = InboxView.WorkParameter)] string? Opened = null)
{
    /// <summary>The list it came from.</summary>
    public InboxView View => InboxView.Of(Show, Kind);

    /// <summary>What the form of a page says, where its endpoint reads no other fields of it.</summary>
    public static async Task<WayBack> FromAsync(HttpContext context, string about)
    {
        var form = await Forms.ReadAsync(context);
        return new WayBack(
            form[InboxView.ShowParameter], form[InboxView.KindParameter], about, form[InquiryPlace.NextField],
            form[InquiryPlace.ListParameter], form[InboxView.WorkParameter]);
    }

    /// <summary>Goes back and says what was done, or says why nothing was.</summary>
    public IResult After(HttpContext context, string deed, long? seq, Outcome outcome) => outcome is Outcome.Done or Outcome.AlreadyDone
        ? To(context, deed, seq)
        : ConsolePages.Message(
            outcome is Outcome.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict,
            "Nothing was done", WorkWords.Refused(outcome), ("Back", Address(null, seq)));

    /// <param name="context">The request.</param>
    /// <param name="deed">What was done.</param>
    /// <param name="seq">The work it was done with; null: with none.</param>
    /// <param name="more">More for the address; null: nothing.</param>
    public IResult To(HttpContext context, string deed, long? seq, string? more = null)
    {
        context.Response.Headers.Location = OnTo(context, deed, more) ?? Address(deed, seq, more);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    // Whoever has chosen so goes on to the next one, and is told there what was done with the one before.
    private string? OnTo(HttpContext context, string deed, string? more) =>
        ConsoleUser.Of(context)?.Preferences.GoesOn == true && WorkEndpoints.LeavesBehind(deed)
        && Core.Intake.Reference.TryParse(About, out var reference)
            ? InquiryPlace.Onward(Next, View, List, string.Join('&', new[]
            {
                $"{InboxEndpoints.DoneParameter}={deed}", $"{InquiryPlace.OfParameter}={reference}",
                Seq(Opened) is { } was ? string.Create(CultureInfo.InvariantCulture, $"{InquiryPlace.WasParameter}={was}") : null, more,
            }.Where(q => !string.IsNullOrEmpty(q))))
            : null;

    public string Address(string? deed, long? seq, string? more = null)
    {
        var done = deed is null ? null : $"{InboxEndpoints.DoneParameter}={deed}";
        if (Core.Intake.Reference.TryParse(About, out var reference))
        {
            var work = (Seq(Opened) ?? seq) is { } number ? string.Create(CultureInfo.InvariantCulture, $"{InboxView.WorkParameter}={number}") : null;
            var query = string.Join(
                '&', new[] { List is null ? work : null, List is null ? View.Query : null, InquiryPlace.ListQuery(List), done, more }.Where(q => !string.IsNullOrEmpty(q)));
            return $"{ConsoleGate.Path}/inquiries/{reference}{(query.Length > 0 ? "?" + query : string.Empty)}";
        }

        return View.Url(done);
    }

    /// <summary>What the address of a page carries along of where it was opened from; empty: nothing.</summary>
    public string Query => string.Join('&', new[]
    {
        Seq(Opened) is { } work && List is null ? string.Create(CultureInfo.InvariantCulture, $"{InboxView.WorkParameter}={work}") : null,
        List is null ? View.Query : null, InquiryPlace.ListQuery(List),
    }.Where(q => !string.IsNullOrEmpty(q)));

    private static long? Seq(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;
}
