using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>What became of a correction: nothing was changed while there are errors.</summary>
/// <param name="Notice">A code of <see cref="StatusNotice"/>.</param>
/// <param name="Errors">What is wrong with what was typed.</param>
/// <param name="Token">The secret of the link from now on; null: as before.</param>
public sealed record CorrectionOutcome(string Notice, IReadOnlyList<FieldError> Errors, string? Token = null);

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
        inquiryId, [], (found, data) => CorrectionForm.WithContactTyped(CorrectionForm.Of(found, data), typed),
        async (found, patient, data, corrected) =>
        {
            if (corrected.Patient == data)
            {
                // Pressed twice, the second finds the link of the first.
                return new(StatusNotice.ContactCorrected, Token: data.StatusToken);
            }

            // Whoever reads the old address has the old link: it ends, and both addresses are told.
            var moves = !SearchKeys.Mail(corrected.Patient.ContactEmail).Equals(SearchKeys.Mail(data.ContactEmail), StringComparison.Ordinal);
            var token = moves ? AccessLinkStore.NewToken() : data.StatusToken;
            var changed = vault.Reseal(patient, corrected.Patient with { StatusToken = token });
            var told = moves ? new[] { mails.AddressChanged(found.Inquiry, patient), mails.AddressConfirmed(found.Inquiry, changed) } : [];

            // Before screening there are none: it makes them of what it finds then.
            var tokens = found.AwaitsScreening ? [] : hash.SearchTokensOf(corrected.Patient, found.Inquiry.Facts.BirthYear, withMessage: false);
            await database.WriteAsync(
                async tx =>
                {
                    await GoOnAsync(tx, found.Inquiry, moves);
                    await InquiryStore.CorrectAsync(tx, inquiryId, found.Inquiry.Facts, changed);
                    if (tokens.Count > 0)
                    {
                        await SearchTokenStore.ReplaceContactAsync(tx, inquiryId, tokens);
                    }

                    if (moves)
                    {
                        // "We ask no more" was said to the person, not to the address.
                        if (await MailStore.IsUnsubscribedAsync(tx, hash.OfAddress(data.ContactEmail)))
                        {
                            await MailStore.UnsubscribeAsync(tx, hash.OfAddress(corrected.Patient.ContactEmail));
                        }

                        await AccessLinkStore.RevokeAsync(tx, LinkPurpose.Status, inquiryId);
                        await AccessLinkStore.RevokeAsync(tx, LinkPurpose.Unsubscribe, inquiryId);
                        await AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(token), LinkPurpose.Status, inquiryId, AccessLinkStore.StatusLifetime);
                    }

                    foreach (var mail in told)
                    {
                        await MailStore.AddAsync(tx, mail);
                    }
                },
                Priority.Interactive,
                cancellation);
            return new(StatusNotice.ContactCorrected, Token: moves ? token : null);
        },
        cancellation);

    // An inquiry that was held because mail to the old address did not arrive, and for nothing else, goes on.
    private static async Task GoOnAsync(Tx tx, InquiryRecord inquiry, bool moves)
    {
        var reachable = moves && await UnreachablePatientStore.RemoveAsync(tx, inquiry.Id);
        if (!reachable || inquiry.State != InquiryState.Held || !inquiry.HoldReasons.Contains(HoldReason.PatientUnreachable))
        {
            await InquiryStore.RecordAsync(tx, inquiry, AuditAction.ContactCorrected, Actor.Patient);
            return;
        }

        var left = UnreachablePatient.ReasonsLeft(inquiry.HoldReasons);
        var trigger = left.Count > 0 ? InquiryTrigger.Hold : InquiryTrigger.Release;
        var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(trigger, Actor.Patient, AuditAction.ContactCorrected, left));
        if (trigger == InquiryTrigger.Release)
        {
            await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = inquiry.Id, Version = version });
        }
    }

    /// <summary>A second press of a correction that has replaced the link: when it says what is stored by now, the new link is its, too.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">As for <see cref="CorrectContactAsync"/>.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<StatusOutcome?> RepeatContactAsync(Guid inquiryId, InquiryForm typed, CancellationToken cancellation)
    {
        var found = await database.ReadAsync(session => PatientCase.LoadAsync(session, inquiryId), cancellation);
        if (found is not { Patient: { } patient, IsOver: false })
        {
            return null;
        }

        var data = vault.Open(patient);
        var form = CorrectionForm.WithContactTyped(CorrectionForm.Of(found, data), typed);
        return validator.Validate(form, data.StatusToken, database.Clock.GetUtcNow()).Inquiry?.Patient == data
            ? new StatusOutcome(StatusNotice.ContactCorrected, Token: data.StatusToken)
            : null;
    }

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
                return new(StatusNotice.Corrected);
            }

            if (found.IsInHand)
            {
                return StatusOutcome.Moved;
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
            return new(StatusNotice.Corrected);
        },
        cancellation);

    private async Task<CorrectionOutcome> CorrectAsync(
        Guid inquiryId, IReadOnlyList<FieldError> misread, Func<PatientCase, PatientData, InquiryForm> form,
        Func<PatientCase, SealedPatient, PatientData, NewInquiry, Task<StatusOutcome>> apply, CancellationToken cancellation)
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
                return errors.Count > 0 || corrected is null ? StatusOutcome.Moved : await apply(found, patient, data, corrected);
            },
            cancellation);
        return new CorrectionOutcome(outcome.Notice, errors, outcome.Token);
    }
}
