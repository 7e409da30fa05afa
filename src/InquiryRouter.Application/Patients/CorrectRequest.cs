using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// The patient mends what they ask for, until a clinic has it in hand. It is a new question: screened and matched as if it had just come;
/// offers that are open are taken back, since they were for something else. In other words alone the same is asked for: that takes nothing
/// from a clinic which considers it, and the clinic is told of them.
/// </summary>
public sealed class CorrectRequest(
    Work work, InquiryValidator validator, Screener screener, PatientVault vault, NetworkCache networks, MailWriter mails)
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

        // Names and addresses are kept as they are: only the message, or what they call their condition, is another.
        var isNamedAnew = data.ConditionNamed != corrected.Patient.ConditionNamed;
        var isMessageOnly = facts == inquiry.Facts && !isNamedAnew;
        if (isMessageOnly && found.Referrals.Any(r => found.Facts.ReadsInformation(found.Of(r))))
        {
            return Reword(found, data.Message, corrected.Patient, who, network);
        }

        return new CorrectionOutcome.Done().By<CorrectionOutcome>(
        [
            new MoveInquiry(inquiry, InquiryTrigger.Correct, who),
            .. found.Referrals.Where(r => ReferralTransitions.IsOpen(r.State) && !isMessageOnly).Withdraw(
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

            // What a coordinator has read stays read, but not of another text.
            Anew(inquiry, corrected.Patient.Message != data.Message ? HoldReason.Emergency : null, isNamedAnew ? HoldReason.ConditionNotListed : null),
            new AnnounceReceived(inquiry),
        ]);
    }

    private static Store? Anew(InquiryRecord inquiry, params IEnumerable<HoldReason?> reasons)
    {
        var read = inquiry.Released.Except(reasons.OfType<HoldReason>()).ToList();
        return read.Count == inquiry.Released.Count ? null
            : new Store("read-anew", tx => InquiryStore.KeepReleasedAsync(tx, inquiry.Id, read));
    }

    // As if it had been added: words of an emergency in what was not in it before hold it, and offers wait until it goes on.
    private Decided<CorrectionOutcome> Reword(PatientCase found, string? before, PatientData corrected, Actor who, NetworkSnapshot network)
    {
        var inquiry = found.Inquiry;
        var emergency = screener.HasNewEmergencyWords(corrected.Message, before);
        var move = emergency && found.Moves.EmergencyHolds ? found.Moves.Written(emergency) : null;
        var told = move is not null ? [] : found.Readers(holds: false);
        return new CorrectionOutcome.Done(IsMessageOnly: true).By<CorrectionOutcome>(
        [
            found.Step(move, who, new HistoryEvent.MessageCorrected(), emergency),
            move is null ? null : new StopWaiting(inquiry.Id),
            move is null ? null : new AnnounceHeld(inquiry),
            new StoreCorrection(inquiry.Id, inquiry.Facts, vault.Reseal(found.Patient, corrected)),
            .. told.Select(r => ClinicNotice.To(network, r, (clinic, token) => mails.InformationAdded(
                inquiry, found.Patient, MailAbout.Of(inquiry.Id.Value, $"message {inquiry.AuditCount}"), r.Id, clinic, token))),
        ]);
    }
}
