using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// The patient mends what they ask for, until a clinic has it in hand. It is a new question: screened and matched as if it had just come;
/// offers that are open are taken back, since they were for something else.
/// </summary>
public sealed class CorrectRequest(Work work, InquiryValidator validator, PatientVault vault, NetworkCache networks, MailWriter mails)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">The fields as they were typed; those of names, addresses and consent do not count.</param>
    /// <param name="misread">What could not be read as a number.</param>
    /// <param name="who">Who corrects.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<CorrectionOutcome> RunAsync(
        InquiryId inquiryId, InquiryForm typed, IReadOnlyList<FieldError> misread, Actor who, CancellationToken cancellation) =>
        work.RunOnCaseAsync(
            inquiryId,
            CorrectionOutcome.Refused.Gone,
            found => DecideAsync(found, typed, misread, who, cancellation),
            cancellation);

    internal async Task<Decided<CorrectionOutcome>> DecideAsync(
        PatientCase found, InquiryForm typed, IReadOnlyList<FieldError> misread, Actor who, CancellationToken cancellation) =>
        Decide(found, typed, misread, who, await networks.CurrentAsync(cancellation));

    private Decided<CorrectionOutcome> Decide(
        PatientCase found, InquiryForm typed, IReadOnlyList<FieldError> misread, Actor who, NetworkSnapshot network)
    {
        if (found.WhyNot(PatientAction.CorrectRequest) is { } refused)
        {
            return new CorrectionOutcome.Refused(refused);
        }

        var (inquiry, data) = (found.Inquiry, vault.Open(found.Patient));
        var form = Correction.OfRequest(Correction.FormOf(inquiry.Facts, data, found.Consent), typed);
        var (corrected, invalid) = validator.Validate(form, data.StatusToken, work.Now);
        if (misread.Count > 0 || corrected is null)
        {
            return new CorrectionOutcome.Invalid(misread.And(invalid));
        }

        var facts = Correction.Kept(corrected.Facts, inquiry.Facts);
        if (facts == inquiry.Facts && corrected.Patient == data)
        {
            return new CorrectionOutcome.Done();
        }

        return new CorrectionOutcome.Done().By<CorrectionOutcome>(
        [
            new MoveInquiry(inquiry, InquiryTrigger.Correct, who),
            .. found.Referrals.Where(r => ReferralTransitions.IsOpen(r.State)).Withdraw(
                WithdrawReason.Corrected, network, (r, clinic) => mails.OfferWithdrawn(inquiry, found.Patient, r.Id, clinic)),
            new StopWaiting(inquiry.Id),
            new StoreCorrection(inquiry.Id, facts, vault.Reseal(found.Patient, corrected.Patient)),

            // Screening finds both anew.
            new Store("forget-findings", async tx =>
            {
                await SearchTokenStore.RemoveAsync(tx, inquiry.Id);
                await NameTokenStore.RemoveAsync(tx, inquiry.Id);
                await SpamScoreStore.RemoveAsync(tx, inquiry.Id);
            }),
            new AnnounceReceived(inquiry),
        ]);
    }
}
