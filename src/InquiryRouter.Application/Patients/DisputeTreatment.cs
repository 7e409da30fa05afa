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
/// "That isn't so", to a booking or a treatment as a clinic has reported it. Nothing is moved by it: a coordinator hears of it, also of an
/// inquiry that is closed, and speaks with both.
/// </summary>
public sealed class DisputeTreatment(Work work, PatientNotes notes, MailWriter mails)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="who">Who says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(InquiryId inquiryId, int n, Actor who, CancellationToken cancellation) =>
        work.RunOnCaseAsync(inquiryId, found => Task.FromResult(Decide(found, n, who)), cancellation);

    private Decided<Outcome> Decide(PatientCase found, int n, Actor who)
    {
        if (found.WhyNot(PatientAction.Dispute, n) is { } refused)
        {
            return refused;
        }

        var (inquiry, referral) = (found.Inquiry, found.Referral(n)!);

        // A clinic may report anew: each report can be disputed.
        var place = new NotePlace(MailAbout.Of(referral.Id.Value, $"not so {inquiry.AuditCount}"), referral.Id);
        if (notes.NoteOf(found, place, NoteKind.CheckIn, CheckInAnswer.NotSo) is not { } note)
        {
            return Outcome.AlreadyDone.It;
        }

        return Outcome.Done.It.By<Outcome>(
            new WriteHistory(inquiry, new HistoryEvent.CheckedIn(CheckInAnswer.NotSo), who),
            new DisputeReport(referral),
            new AddNote(note with { Signal = CheckInAnswer.NotSo }),
            SendMail.If(mails.TreatmentDisputed(inquiry, note.Id, referral.ClinicCode)));
    }
}
