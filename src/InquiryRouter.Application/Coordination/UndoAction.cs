using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>How long a coordinator may take back what they wrote: as long as its mail is held back, whatever happens to the program meanwhile.</summary>
public static class Undoing
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);
}

/// <summary>
/// A coordinator takes back a question to the patient or a message to a clinic before anybody was told: its mail is withdrawn, its text is
/// a draft again, and an inquiry that waited for the answer is held as before.
/// </summary>
public sealed class UndoAction(Work work, PatientVault vault)
{
    // The forms it is written in.
    private const string QuestionForm = "ask";
    private const string MessageForm = "write";

    /// <param name="reference">Which inquiry.</param>
    /// <param name="undo">What the action gave back.</param>
    /// <param name="who">Who takes it back.</param>
    /// <param name="writer">Whose draft the text becomes; null: nobody's, and it is gone.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ActionOutcome> RunAsync(string reference, Guid undo, Actor who, UserId? writer, CancellationToken cancellation)
    {
        try
        {
            return await work.RunOnSeenAsync(
                new Seen(reference), CoordinatorAction.Note, null,
                found => Task.FromResult(KeepText(Decide(found, undo, who), found, undo, writer)), cancellation);
        }
        catch (SentException)
        {
            return new ActionOutcome.Invalid(ActionOutcome.TooLate);
        }
    }

    // What was typed is not lost with what was sent: unless they have begun something else in the form meanwhile.
    private Decided<ActionOutcome> KeepText(Decided<ActionOutcome> decided, CoordinatorCase found, Guid undo, UserId? writer)
    {
        if (decided.Outcome is not ActionOutcome.Done || writer is not { } user)
        {
            return decided;
        }

        var note = found.Case.Notes.First(n => n.Id == undo);
        var form = note.Kind == NoteKind.Question ? QuestionForm : MessageForm;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = NoteStore.Open(vault, found.Patient, note) };
        if (found.Case.Referrals.FirstOrDefault(r => r.Id == note.ReferralId) is { } referral)
        {
            fields["clinic"] = referral.ClinicCode;
        }

        var content = DraftStore.Seal(vault, found.Patient, fields);
        return decided with
        {
            Steps =
            [
                .. decided.Steps,
                new Store("draft", async tx =>
                {
                    if (await DraftStore.FindVersionAsync(tx, user, found.Inquiry.Id, form) is null)
                    {
                        await DraftStore.SaveAsync(
                            tx, user, found.Inquiry.Id, form, content, was: null, DraftStore.NextVersion(tx.Now, null));
                    }
                }),
            ],
        };
    }

    internal static Decided<ActionOutcome> Decide(CoordinatorCase found, Guid undo, Actor who)
    {
        var (inquiry, notes) = (found.Inquiry, found.Case.Notes);
        if (notes.FirstOrDefault(n => n.Id == undo) is not { Author: NoteAuthor.Coordinator, Kind: NoteKind.Question or NoteKind.Message } note
            || notes.Any(n => n.Id == NoteStore.AnswerId(undo)))
        {
            return new ActionOutcome.Invalid(ActionOutcome.TooLate);
        }

        var isQuestion = note.Kind == NoteKind.Question;
        var kind = isQuestion ? MailKind.CoordinatorQuestion : MailKind.CoordinatorMessage;

        // It waits for this answer unless somebody has asked something else since.
        var asked = found.Case.History.LastOrDefault(e => e.Event is HistoryEvent.PatientAsked);
        HoldReason[] asking = [HoldReason.QuestionAsked, HoldReason.ConsentAsked];
        var newest = notes.Last(n => n is { Author: NoteAuthor.Coordinator, Kind: NoteKind.Question or NoteKind.Message });
        var waits = isQuestion && inquiry.State == InquiryState.AwaitingPatient && newest == note && asked?.At >= note.At
            && inquiry.HoldReasons.Any(asking.Contains);
        return ActionOutcome.Done.It.By<ActionOutcome>(
            waits
                ? new MoveInquiry(inquiry, new InquiryMove(
                    InquiryTrigger.Hold, who, new HistoryEvent.Held.QuestionUndone(), [.. inquiry.HoldReasons.Where(r => !asking.Contains(r))]))
                : new WriteHistory(inquiry, new HistoryEvent.Undone(isQuestion ? "question-asked" : "clinic-written"), who),
            new Store("before it was sent", async tx =>
            {
                if (!await MailStore.WithdrawAsync(tx, kind, undo))
                {
                    throw new SentException();
                }

                await NoteStore.RemoveAsync(tx, undo);
            }));
    }

    private sealed class SentException : Exception;
}
