using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// The time to undo an action is over: it is done, if it is still possible and nothing has happened since it was decided on that makes it stale. Else
/// it is dropped: the history says why, and what was typed is a draft again.
/// </summary>
public sealed class CarryOutAction(
    Work work, PatientVault vault, AskPatient ask, WriteToClinic write, OfferToClinic offer, TakeBackReferral takeBack, CloseInquiry close,
    ReleaseInquiry release) : IHandle<ActionDue>
{
    public async Task HandleAsync(ActionDue message, MessageContext context, CancellationToken cancellation)
    {
        var (begun, inquiry) = await work.ReadAsync(
            async session => (await PendingActionStore.FindAsync(session, message.InquiryId), await InquiryStore.FindAsync(session, message.InquiryId)),
            cancellation);

        // It was undone, done, or went with the patient.
        if (begun is null || inquiry is null || begun.Id != message.ActionId)
        {
            await work.ApplyAsync(context, [], cancellation);
            return;
        }

        var (seen, who) = (new Seen(inquiry.Reference, begun.Line) { Begun = begun.Id }, Actor.Coordinator(begun.ActorName));
        var outcome = await DoAsync(seen, begun, who, cancellation);
        if (outcome is not ActionOutcome.Done)
        {
            await DropAsync(inquiry.Reference, begun, CodeOf(outcome), who, cancellation);
        }

        await work.ApplyAsync(context, [], cancellation);
    }

    private Task<ActionOutcome> DoAsync(Seen seen, PendingAction begun, Actor who, CancellationToken cancellation)
    {
        var typed = ActionTyped.Read(PendingActionStore.Open(vault, begun));
        return begun.Form switch
        {
            ActionForms.Ask => ask.RunAsync(seen, begun.Id, new Asking(typed.Reason, typed.Text), who, cancellation),
            ActionForms.Write => write.RunAsync(seen, begun.Id, typed.Clinic!, typed.Text, who, cancellation),
            ActionForms.Offer => offer.RunAsync(seen, typed.Clinic!, typed.Reason, who, cancellation),
            ActionForms.TakeBack => takeBack.RunAsync(
                seen, new TakingBack(typed.Clinic!, typed.Reason!, typed.Text, Hold: typed.IsChosen), who, cancellation),
            ActionForms.Close => close.RunAsync(seen, new Closing(typed.Reason!, typed.Text, TellPatient: typed.IsChosen), who, cancellation),
            ActionForms.Release => release.RunOnSeenAsync(seen, who, cancellation),
            _ => throw new InvalidOperationException($"'{begun.Form}' is not known. Was it begun by a newer version?"),
        };
    }

    private Task<bool> DropAsync(string reference, PendingAction begun, string why, Actor who, CancellationToken cancellation) => work.RunAsync(
        session => CoordinatorWork.LoadAsync(session, reference),
        loaded => Task.FromResult<Decided<bool>>(loaded.Found is not { } found || found.Begun?.Id != begun.Id ? false : true.By<bool>(
        [
            new WriteHistory(found.Inquiry, new HistoryEvent.Dropped(begun.Form, why), who),
            .. UndoAction.End(found.Inquiry.Id, begun),
        ])),
        cancellation);

    private static string CodeOf(ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Stale => "something-happened",
        ActionOutcome.StandsAgainst => "clinic-not-possible",
        ActionOutcome.Refused refused => RefusalWords.Code(refused.Why),
        ActionOutcome.Invalid invalid => invalid.Why,
        _ => "gone",
    };
}
