using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>The fields of every form on the page of an inquiry; each uses some.</summary>
/// <param name="Seen">The last line of the history on the page it was decided on.</param>
/// <param name="Form">Of the form: sent twice it is done once.</param>
/// <param name="Text">What was written.</param>
/// <param name="Reason">A code.</param>
/// <param name="Clinic">A code.</param>
/// <param name="Choice">A box that is ticked; null: it is not.</param>
/// <param name="Shown">The clinic of an offer for which it was shown what stands against it: a reason counts for no other.</param>
/// <param name="Draft">The draft of it on the page; 0 or null: none.</param>
public sealed record ActionFields(
    [FromForm(Name = "seen")] int Seen, [FromForm(Name = "form")] Guid Form, [FromForm(Name = "text")] string? Text,
    [FromForm(Name = "reason")] string? Reason, [FromForm(Name = "clinic")] string? Clinic, [FromForm(Name = "choice")] string? Choice,
    [FromForm(Name = "shown")] string? Shown = null, [FromForm(Name = DraftEndpoints.VersionField)] long? Draft = null)
{
    internal bool IsChosen => !string.IsNullOrEmpty(Choice);
}

/// <summary>What a coordinator does with an inquiry: each a form on its page, and a use case.</summary>
internal static class ActionEndpoints
{
    public const string Note = "note";
    public const string Ask = ActionForms.Ask;
    public const string Write = ActionForms.Write;
    public const string Offer = ActionForms.Offer;
    public const string TakeBack = ActionForms.TakeBack;
    public const string Close = ActionForms.Close;
    public const string Reopen = "reopen";
    public const string Release = ActionForms.Release;
    public const string Undo = "undo";
    public const string UndoParameter = "undo";

    public static void MapConsoleActions(this IEndpointRouteBuilder routes)
    {
        Map(Note, Access.WriteNote, (NoteInquiry note, Pressed p) => note.RunAsync(p.Seen, p.Fields.Form, p.Fields.Text, p.User.Actor, p.Cancellation));
        Map(Ask, Access.AskPatient, (AskPatient ask, Pressed p) => ask.RunAsync(
            p.Begun(Ask, p.Chosen), p.Fields.Form, new Asking(p.Chosen, p.Fields.Text), p.User.Actor, p.Cancellation));
        Map(Write, Access.WriteToClinic, (WriteToClinic write, Pressed p) => write.RunAsync(
            p.Begun(Write, p.Chosen), p.Fields.Form, p.Clinic, p.Fields.Text, p.User.Actor, p.Cancellation));
        Map(Offer, Access.Offer, (OfferToClinic offer, Pressed p) => offer.RunAsync(
            p.Begun(Offer, p.Shown), p.Clinic, p.Shown, p.User.Actor, p.Cancellation));
        Map(TakeBack, Access.TakeBack, (TakeBackReferral back, Pressed p) => back.RunAsync(
            p.Begun(TakeBack, p.Fields.Reason), new TakingBack(p.Clinic, p.Fields.Reason ?? string.Empty, p.Fields.Text, Hold: p.Fields.IsChosen),
            p.User.Actor, p.Cancellation));
        Map(Close, Access.Close, (CloseInquiry close, Pressed p) => close.RunAsync(
            p.Begun(Close, p.Fields.Reason), new Closing(p.Fields.Reason ?? string.Empty, p.Fields.Text, TellPatient: p.Fields.IsChosen),
            p.User.Actor, p.Cancellation));
        Map(Release, Access.Release, (ReleaseInquiry release, Pressed p) => release.RunOnSeenAsync(
            p.Begun(Release, null), p.User.Actor, p.Cancellation));
        Map(Reopen, Access.Reopen, (ReopenInquiry reopen, Pressed p) => reopen.RunAsync(
            p.Seen, askedByPatient: p.Fields.IsChosen, p.User.Actor, p.Cancellation));
        Map(Undo, Access.AskPatient, (UndoAction undo, Pressed p) => undo.RunAsync(
            p.Seen.Reference, p.Fields.Form, p.User.Actor, p.Cancellation));

        void Map<TUseCase>(string action, Access access, Func<TUseCase, Pressed, Task<ActionOutcome>> press)
            where TUseCase : class =>
            routes.MapConsolePost(
                $"{InquiryEndpoints.PathOf("{reference}")}/{action}", access,
                async (HttpContext context, ConsoleUser user, InquiryPages pages, BeginAction begin, NetworkCache networks,
                    [FromServices] TUseCase useCase, string reference,
                    [AsParameters] ActionFields fields, [AsParameters] WayBack back) =>
                {
                    if (!Reference.TryParse(reference, out var normal))
                    {
                        return ConsolePages.NotFound();
                    }

                    // An offer names a clinic as a person does: what is half typed is asked about, and stands against nothing.
                    if (action == Offer)
                    {
                        var meant = ClinicNames.Find(await networks.CurrentAsync(context.RequestAborted), fields.Clinic);
                        if (meant is not [var clinic])
                        {
                            return await pages.ShowAsync(
                                context, normal, InquiryHead.Summary,
                                new TypedAction(
                                    action,
                                    meant.Count > 0 ? "Several clinics are called so: choose one."
                                        : "No clinic of the network is called so. Type its name, its place or its code.",
                                    fields, [])
                                {
                                    Clinics = meant,
                                });
                        }

                        fields = fields with { Clinic = clinic.Code };
                    }

                    var draft = fields.Draft is > 0 and { } version ? new DraftSeen(user.Id, normal, action, version) : null;
                    var outcome = await press(
                        useCase, new Pressed(new Seen(normal, fields.Seen, draft), fields, user, begin, context.RequestAborted));
                    return outcome switch
                    {
                        ActionOutcome.Done done => back.To(context, action, null, done.Undo is { } undo
                            ? string.Create(CultureInfo.InvariantCulture, $"{UndoParameter}={undo:N}") : null),
                        ActionOutcome.NotFound => ConsolePages.NotFound(),
                        _ => await pages.ShowAsync(
                            context, normal, InquiryHead.Summary,
                            new TypedAction(
                                action, ActionWords.Of(outcome), fields, outcome is ActionOutcome.StandsAgainst against ? against.Standing : [])),
                    };
                });
    }

    private static string Read(string? clinic) => Typed.Code(clinic)?.ToUpperInvariant() ?? string.Empty;

    private sealed record Pressed(Seen Seen, ActionFields Fields, ConsoleUser User, BeginAction Begin, CancellationToken Cancellation)
    {
        /// <summary>It is begun, and done when it cannot be undone any more.</summary>
        public Seen Begun(string form, string? reason) => Begin.Of(
            Seen, Fields.Form, form, new ActionTyped(Fields.Text, Clinic, reason, Fields.IsChosen), User.Actor, User.Id);

        /// <summary>Why it is offered in spite of what stands against it: a reason counts for the clinic it was shown for.</summary>
        public string? Shown => Read(Fields.Shown) == Clinic ? Chosen : null;

        public string Clinic => Read(Fields.Clinic);

        /// <summary>The reason; null: none was chosen.</summary>
        public string? Chosen => string.IsNullOrEmpty(Fields.Reason) ? null : Fields.Reason;
    }
}
