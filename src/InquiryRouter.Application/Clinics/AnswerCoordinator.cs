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
        ReferralCase found, SealedPatient patient, Guid formId, string text, Actor who, MailWriter mails, PatientVault vault) =>
        new ClinicNote(ClinicAction.AnswerCoordinator, NoteKind.Message, new HistoryEvent.ClinicAnswered()).Decide(
            found, patient, formId, text, who, vault, id => SendMail.If(mails.ClinicAnswered(found.Inquiry, patient, id)));
}
