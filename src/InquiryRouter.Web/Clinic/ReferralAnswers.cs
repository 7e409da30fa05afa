using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Web.Clinic;

/// <summary>What became of a clinic's answer.</summary>
public enum AnswerOutcome
{
    Done,

    /// <summary>The same answer was given before: nothing changed.</summary>
    AlreadyDone,

    /// <summary>The offer had ended: answered otherwise, expired, or taken back.</summary>
    Ended,

    /// <summary>The patient no longer agrees that clinics see who they are.</summary>
    NoConsent,
}

/// <summary>A clinic's yes or no.</summary>
public sealed class ReferralAnswers(Database database, MatchIndexCache indexes, PolicyCache policies, MailWriter mails)
{
    private const int Tries = 3;

    public Task<AnswerOutcome> AcceptAsync(Guid referralId, CancellationToken cancellation) =>
        AnswerAsync(referralId, ReferralState.Accepted, (inquiry, referral) => TryAcceptAsync(inquiry, referral, cancellation), cancellation);

    /// <param name="referralId">Which referral.</param>
    /// <param name="reason">A code of <see cref="DeclineReason"/>.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<AnswerOutcome> DeclineAsync(Guid referralId, string reason, CancellationToken cancellation) =>
        AnswerAsync(referralId, ReferralState.Declined, (inquiry, referral) => DeclineAsync(inquiry, referral, reason), cancellation);

    private async Task<AnswerOutcome> AnswerAsync(
        Guid referralId, ReferralState wanted, Func<InquiryRecord, ReferralRecord, Task<AnswerOutcome>> answer, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (inquiry, referral) = await database.ReadAsync(
                async session =>
                {
                    var found = await ReferralStore.FindAsync(session, referralId);
                    return (found is null ? null : await InquiryStore.FindAsync(session, found.InquiryId), found);
                },
                cancellation);
            if (inquiry is null || referral is null)
            {
                return AnswerOutcome.Ended;
            }

            if (!ReferralTransitions.IsOpen(referral.State))
            {
                return referral.State == wanted ? AnswerOutcome.AlreadyDone : AnswerOutcome.Ended;
            }

            // The clock is late by up to a second: the promise to the patient counts.
            if (inquiry.State != InquiryState.Referred || database.Clock.GetUtcNow() >= referral.OfferUntil)
            {
                return AnswerOutcome.Ended;
            }

            try
            {
                return await answer(inquiry, referral);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // A second click, or the clock: look again.
            }
        }
    }

    private async Task<AnswerOutcome> TryAcceptAsync(InquiryRecord inquiry, ReferralRecord referral, CancellationToken cancellation)
    {
        var now = database.Clock.GetUtcNow();
        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var (patient, consent, referrals) = await database.ReadAsync(
            async session => (
                await InquiryStore.FindPatientAsync(session, inquiry.Id), await InquiryStore.FindConsentAsync(session, inquiry.Id),
                await ReferralStore.ListAsync(session, inquiry.Id)),
            cancellation);
        if (patient is null || consent is not { ShareWithClinics: true } || !index.Network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            return AnswerOutcome.NoConsent;
        }

        // Identity is shown only to a clinic that may treat the patient at this moment; the recall takes the offer back.
        if (Matcher.CheckLapse(referral.ClinicCode, inquiry.Facts, index, policy, now) != Gate.None)
        {
            return AnswerOutcome.Ended;
        }

        var mail = mails.ClinicAccepted(inquiry, patient, referral, clinic);

        // The first yes wins: who the patient is, is shown to one clinic.
        var others = referrals.Where(r => r.Id != referral.Id && ReferralTransitions.IsOpen(r.State)).ToList();
        var told = others.Where(r => index.Network.ByCode.ContainsKey(r.ClinicCode))
            .Select(r => mails.OfferPlaced(inquiry, patient, r.Id, index.Network.ByCode[r.ClinicCode])).ToList();
        await database.WriteAsync(
            async tx =>
            {
                var version = await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Accept, discloses: true);
                await FollowUpStore.CancelAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, referral.N);

                // The entry that says who was shown the patient's identity, and when.
                await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Accept, Actor.Clinic(referral.ClinicCode), "identity-disclosed"));
                await MailStore.AddAsync(tx, mail);
                await OutboxStore.AddAsync(tx, new ReferralAnswered { InquiryId = inquiry.Id, ReferralId = referral.Id, Version = version });
                foreach (var other in others)
                {
                    await ReferralStore.MoveAsync(tx, other, ReferralTrigger.Withdraw, "placed");
                    await FollowUpStore.CancelAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, other.N);
                    await ReferralStore.FreeAsync(tx, other.ClinicCode, other.CapWeek);
                }

                foreach (var one in told)
                {
                    await MailStore.AddAsync(tx, one);
                }
            },
            Priority.Interactive,
            cancellation);
        return AnswerOutcome.Done;
    }

    private async Task<AnswerOutcome> DeclineAsync(InquiryRecord inquiry, ReferralRecord referral, string reason)
    {
        await database.WriteAsync(
            async tx =>
            {
                var version = await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Decline, reason);
                await FollowUpStore.CancelAsync(tx, referral.InquiryId, FollowUpKind.OfferExpiry, referral.N);
                await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
                await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Decline, Actor.Clinic(referral.ClinicCode), reason));
                await OutboxStore.AddAsync(tx, new ReferralAnswered { InquiryId = referral.InquiryId, ReferralId = referral.Id, Version = version });
            },
            Priority.Interactive);
        return AnswerOutcome.Done;
    }
}
