using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>What a coordinator asks the patient.</summary>
/// <param name="Template">A code of <see cref="QuestionTemplate"/>, asked in the patient's language; null: only the text.</param>
/// <param name="Text">In their own words; null: only the template.</param>
public sealed record Asking(string? Template, string? Text);

/// <summary>
/// A coordinator asks the patient something: a mail with the link of their page, where the question stands and is answered. What was held waits for
/// the answer, and comes back to the coordinators with it; what is with clinics goes on.
/// </summary>
public sealed class AskPatient(Work work, PatientVault vault, LanguageSet languages, MailWriter mails)
{
    // These go on by themselves, or by something else than an answer.
    private static readonly HoldReason[] s_goOn = [HoldReason.WaitsForCapacity, HoldReason.PatientUnreachable];

    /// <param name="seen">Which inquiry.</param>
    /// <param name="formId">Of the form: sent twice it is one question.</param>
    /// <param name="asking">What is asked.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ActionOutcome> RunAsync(Seen seen, Guid formId, Asking asking, Actor who, CancellationToken cancellation)
    {
        if (asking.Template is { } template && !QuestionTemplate.All.Contains(template, StringComparer.Ordinal))
        {
            return new ActionOutcome.Invalid(ActionOutcome.NoSuchReason);
        }

        var (text, wrong) = CoordinatorWork.Read(asking.Text);
        return asking.Template is null || text.Length > 0 ? wrong ?? await AskAsync() : await AskAsync();

        Task<ActionOutcome> AskAsync() => work.RunOnSeenAsync(
            seen, CoordinatorAction.AskPatient, null,
            found => Task.FromResult(Decide(
                found, formId, asking.Template, Question(languages.For(found.Inquiry.Facts.Language), asking.Template, text), who, vault, mails, work.Now)),
            cancellation);
    }

    internal static Decided<ActionOutcome> Decide(
        CoordinatorCase found, Guid formId, string? template, string text, Actor who, PatientVault vault, MailWriter mails, DateTimeOffset now)
    {
        if (found.Free(vault, formId, text) is not { } id)
        {
            return new ActionOutcome.Done(formId);
        }

        var inquiry = found.Inquiry;
        var reason = template == QuestionTemplate.Consent ? HoldReason.ConsentAsked : HoldReason.QuestionAsked;
        var waits = inquiry.State == InquiryState.Held && !inquiry.HoldReasons.Any(s_goOn.Contains);
        return new ActionOutcome.Done(id).By<ActionOutcome>(
            // First what a second press cannot do as well: it looks again, and finds the question there.
            waits
                ? new MoveInquiry(inquiry, new InquiryMove(
                    InquiryTrigger.AskPatient, who, new HistoryEvent.PatientAsked(reason.Code, After: null),
                    [reason, .. inquiry.HoldReasons.Where(r => r != HoldReason.PatientAnswered)]))
                : new WriteHistory(inquiry, new HistoryEvent.QuestionAsked(), who),
            found.Note(vault, id, NoteKind.Question, text, now),
            new SendMail(mails.CoordinatorQuestion(inquiry, found.Patient, id)));
    }

    private static string Question(Words words, string? template, string text) =>
        template is null ? text : text.Length == 0 ? words["ask." + template] : $"{words["ask." + template]}\n\n{text}";
}
