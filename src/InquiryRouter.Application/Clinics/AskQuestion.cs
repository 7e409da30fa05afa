using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic asks the patient something; the answer appears on the clinic's page.</summary>
public sealed class AskQuestion(ReferralCases cases, MailWriter mails, PatientVault vault)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="formId">Of the form: sent twice it is one question.</param>
    /// <param name="text">The question.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(ReferralId referralId, Guid formId, string text, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, formId, text, who, mails, vault), cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, Guid formId, string text, Actor who, MailWriter mails, PatientVault vault) =>
        new ClinicNote(ClinicAction.Ask, NoteKind.Question, new HistoryEvent.QuestionAsked()).Decide(
            found, patient, formId, text, who, vault,
            id => new SendMail(mails.NeedsInformation(found.Inquiry, patient, id, found.Referral.Id, found.Clinic)));
}
