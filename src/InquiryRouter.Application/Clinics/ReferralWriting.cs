using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>What a clinic writes to the patient: quotes and questions. Each may be sent twice.</summary>
public sealed class ReferralWriting(Database database, ReferralDecisions decisions, MailWriter mails, PatientVault vault)
{
    private static readonly TimeSpan s_decisionTime = TimeSpan.FromDays(14);

    /// <summary>A price for this patient: on the summary, while the offer is open, or later. It replaces the clinic's earlier one.</summary>
    /// <param name="content">Checked with <see cref="QuoteRules"/>.</param>
    /// <param name="quoteId">Of the form: sent twice it is one quote.</param>
    public Task<AnswerOutcome> QuoteAsync(
        Guid referralId, Guid quoteId, QuoteContent content, string currency, DateOnly validUntil, CancellationToken cancellation) => decisions.DecideAsync(
        referralId,
        async facts =>
        {
            var earlier = await database.ReadAsync(session => QuoteStore.ListAsync(session, facts.Inquiry.Id), cancellation);
            if (FormIds.Free(quoteId, id => earlier.FirstOrDefault(q => q.Id == id) is { } written ? Says(facts.Patient, written, content, currency, validUntil) : null) is not { } freeId)
            {
                return AnswerOutcome.AlreadyDone;
            }

            var open = facts.IsOpen(database.Clock.GetUtcNow());
            if ((!open && !ReferralTransitions.IsHeld(facts.Referral.State)) || facts.Referral.State == ReferralState.Booked || facts.Clinic is not { } clinic)
            {
                return AnswerOutcome.Ended;
            }

            if (facts.Consent is not { ShareWithClinics: true })
            {
                return AnswerOutcome.NoConsent;
            }

            // A price is asked only of clinics that may treat the patient at this moment; one that has accepted is watched, and a coordinator decides.
            if (facts.Referral.AcceptedAt is null && await decisions.HasLapsedAsync(facts, cancellation))
            {
                return AnswerOutcome.Ended;
            }

            var quote = new QuoteRecord
            {
                Id = freeId, InquiryId = facts.Inquiry.Id, ReferralId = facts.Referral.Id, N = earlier.Count(q => q.ReferralId == facts.Referral.Id) + 1,
                ClinicCode = facts.Referral.ClinicCode, Total = content.Total, Currency = currency, ValidUntil = validUntil, At = database.Clock.GetUtcNow(),
                Sealed = QuoteStore.Seal(vault, facts.Patient, content),
            };
            var mail = mails.QuoteReceived(facts.Inquiry, facts.Patient, quote.Id, facts.Referral.Id, clinic);
            await database.WriteAsync(
                async tx =>
                {
                    await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Quote);
                    if (open)
                    {
                        await FollowUpStore.CancelAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferExpiry, facts.Referral.N);
                    }

                    if (facts.Referral.AcceptedAt is null)
                    {
                        await FollowUpStore.SetAsync(tx, facts.Inquiry.Id, FollowUpKind.QuoteExpiry, facts.Referral.N, facts.Referral.Id, DecideBy(validUntil, clinic, quote.At));
                    }

                    await QuoteStore.AddAsync(tx, quote);
                    await InquiryStore.RecordAsync(tx, facts.Inquiry, "quoted", facts.Actor);
                    await MailStore.AddAsync(tx, mail);
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>Asks the patient something; the answer appears on the clinic's page.</summary>
    /// <param name="questionId">Of the form: sent twice it is one question.</param>
    public Task<AnswerOutcome> AskAsync(Guid referralId, Guid questionId, string text, CancellationToken cancellation) => decisions.DecideAsync(
        referralId,
        async facts =>
        {
            var notes = await database.ReadAsync(session => NoteStore.ListAsync(session, facts.Inquiry.Id), cancellation);
            if (FormIds.Free(questionId, id => notes.FirstOrDefault(n => n.Id == id) is { } written ? NoteStore.Open(vault, facts.Patient, written) == text : null) is not { } freeId)
            {
                return AnswerOutcome.AlreadyDone;
            }

            if ((!facts.IsOpen(database.Clock.GetUtcNow()) && !ReferralTransitions.IsHeld(facts.Referral.State)) || facts.Clinic is not { } clinic)
            {
                return AnswerOutcome.Ended;
            }

            if (facts.Consent is not { ShareWithClinics: true })
            {
                return AnswerOutcome.NoConsent;
            }

            var note = facts.Note(vault, NoteKind.Question, text, database.Clock.GetUtcNow())! with { Id = freeId };
            var mail = mails.NeedsInformation(facts.Inquiry, facts.Patient, freeId, facts.Referral.Id, clinic);
            await database.WriteAsync(
                async tx =>
                {
                    // First what a second press cannot do as well: it looks again, and finds the question there.
                    await InquiryStore.RecordAsync(tx, facts.Inquiry, "question-asked", facts.Actor);
                    await NoteStore.AddAsync(tx, note);
                    await MailStore.AddAsync(tx, mail);
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    private bool Says(SealedPatient patient, QuoteRecord written, QuoteContent content, string currency, DateOnly validUntil)
    {
        var before = QuoteStore.Open(vault, patient, written);
        return written.Currency == currency && written.ValidUntil == validUntil && before.Remark == content.Remark && before.Items.SequenceEqual(content.Items);
    }

    // The end of its last day where the clinic is; a patient who has not decided after two weeks is not kept from other clinics for longer.
    private static DateTimeOffset DecideBy(DateOnly validUntil, Core.Matching.Clinic clinic, DateTimeOffset now)
    {
        var midnight = validUntil.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone).GetUtcOffset(midnight));
        return end < now + s_decisionTime ? end : now + s_decisionTime;
    }
}
