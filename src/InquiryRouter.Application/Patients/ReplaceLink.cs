using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient ends the link of their page, wherever else it may be open or have been sent on to: they get a new one.</summary>
public sealed class ReplaceLink(Work work, PatientVault vault, KeyedHash hash, MailWriter mails)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>With the secret of the new link.</returns>
    public Task<CorrectionOutcome> RunAsync(InquiryId inquiryId, Actor who, CancellationToken cancellation) => work.RunOnCaseAsync(
        inquiryId, CorrectionOutcome.Refused.Gone, found => DecideAsync(found, who, cancellation), cancellation);

    private async Task<Decided<CorrectionOutcome>> DecideAsync(PatientCase found, Actor who, CancellationToken cancellation)
    {
        var (inquiry, data, token) = (found.Inquiry, vault.Open(found.Patient), AccessLinkStore.NewToken());
        var changed = vault.Reseal(found.Patient, data with { StatusToken = token });
        var request = new MailRequest(MailKind.StatusLink, inquiry.Id, hash.OfMailbox(data.ContactEmail), null);
        if (await work.ReadAsync(session => MailRequestStore.IsSpentAsync(session, request), cancellation))
        {
            // Without a mail that has the new one, the patient would be left without a link.
            return new CorrectionOutcome.Refused(new Outcome.NotPossible(CorrectContact.ChangedOften));
        }

        return new CorrectionOutcome.Done(token).By<CorrectionOutcome>(
        [
            found.Step(null, who, new HistoryEvent.LinkReplaced()),
            new StoreCorrection(inquiry.Id, inquiry.Facts, changed),
            .. NewLink.InPlaceOfPatients(token, inquiry.Id),
            new CountMailRequest(request),
            new SendMail(mails.StatusLink(inquiry, changed, Guid.CreateVersion7())),
        ]);
    }
}
