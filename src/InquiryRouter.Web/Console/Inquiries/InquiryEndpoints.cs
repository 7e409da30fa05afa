using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>The pages of one inquiry, and what is done to it.</summary>
internal static class InquiryEndpoints
{
    public const string ShownParameter = "shown";

    private const string Path = ConsoleGate.Path + "/inquiries";

    private static readonly string[] s_tabs = [InquiryHead.Referrals, InquiryHead.Conversation, InquiryHead.History];

    public static string PathOf(string reference) => $"{Path}/{reference}";

    /// <summary>The page on which a form stands that is sent to a path; null: none of an inquiry.</summary>
    public static string? PageOf(string path) => ReferenceOf(path) is { } reference ? PathOf(reference) : null;

    /// <summary>The inquiry a path is about; null: none.</summary>
    public static string? ReferenceOf(string path) =>
        path.StartsWith(Path + "/", StringComparison.Ordinal) && path[(Path.Length + 1)..].Split('/') is [var reference, ..]
            && Reference.TryParse(reference, out var normal) ? normal : null;

    public static void MapConsoleInquiries(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet($"{Path}/{{reference}}", Access.SeeInquiry, (HttpContext context, InquiryPages pages, string reference) =>
            pages.ShowAsync(context, reference, InquiryHead.Summary));
        foreach (var tab in s_tabs)
        {
            routes.MapConsoleGet($"{Path}/{{reference}}/{tab}", Access.SeeInquiry, (HttpContext context, InquiryPages pages, string reference) =>
                pages.ShowAsync(context, reference, tab));
        }

        routes.MapConsolePost($"{Path}/{{reference}}/identity", Access.SeeIdentity, RevealAsync);
    }

    // A form, so that nobody looks by following a link. What it answers with shows it to them alone, for minutes: the page can be loaded
    // again.
    private static async Task<IResult> RevealAsync(HttpContext context, ConsoleUser user, RevealIdentity reveal, string reference) =>
        Reference.TryParse(reference, out var normal) && await reveal.RunAsync(normal, user.Id, user.Actor,
            context.RequestAborted) is { } shown
            ? ConsolePages.SeeOther(
                context, PathOf(normal) + context.Request.QueryString.Add(ShownParameter, shown.ToString("N", CultureInfo.InvariantCulture)))
            : ConsolePages.NotFound();
}

/// <summary>Makes the pages of one inquiry.</summary>
internal sealed class InquiryPages(
    ReadInquiry read, RevealIdentity reveal, ReadDrafts drafts, InquiryPlaces places, ConsolePeople people, LanguageSet languages,
    TimeProvider clock)
{
    /// <param name="context">The request.</param>
    /// <param name="typed">The reference.</param>
    /// <param name="tab">Which page.</param>
    /// <param name="refused">What was just typed, and could not be done.</param>
    public async Task<IResult> ShowAsync(HttpContext context, string typed, string tab, TypedAction? refused = null)
    {
        var (user, cancellation) = (ConsoleUser.Of(context)!, context.RequestAborted);
        if (!Reference.TryParse(typed, out var reference)
            || await read.RunAsync(reference, user.May(Access.SeeMessages), cancellation) is not { } found)
        {
            return ConsolePages.NotFound();
        }

        var place = await places.FindAsync(context, user, found.Inquiry);
        var work = found.Work.FirstOrDefault(w => w.Work.Seq == place.Work)?.Work;
        var (names, there) = await people.ReadAsync(cancellation);
        var identity = user.May(Access.SeeIdentity) && Guid.TryParseExact(context.Request.Query[InquiryEndpoints.ShownParameter], "N",
            out var shown)
            ? await reveal.FindAsync(reference, user.Id, shown, cancellation)
            : null;
        return ConsolePages.Page<InquiryPage>(new InquiryModel(
            InquiryHead.Of(found.Inquiry, tab, place), found, work, place,
            names, there, identity, refused, user,
            WorkEndpoints.DoneOf(context.Request.Query[InboxEndpoints.DoneParameter]),
            Guid.TryParseExact(context.Request.Query[ActionEndpoints.UndoParameter], "N", out var undo) ? undo : null, clock.GetUtcNow(),
            OpenedAction.Of(context.Request.Query, found.Inquiry.Facts, languages.For(found.Inquiry.Facts.Language)))
            {
                DoneWork = long.TryParse(
                    context.Request.Query[InquiryPlace.WasParameter], NumberStyles.None, CultureInfo.InvariantCulture, out var was) ? was : null,
                DoneWith = Reference.TryParse(context.Request.Query[InquiryPlace.OfParameter], out var of) && of != reference ? of : null,
                Drafts = user.May(Access.WriteNote) ? await drafts.RunAsync(user.Id, found.Inquiry.Id, cancellation) : [],
            },
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
