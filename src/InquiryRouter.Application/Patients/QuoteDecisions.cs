using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>"This is not for me": the clinic's place is freed, and the next clinic is asked.</summary>
public sealed class QuoteDecisions(Database database, PatientDecisions decisions, NetworkCache networks, MailWriter mails)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<StatusOutcome> DeclineAsync(Guid inquiryId, int n, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, patient) =>
        {
            if (found.Referral(n) is { State: ReferralState.Withdrawn, Reason: WithdrawReason.PatientDeclined })
            {
                return new(StatusNotice.QuoteDeclined);
            }

            if (found.IsOver || found.Referral(n) is not { State: ReferralState.Quoted } referral)
            {
                return StatusOutcome.Moved;
            }

            // A clinic that has seen who it is lets go of more than the offer.
            var ended = EndedReferrals.Of(
                [referral], WithdrawReason.PatientDeclined, await networks.CurrentAsync(cancellation),
                (r, clinic) => r.FirstDisclosedAt is null ? mails.OfferWithdrawn(found.Inquiry, patient, r.Id, clinic) : mails.DeleteRequest(found.Inquiry, r, clinic));

            // Another clinic that was accepted goes on having the patient; else the inquiry is open again.
            var opens = found.Inquiry.State == InquiryState.Referred
                || (found.Inquiry.State == InquiryState.Accepted && referral.AcceptedAt is not null
                    && !found.Referrals.Any(r => r.Id != referral.Id && r.AcceptedAt is not null && ReferralTransitions.IsHeld(r.State)));
            await database.WriteAsync(
                async tx =>
                {
                    // First what a second press, or "I no longer agree" beside it, cannot do as well: it looks again.
                    if (opens)
                    {
                        await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Decline, Actor.Patient, $"{WithdrawReason.PatientDeclined} {referral.ClinicCode}"));
                    }
                    else
                    {
                        await InquiryStore.RecordAsync(tx, found.Inquiry, AuditAction.QuoteDeclined, Actor.Patient, referral.ClinicCode);
                    }

                    var version = await ended.ApplyAsync(tx);
                    await OutboxStore.AddAsync(tx, new ReferralAnswered { InquiryId = found.Inquiry.Id, ReferralId = referral.Id, Version = version });
                },
                Priority.Interactive,
                cancellation);
            return new(StatusNotice.QuoteDeclined);
        },
        cancellation);
}
