using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A coordinator undoes what they or a colleague have begun, before it is done: nothing was changed and nobody was told. What was typed is a draft
/// again of whoever typed it.
/// </summary>
public sealed class UndoAction(Work work)
{
    /// <param name="reference">Which inquiry.</param>
    /// <param name="undo">What the action gave back.</param>
    /// <param name="who">Who undoes it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<ActionOutcome> RunAsync(string reference, Guid undo, Actor who, CancellationToken cancellation) => work.RunOnSeenAsync(
        new Seen(reference), CoordinatorAction.Note, null, found => Task.FromResult(Decide(found, undo, who)), cancellation);

    internal static Decided<ActionOutcome> Decide(CoordinatorCase found, Guid undo, Actor who) =>
        found.Begun is not { } begun || begun.Id != undo
            ? new ActionOutcome.Invalid(ActionOutcome.TooLate)
            : ActionOutcome.Done.It.By<ActionOutcome>([new WriteHistory(found.Inquiry, new HistoryEvent.Undone(begun.Form), who), .. End(found.Inquiry.Id, begun)]);

    /// <summary>It waits no longer. What was typed is not lost with it: unless they have begun something else in the form meanwhile.</summary>
    internal static IEnumerable<Step> End(InquiryId inquiryId, PendingAction begun) =>
    [
        new Store("ended", tx => PendingActionStore.EndAsync(tx, begun.Id)),
        new Store("draft", async tx =>
        {
            if (begun.UserId is { } user && begun.Form != ActionForms.Release && await DraftStore.FindVersionAsync(tx, user, inquiryId, begun.Form) is null)
            {
                await DraftStore.SaveAsync(
                    tx, user, inquiryId, begun.Form, begun.Sealed, was: null, DraftStore.NextVersion(tx.Now, null));
            }
        }),
    ];
}
