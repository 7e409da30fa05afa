using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>The pages of one inquiry, and what is done to it.</summary>
internal static class InquiryEndpoints
{
    private const string Path = ConsoleGate.Path + "/inquiries";

    private static readonly string[] s_tabs = [InquiryHead.Referrals, InquiryHead.Conversation, InquiryHead.History];

    public static string PathOf(string reference) => $"{Path}/{reference}";

    public static void MapConsoleInquiries(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet($"{Path}/{{reference}}", Access.SeeInquiry, (HttpContext context, InquiryPages pages, string reference) =>
            pages.ShowAsync(context, reference, InquiryHead.Summary, identity: null));
        foreach (var tab in s_tabs)
        {
            routes.MapConsoleGet($"{Path}/{{reference}}/{tab}", Access.SeeInquiry, (HttpContext context, InquiryPages pages, string reference) =>
                pages.ShowAsync(context, reference, tab, identity: null));
        }

        routes.MapConsolePost($"{Path}/{{reference}}/identity", Access.SeeIdentity, RevealAsync);
        routes.MapConsolePost($"{Path}/{{reference}}/release", Access.Release, ReleaseAsync);
    }

    // A form, so that nobody looks by following a link; shown once, and never kept in an address.
    private static async Task<IResult> RevealAsync(HttpContext context, ConsoleUser user, InquiryPages pages, RevealIdentity reveal, string reference) =>
        Reference.TryParse(reference, out var normal) && await reveal.RunAsync(normal, user.Actor, context.RequestAborted) is { } identity
            ? await pages.ShowAsync(context, normal, InquiryHead.Summary, identity)
            : ConsolePages.NotFound();

    private static async Task<IResult> ReleaseAsync(
        HttpContext context, ConsoleUser user, ReleaseInquiry release, FindInquiry find, string reference, [FromForm] int seen, [AsParameters] WayBack back)
    {
        if (!Reference.TryParse(reference, out var normal) || await find.RunAsync(normal, context.RequestAborted) is not { } inquiry)
        {
            return ConsolePages.NotFound();
        }

        if (inquiry.Version != seen)
        {
            return Refused("It has changed since you opened the page. Look at it as it is now.");
        }

        return await release.RunAsync(normal, user.Actor, context.RequestAborted) switch
        {
            Release.Released => back.To(context, "release", null),
            Release.Approved => back.To(context, "approve", null),
            Release.NotFound => ConsolePages.NotFound(),
            Release.NotWaiting waiting => Refused($"It is {waiting.State} now: only what is held, quarantined or waits for the patient can be released."),
            _ => Refused(HoldReason.NoConsentToShare.Sentence),
        };

        IResult Refused(string why) => ConsolePages.Message(StatusCodes.Status409Conflict, "Nothing was done", why, ("Back", back.Address(null, null)));
    }
}

/// <summary>Makes the pages of one inquiry.</summary>
internal sealed class InquiryPages(ReadInquiry read, ListWork list, ConsolePeople people, LanguageSet languages, TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="typed">The reference.</param>
    /// <param name="tab">Which page.</param>
    /// <param name="identity">Who the patient is, once asked for.</param>
    /// <param name="refused">What was just typed, and could not be done.</param>
    /// <param name="from">The list it was opened from, where the address does not say it.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, string typed, string tab, Identity? identity, TypedAction? refused = null, InboxView? from = null)
    {
        var (user, cancellation) = (ConsoleUser.Of(context)!, context.RequestAborted);
        if (!Reference.TryParse(typed, out var reference)
            || await read.RunAsync(reference, user.May(Access.SeeMessages), cancellation) is not { } found)
        {
            return ConsolePages.NotFound();
        }

        var view = from ?? InboxView.Of(context.Request);
        OpenWork? previous = null, next = null;
        var work = long.TryParse(context.Request.Query[InboxView.WorkParameter], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? found.Work.FirstOrDefault(w => w.Work.Seq == seq)?.Work
            : null;
        if (work is not null && user.May(Access.SeeInbox))
        {
            (previous, next) = await list.BesideAsync(view.FilterFor(user.Id), WorkPlace.Of(work), cancellation);
        }

        var suffix = work is null ? string.Empty : "?" + string.Join('&', new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"{InboxView.WorkParameter}={work.Seq}"), view.Query,
        }.Where(q => q.Length > 0));
        return ConsolePages.Page<InquiryPage>(new InquiryModel(
            InquiryHead.Of(found.Inquiry, tab, suffix), found, view, work, previous, next,
            await people.NamesAsync(cancellation), await people.ThereAsync(cancellation), identity, refused, user,
            WorkEndpoints.DoneOf(context.Request.Query[InboxEndpoints.DoneParameter]),
            Guid.TryParseExact(context.Request.Query[ActionEndpoints.UndoParameter], "N", out var undo) ? undo : null, clock.GetUtcNow(),
            OpenedAction.Of(context.Request.Query, found.Inquiry.Facts, languages.For(found.Inquiry.Facts.Language))),
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
