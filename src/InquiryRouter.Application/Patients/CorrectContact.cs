using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient mends names and addresses, at any time: clinics that may see them see the new ones.</summary>
public sealed class CorrectContact(Work work, InquiryValidator validator, PatientVault vault, KeyedHash hash, MailWriter mails)
{
    /// <summary>Not possible: the address was changed too often, or too many inquiries were moved to this one.</summary>
    public const string ChangedOften = "changed-often";

    private const string LinkReplaced = "link-replaced";

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">The fields as they were typed; only those of names and addresses count.</param>
    /// <param name="linkReplaced">
    /// They came with a link that was replaced a moment ago, as by the first of two presses: when what was typed is stored by now, it was,
    /// and the new link is theirs, too; nothing is changed.
    /// </param>
    /// <param name="who">Who corrects.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<CorrectionOutcome> RunAsync(
        InquiryId inquiryId, InquiryForm typed, bool linkReplaced, Actor who, CancellationToken cancellation) => work.RunOnCaseAsync(
        inquiryId, CorrectionOutcome.Refused.Gone, found => DecideAsync(found, typed, linkReplaced, who, cancellation), cancellation);

    internal async Task<Decided<CorrectionOutcome>> DecideAsync(
        PatientCase found, InquiryForm typed, bool linkReplaced, Actor who, CancellationToken cancellation)
    {
        if (found.WhyNot(PatientAction.CorrectContact) is { } refused)
        {
            return new CorrectionOutcome.Refused(refused);
        }

        var (inquiry, data) = (found.Inquiry, vault.Open(found.Patient));
        var form = Correction.OfContact(Correction.FormOf(inquiry.Facts, data, found.Consent), typed);
        var (corrected, errors) = validator.Validate(form, data.StatusToken, work.Now);
        if (corrected is null)
        {
            return new CorrectionOutcome.Invalid(errors);
        }

        if (corrected.Patient == data)
        {
            // Pressed twice, the second finds the link of the first.
            return new CorrectionOutcome.Done(data.StatusToken);
        }

        if (linkReplaced)
        {
            return new CorrectionOutcome.Refused(new Outcome.NotPossible(LinkReplaced));
        }

        // Whoever reads the old address has the old link: it ends, and both addresses are told.
        var moves = !SearchKeys.Mail(corrected.Patient.ContactEmail).Equals(SearchKeys.Mail(data.ContactEmail), StringComparison.Ordinal);
        var request = new MailRequest(
            MailKind.AddressConfirmed, inquiry.Id, hash.OfMailbox(corrected.Patient.ContactEmail),
            hash.Compute("mail-asker", inquiry.Id.Value.ToByteArray()));
        if (moves && await IsTooOftenAsync(request, cancellation))
        {
            return new CorrectionOutcome.Refused(new Outcome.NotPossible(ChangedOften));
        }

        var token = moves ? AccessLinkStore.NewToken() : data.StatusToken;
        var changed = vault.Reseal(found.Patient, corrected.Patient with { StatusToken = token });

        var move = moves ? found.Moves.AddressCorrected : null;

        // Before screening there are none: it makes them of what it finds then.
        var tokens = found.AwaitsScreening ? [] : hash.SearchTokensOf(corrected.Patient, inquiry.Facts.BirthYear, withMessage: false);
        var names = found.AwaitsScreening ? [] : hash.NameTokensOf(corrected.Patient);
        return new CorrectionOutcome.Done(moves ? token : null).By<CorrectionOutcome>(
        [
            found.Step(move, who, new HistoryEvent.ContactCorrected()),
            move?.Trigger == InquiryTrigger.Release ? new AnnounceCleared(inquiry) : null,
            new StoreCorrection(inquiry.Id, inquiry.Facts, changed),
            tokens.Count > 0 ? new Store("search-tokens", async tx =>
            {
                await SearchTokenStore.ReplaceContactAsync(tx, inquiry.Id, tokens);
                await NameTokenStore.ReplaceAsync(tx, inquiry.Id, names);
            }) : null,
            .. moves ? Move(found, changed, data, corrected.Patient, token) : [],
            moves ? new CountMailRequest(request) : null,
        ]);
    }

    private Task<bool> IsTooOftenAsync(MailRequest request, CancellationToken cancellation) => work.ReadAsync(
        async session =>
            await MailRequestStore.CountByAsync(session, request.Kind, request.Asker!, session.Now - MailAllowance.Day) >= MailAllowance.ChangesOfAddress
            || await MailRequestStore.IsSpentAsync(session, request),
        cancellation);

    private IReadOnlyList<Step> Move(PatientCase found, SealedPatient changed, PatientData before, PatientData after, string token)
    {
        var (old, now) = (hash.OfAddress(before.ContactEmail), hash.OfAddress(after.ContactEmail));
        return
        [
            // "We ask no more" was said to the person, not to the address.
            new Store("unsubscription", async tx =>
            {
                if (await MailStore.IsUnsubscribedAsync(tx, old))
                {
                    await MailStore.UnsubscribeAsync(tx, now);
                }
            }),
            .. NewLink.InPlaceOfPatients(token, found.Inquiry.Id),
            new Store("reachable", tx => UnreachablePatientStore.RemoveAsync(tx, found.Inquiry.Id)),
            new LookAgain(found.Inquiry.Id),
            new SendMailWithin(
                mails.AddressChanged(found.Inquiry, found.Patient),
                new MailRequest(MailKind.AddressChanged, found.Inquiry.Id, hash.OfMailbox(before.ContactEmail), null), UnlessDead: old),
            new SendMail(mails.AddressConfirmed(found.Inquiry, changed)),
        ];
    }
}
