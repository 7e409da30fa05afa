using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>Whether clinics may see the inquiry at all: given and withdrawn as often as the patient likes, each answer kept.</summary>
public sealed class ConsentDecisions(Database database, PatientDecisions decisions, NetworkCache networks, MailWriter mails)
{
    private const string Source = "status";

    /// <summary>A clinic that has accepted loses sight of the patient; no other is asked, and what was offered is taken back.</summary>
    public Task<StatusOutcome> WithdrawAsync(Guid inquiryId, Func<string, string> textVersion, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, patient) =>
        {
            if (!found.Shares)
            {
                return new(StatusNotice.ConsentWithdrawn);
            }

            var ended = await TakenBack.PrepareAsync(
                networks, mails, found, patient, found.Current.Where(r => r.AcceptedAt is null), WithdrawReason.ConsentWithdrawn, cancellation);
            var network = await networks.CurrentAsync(cancellation);
            var deletes = found.Referrals.Where(r => r.FirstDisclosedAt is not null && network.ByCode.ContainsKey(r.ClinicCode))
                .Select(r => mails.DeleteRequest(found.Inquiry, r, network.ByCode[r.ClinicCode])).ToList();
            await database.WriteAsync(
                async tx =>
                {
                    // First what a second press cannot do as well: it looks again, and finds it done.
                    await StopAsync(tx, found);
                    await AnswerAsync(tx, found, textVersion(found.Inquiry.Facts.Language), shares: false);
                    await ended.ApplyAsync(tx);
                    await LoadStore.StopWaitingAsync(tx, inquiryId);
                    foreach (var mail in deletes)
                    {
                        await MailStore.AddAsync(tx, mail);
                    }
                },
                Priority.Interactive,
                cancellation);
            return new(StatusNotice.ConsentWithdrawn);
        },
        cancellation);

    private static async Task StopAsync(Tx tx, PatientCase found)
    {
        // When it is over, nothing more happens. A clinic has the patient: nobody else is asked, so there is nothing to hold. Before screening: it reads the consent itself.
        if (found.IsOver || found.Inquiry.State is InquiryState.Accepted or InquiryState.Booked || found.AwaitsScreening || found.Inquiry.State == InquiryState.Quarantined)
        {
            await InquiryStore.RecordAsync(tx, found.Inquiry, AuditAction.ConsentWithdrawn, Actor.Patient);
            return;
        }

        // What routing waited for is asked again when it goes on; what screening found stays.
        HoldReason[] reasons = [HoldReason.NoConsentToShare, .. found.Inquiry.HoldReasons.Where(r => HoldReason.IsOfScreening(r) && r != HoldReason.NoConsentToShare)];
        var version = await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Hold, Actor.Patient, AuditAction.ConsentWithdrawn, reasons));
        await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = found.Inquiry.Id, Version = version });
    }

    /// <summary>An inquiry that was held only for this goes on.</summary>
    public Task<StatusOutcome> GiveAsync(Guid inquiryId, Func<string, string> textVersion, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, patient) =>
        {
            if (found.IsOver)
            {
                return StatusOutcome.Moved;
            }

            if (found.Shares)
            {
                return new(StatusNotice.ConsentGiven);
            }

            // A clinic that was asked to delete what it kept sees the patient again, and is told.
            var network = await networks.CurrentAsync(cancellation);
            var told = found.Referrals.Where(r => IdentityRule.MaySee(r.State, r.DisclosedAt is not null, consents: true, found.ChoiceFor(r)))
                .Select(r => ClinicNotice.Prepare(network, r, (clinic, token) => mails.IdentityShown(found.Inquiry, patient, r, clinic, token, again: true))).OfType<ClinicNotice>().ToList();
            await database.WriteAsync(
                async tx =>
                {
                    await GoOnAsync(tx, found);
                    await AnswerAsync(tx, found, textVersion(found.Inquiry.Facts.Language), shares: true);
                    foreach (var notice in told)
                    {
                        await notice.ApplyAsync(tx);
                    }
                },
                Priority.Interactive,
                cancellation);
            return new(StatusNotice.ConsentGiven);
        },
        cancellation);

    private static async Task GoOnAsync(Tx tx, PatientCase found)
    {
        if (found.Inquiry.State != InquiryState.Held || !found.Inquiry.HoldReasons.Contains(HoldReason.NoConsentToShare))
        {
            await InquiryStore.RecordAsync(tx, found.Inquiry, AuditAction.ConsentGiven, Actor.Patient);
            return;
        }

        HoldReason[] left = [.. found.Inquiry.HoldReasons.Where(r => r != HoldReason.NoConsentToShare)];
        if (left.Length > 0)
        {
            await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Hold, Actor.Patient, AuditAction.ConsentGiven, left));
            return;
        }

        var version = await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Release, Actor.Patient, AuditAction.ConsentGiven));
        await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = found.Inquiry.Id, Version = version });
    }

    private static Task AnswerAsync(Tx tx, PatientCase found, string textVersion, bool shares) => InquiryStore.AddConsentAsync(
        tx, found.Inquiry.Id, found.Consents[^1].Consent with { ShareWithClinics = shares, TextVersion = textVersion }, Source);
}
