using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// "How is it going?" When nobody has been in touch, or the patient wants no more of these questions, the coordinators hear of it.
/// </summary>
public sealed class AnswerCheckIn(Work work, PatientNotes notes, MailWriter mails)
{
    private const string UnknownAnswer = "unknown-answer";

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="answer">A code of <see cref="CheckInAnswer"/>.</param>
    /// <param name="once">Of the page it was answered on: sent twice, it is one.</param>
    /// <param name="who">Who answers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(InquiryId inquiryId, string answer, string once, Actor who, CancellationToken cancellation) =>
        work.RunOnCaseAsync(inquiryId, found => Task.FromResult(Decide(found, answer, once, who)), cancellation);

    private Decided<Outcome> Decide(PatientCase found, string answer, string once, Actor who)
    {
        if (found.WhyNot(PatientAction.CheckIn) is { } refused)
        {
            return refused;
        }

        if (!CheckInAnswer.All.Contains(answer, StringComparer.Ordinal))
        {
            return new Outcome.NotPossible(UnknownAnswer);
        }

        var (inquiry, having) = (found.Inquiry, found.Referrals.Where(r => found.Of(r).HasPatient).ToList());
        var place = new NotePlace(MailAbout.Of(inquiry.Id.Value, "check-in " + once), having.Count == 1 ? having[0].Id : null);
        if (notes.NoteOf(found, place, NoteKind.CheckIn, answer) is not { } note)
        {
            return Outcome.AlreadyDone.It;
        }

        return Outcome.Done.It.By<Outcome>(
            new WriteHistory(inquiry, new HistoryEvent.CheckedIn(answer), who),
            answer == CheckInAnswer.Stop ? new StopCheckIns(inquiry.Id) : null,
            new AddNote(CheckInAnswer.IsForCoordinators(answer) ? note with { Signal = answer } : note),
            CheckInAnswer.IsForCoordinators(answer)
                ? SendMail.If(mails.CheckInAnswered(inquiry, found.Patient, note.Id, answer, [.. having.Select(r => r.ClinicCode)]))
                : null);
    }
}
