using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>Which clinics may see who the patient is.</summary>
public sealed class IdentityDecisions(Database database, PatientDecisions decisions, MatchIndexCache indexes, PolicyCache policies, MailWriter mails)
{
    /// <summary>Lets a clinic see it: now when it has the inquiry in hand, else with its yes.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<StatusOutcome> ShowAsync(Guid inquiryId, int n, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, patient) =>
        {
            if (found.IsOver || !found.Shares || found.Current.FirstOrDefault(r => r.N == n) is not { } referral)
            {
                return StatusOutcome.Moved;
            }

            if (ReferralTransitions.IsOpen(referral.State))
            {
                if (found.ChoiceFor(referral) is false)
                {
                    await database.WriteAsync(tx => ChooseAsync(tx, found, referral, allowed: true), Priority.Interactive, cancellation);
                }

                return new(StatusNotice.IdentityShown);
            }

            if (found.MaySee(referral))
            {
                return new(StatusNotice.IdentityShown);
            }

            // It is shown only to a clinic that may treat the patient at this moment.
            var now = database.Clock.GetUtcNow();
            var index = await indexes.AtAsync(now, cancellation);
            if (Matcher.CheckLapse(referral.ClinicCode, found.Inquiry.Facts, index, await policies.CurrentAsync(cancellation), now) != Gate.None)
            {
                return new(StatusNotice.Lapsed);
            }

            var told = ClinicNotice.Prepare(index.Network, referral, (clinic, token) => mails.IdentityShown(found.Inquiry, patient, referral, clinic, token));
            return referral.AcceptedAt is null ? await TakeAsync(found, patient, referral, index.Network, told, cancellation) : await DiscloseAsync(found, referral, told, cancellation);
        },
        cancellation);

    /// <summary>Takes it back: what the clinic has read it may remember, but it sees nothing more.</summary>
    /// <inheritdoc cref="ShowAsync"/>
    public Task<StatusOutcome> HideAsync(Guid inquiryId, int n, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, _) =>
        {
            if (found.Seeing.FirstOrDefault(r => r.N == n) is not { } referral)
            {
                return StatusOutcome.Moved;
            }

            if (found.ChoiceFor(referral) is not false)
            {
                await database.WriteAsync(tx => ChooseAsync(tx, found, referral, allowed: false), Priority.Interactive, cancellation);
            }

            return new(StatusNotice.IdentityHidden);
        },
        cancellation);

    // A clinic that has only quoted: the patient's choice is the yes, and the clinic has them in hand.
    private async Task<StatusOutcome> TakeAsync(
        PatientCase found, SealedPatient patient, ReferralRecord referral, NetworkSnapshot network, ClinicNotice? told, CancellationToken cancellation)
    {
        if (found.Inquiry.State is not (InquiryState.Referred or InquiryState.Accepted or InquiryState.Booked))
        {
            return StatusOutcome.Moved;
        }

        // As after a clinic's own yes: who has not answered need not any more; other quotes stay for the patient to choose.
        var placed = EndedReferrals.Of(
            found.Referrals.Where(r => r.Id != referral.Id && ReferralTransitions.IsOpen(r.State)), PlacedElsewhere.Reason, network,
            (r, clinic) => mails.OfferPlaced(found.Inquiry, patient, r.Id, clinic));
        await database.WriteAsync(
            async tx =>
            {
                await IdentityChoiceStore.SetAsync(tx, found.Inquiry.Id, referral.ClinicCode, allowed: true);
                var version = await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Accept, discloses: true);

                // The entry that says who was shown the patient's identity, and when.
                if (found.Inquiry.State == InquiryState.Referred)
                {
                    await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Accept, Actor.Patient, $"identity-disclosed {referral.ClinicCode}"));
                }
                else
                {
                    await InquiryStore.RecordAsync(tx, found.Inquiry, AuditAction.IdentityShown, Actor.Patient, referral.ClinicCode);
                }

                await OutboxStore.AddAsync(tx, new ReferralAnswered { InquiryId = found.Inquiry.Id, ReferralId = referral.Id, Version = version });
                await placed.ApplyAsync(tx);
                await (told?.ApplyAsync(tx) ?? Task.CompletedTask);
            },
            Priority.Interactive,
            cancellation);
        return new(StatusNotice.IdentityShown);
    }

    private async Task<StatusOutcome> DiscloseAsync(PatientCase found, ReferralRecord referral, ClinicNotice? told, CancellationToken cancellation)
    {
        await database.WriteAsync(
            async tx =>
            {
                await ChooseAsync(tx, found, referral, allowed: true);
                await ReferralStore.DiscloseAsync(tx, referral);
                await (told?.ApplyAsync(tx) ?? Task.CompletedTask);
            },
            Priority.Interactive,
            cancellation);
        return new(StatusNotice.IdentityShown);
    }

    private static async Task ChooseAsync(Tx tx, PatientCase found, ReferralRecord referral, bool allowed)
    {
        await IdentityChoiceStore.SetAsync(tx, found.Inquiry.Id, referral.ClinicCode, allowed);
        await InquiryStore.RecordAsync(tx, found.Inquiry, allowed ? AuditAction.IdentityShown : AuditAction.IdentityHidden, Actor.Patient, referral.ClinicCode);
    }
}
