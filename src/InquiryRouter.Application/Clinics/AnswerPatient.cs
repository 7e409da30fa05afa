using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic answers what the patient has asked; the answer stands on both pages, and the patient is mailed.</summary>
public sealed class AnswerPatient(ReferralCases cases, MailWriter mails, PatientVault vault)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="questionId">What was asked: it is answered once.</param>
    /// <param name="text">The answer.</param>
    /// <param name="who">Who answers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(ReferralId referralId, Guid questionId, string text, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, questionId, text, who, mails, vault), cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, Guid questionId, string text, Actor who, MailWriter mails, PatientVault vault)
    {
        if (found.Asked.FirstOrDefault(q => q.Id == questionId) is not { } question)
        {
            return Outcome.NotFound.It;
        }

        if (found.ReplyTo(question) is not null)
        {
            return Outcome.AlreadyDone.It;
        }

        if (found.WhyNot(ClinicAction.Reply) is { } refused)
        {
            return refused;
        }

        var id = NoteStore.AnswerId(questionId);
        return Outcome.Done.It.By<Outcome>(
            new WriteHistory(found.Inquiry, new HistoryEvent.ClinicReplied(), who),
            AddNote.If(found.Note(vault, patient, NoteKind.Reply, text) is { } note ? note with { Id = id } : null),
            new SendMail(mails.ClinicReply(found.Inquiry, patient, id, found.Referral.Id, found.Clinic)));
    }
}
