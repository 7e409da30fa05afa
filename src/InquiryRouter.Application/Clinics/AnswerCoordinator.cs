using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic answers what a coordinator has written; the coordinators are told.</summary>
public sealed class AnswerCoordinator(ReferralCases cases, MailWriter mails, PatientVault vault)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="formId">Of the form: sent twice it is one answer.</param>
    /// <param name="text">The answer.</param>
    /// <param name="who">Who answers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(ReferralId referralId, Guid formId, string text, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, formId, text, who, mails, vault), cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, Guid formId, string text, Actor who, MailWriter mails, PatientVault vault)
    {
        var free = FormIds.Free(
            formId, id => found.Notes.FirstOrDefault(n => n.Id == id) is { } stored ? NoteStore.Open(vault, patient, stored) == text : null);
        if (free is not { } id)
        {
            return Outcome.AlreadyDone.It;
        }

        if (found.WhyNot(ClinicAction.AnswerCoordinator) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
            new WriteHistory(found.Inquiry, new HistoryEvent.ClinicAnswered(), who),
            AddNote.If(found.Note(vault, patient, NoteKind.Message, text) is { } note ? note with { Id = id } : null),
            SendMail.If(mails.ClinicAnswered(found.Inquiry, patient, id)));
    }
}
