using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Web.Patient.Decisions;

/// <summary>What became of a correction: nothing was changed while there are errors.</summary>
public sealed record CorrectionOutcome(string Notice, IReadOnlyList<FieldError> Errors);

/// <summary>
/// The patient mends what they sent: how they can be reached at any time, what they ask for until a clinic has it in hand. The second is a new
/// question: it is screened and matched as if it had just come.
/// </summary>
public sealed class Corrections(
    Database database, PatientDecisions decisions, InquiryValidator validator, PatientVault vault, KeyedHash hash, NetworkCache networks, MailWriter mails)
{
    /// <summary>Changes names and addresses; clinics that may see them see the new ones.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">The fields as they were typed; those of <see cref="CorrectionForm.Contact"/> count.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<CorrectionOutcome> CorrectContactAsync(Guid inquiryId, InquiryForm typed, CancellationToken cancellation) => CorrectAsync(
        inquiryId, [],
        (found, data) =>
        {
            var form = CorrectionForm.Of(found, data);
            form.PatientName = typed.PatientName;
            form.PatientEmail = typed.PatientEmail;
            form.PatientPhone = typed.PatientPhone;
            form.InquirerName = typed.InquirerName;
            form.InquirerEmail = typed.InquirerEmail;
            return form;
        },
        async (found, patient, data, corrected) =>
        {
            if (corrected.Patient != data)
            {
                var changed = vault.Reseal(patient, corrected.Patient);

                // Before screening there are none: it makes them of what it finds then.
                var tokens = found.AwaitsScreening ? [] : hash.SearchTokensOf(corrected.Patient, found.Inquiry.Facts.BirthYear, withMessage: false);
                await database.WriteAsync(
                    async tx =>
                    {
                        await InquiryStore.RecordAsync(tx, found.Inquiry, AuditAction.ContactCorrected, Actor.Patient);
                        await InquiryStore.CorrectAsync(tx, inquiryId, found.Inquiry.Facts, changed);
                        if (tokens.Count > 0)
                        {
                            await SearchTokenStore.ReplaceContactAsync(tx, inquiryId, tokens);
                        }
                    },
                    Priority.Interactive,
                    cancellation);
            }

            return StatusNotice.ContactCorrected;
        },
        cancellation);

    /// <summary>Changes what is asked for; offers that are open are taken back, since they were for something else.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">The fields as they were typed; those of <see cref="CorrectionForm.Request"/> count.</param>
    /// <param name="misread">What could not be read as a number.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<CorrectionOutcome> CorrectRequestAsync(Guid inquiryId, InquiryForm typed, IReadOnlyList<FieldError> misread, CancellationToken cancellation) => CorrectAsync(
        inquiryId, misread,
        (found, data) => CorrectionForm.WithContactOf(CorrectionForm.Of(found, data), typed),
        async (found, patient, data, corrected) =>
        {
            var facts = CorrectionForm.Kept(corrected.Facts, found.Inquiry.Facts);
            if (facts == found.Inquiry.Facts && corrected.Patient == data)
            {
                return StatusNotice.Corrected;
            }

            if (found.IsInHand)
            {
                return StatusNotice.Moved;
            }

            var changed = vault.Reseal(patient, corrected.Patient);
            var ended = await TakenBack.PrepareAsync(
                networks, mails, found, patient, found.Referrals.Where(r => ReferralTransitions.IsOpen(r.State)), WithdrawReason.Corrected, cancellation);
            await database.WriteAsync(
                async tx =>
                {
                    var version = await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Correct, Actor.Patient));
                    await ended.ApplyAsync(tx);
                    await LoadStore.StopWaitingAsync(tx, inquiryId);
                    await InquiryStore.CorrectAsync(tx, inquiryId, facts, changed);

                    // Screening finds both anew.
                    await SearchTokenStore.RemoveAsync(tx, inquiryId);
                    await SpamScoreStore.RemoveAsync(tx, inquiryId);
                    await OutboxStore.AddAsync(tx, new InquiryReceived { InquiryId = inquiryId, Version = version });
                },
                Priority.Interactive,
                cancellation);
            return StatusNotice.Corrected;
        },
        cancellation);

    private async Task<CorrectionOutcome> CorrectAsync(
        Guid inquiryId, IReadOnlyList<FieldError> misread, Func<PatientCase, PatientData, InquiryForm> form,
        Func<PatientCase, SealedPatient, PatientData, NewInquiry, Task<string>> apply, CancellationToken cancellation)
    {
        IReadOnlyList<FieldError> errors = [];
        var outcome = await decisions.DecideAsync(
            inquiryId,
            async (found, patient) =>
            {
                if (found.IsOver)
                {
                    return StatusOutcome.Moved;
                }

                var data = vault.Open(patient);
                var (corrected, invalid) = validator.Validate(form(found, data), data.StatusToken, database.Clock.GetUtcNow());
                errors = [.. misread, .. invalid.Where(e => misread.All(m => m.Field != e.Field))];
                return errors.Count > 0 || corrected is null ? StatusOutcome.Moved : new StatusOutcome(await apply(found, patient, data, corrected));
            },
            cancellation);
        return new CorrectionOutcome(outcome.Notice, errors);
    }
}
