using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Mail;

/// <summary>
/// A mail went to a dead address. An offer that did not arrive ends, and the next clinic is asked; a clinic that mail does not reach is
/// noted, and the coordinators hear of it; a patient whom mail does not reach is to be called. What is urgent and reached no coordinator is told to others.
/// </summary>
public sealed partial class FollowFailedMail(
    Work work, NetworkCache networks, ReferralOffers offers, MailWriter mails, PatientVault vault, KeyedHash hash, ILogger<FollowFailedMail> log)
    : IHandle<MailFailed>
{
    private static readonly Actor s_actor = Actor.Stage("mail");

    public async Task HandleAsync(MailFailed message, MessageContext context, CancellationToken cancellation)
    {
        var mail = await work.ReadAsync(session => MailStore.FindAsync(session, message.MailId), cancellation)
            ?? throw new NotYetVisibleException($"Mail {message.MailId} is not visible yet.");

        // Somebody may have sent it again meanwhile.
        if (mail.State is not (MailState.Failed or MailState.Suppressed))
        {
            return;
        }

        switch (MailKinds.Audience(mail.Kind))
        {
            // A colleague a referral was forwarded to is not the clinic's address.
            case MailAudience.Clinic when mail.Kind != MailKind.ForwardedReferral:
                await FollowClinicAsync(mail, context, cancellation);
                break;
            case MailAudience.Patient:
                await FollowPatientAsync(mail, context, cancellation);
                break;
            case MailAudience.Coordinators when mail.Kind == MailKind.CoordinatorAlert:
                await FollowCoordinatorAsync(mail, context, cancellation);
                break;
        }
    }

    // What is urgent and was told to dead addresses only is told to everybody else, once each.
    private async Task FollowCoordinatorAsync(EndedMail mail, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, patient, urgent, others) = await work.ReadAsync(
            async session => (
                await InquiryStore.FindAsync(session, mail.InquiryId),
                await InquiryStore.FindPatientAsync(session, mail.InquiryId),
                (await WorkStore.ListOfInquiryAsync(session, mail.InquiryId)).FirstOrDefault(w => w.Urgent),
                await MailStore.HasArrivingBesideAsync(session, mail)),
            cancellation);
        if (inquiry is null || patient is null || urgent is null || others)
        {
            return;
        }

        var again = mails.UrgentAlert(
            inquiry, patient, MailAbout.Of(inquiry.Id.Value, $"urgent, again: {urgent.Seq}"), owner: null);
        await work.ApplyAsync(context, [.. again.SelectMany(a => AlertCoordinators.Steps(inquiry.Id, a))], cancellation);
    }

    private async Task FollowClinicAsync(EndedMail mail, MessageContext context, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var (inquiry, referral) = await work.ReadAsync(
            async session => await ReferralStore.FindAsync(session, mail.SubjectId ?? new ReferralId(mail.AboutId)) is { } found
                ? (await InquiryStore.FindAsync(session, found.InquiryId), found)
                : default((InquiryRecord?, ReferralRecord?)),
            cancellation);
        if (inquiry is null || referral is null)
        {
            return;
        }

        // The mail may have gone to an address that was corrected since: it is the clinic's address of now that counts.
        var clinic = network.ByCode.GetValueOrDefault(referral.ClinicCode);
        var dead = clinic is { MailFailsSince: null } && await IsDeadAsync(clinic.Email, cancellation);
        var undelivered = mail.Kind is MailKind.ReferralOffer or MailKind.OfferResumed && ReferralTransitions.IsOpen(referral.State);
        var alert = mails.ClinicNotTold(mail.Kind, inquiry.Reference, referral.ClinicCode, referral.AcceptedAt is not null, mail.Id);
        if (!dead && !undelivered && alert is null)
        {
            return;
        }

        var plan = undelivered && inquiry.State == InquiryState.Referred
            ? await offers.PlanAsync(inquiry, referral.Id, afterNo: false, cancellation, undelivered: true)
            : null;
        var after = OfferEnd.Undelivered(referral.ClinicCode);
        List<Step?> steps = [];
        if (undelivered)
        {
            steps.Add(referral.By(ReferralTrigger.Withdraw, after.Why));
            steps.AddRange(plan?.Steps(inquiry, after) ?? [new WriteHistory(inquiry, new HistoryEvent.Undelivered(referral.ClinicCode), s_actor)]);
        }

        if (dead)
        {
            // Behind the next offers: those were planned with the network as it was.
            steps.Add(NoteClinic(referral.ClinicCode, mails.ClinicUnreachable(referral.ClinicCode, mail.Id)));
        }

        steps.Add(SendMailOnce.If(alert));

        await work.ApplyAsync(context, steps, cancellation);
        offers.Committed(plan);
        if (undelivered)
        {
            LogUndelivered(inquiry.Reference, referral.ClinicCode);
        }

        if (dead)
        {
            LogClinicUnreachable(referral.ClinicCode);
        }
    }

    private static Store NoteClinic(string clinicCode, NewMail? alert) => new("note-clinic", async tx =>
    {
        if (await NetworkStore.SetMailFailsAsync(tx, clinicCode, tx.Now, s_actor.Name) && alert is not null)
        {
            await MailStore.TryAddAsync(tx, alert);
        }
    });

    private async Task FollowPatientAsync(EndedMail mail, MessageContext context, CancellationToken cancellation)
    {
        var (found, known) = await work.ReadAsync(
            async session => (
                await PatientCase.LoadAsync(session, mail.InquiryId), await UnreachablePatientStore.IsKnownAsync(session, mail.InquiryId)),
            cancellation);
        if (found is not { Inquiry: var inquiry, Patient: { } patient })
        {
            return;
        }

        if (known)
        {
            // They were called once; what they would not hear of otherwise is to be told again.
            if (mails.PatientNotTold(mail.Kind, inquiry, patient, mail.Id) is { } call)
            {
                await work.ApplyAsync(context, [SendMailOnce.If(call)], cancellation);
            }

            return;
        }

        var step = UnreachablePatient.Step(inquiry.State, found.Referrals.Select(r => r.State));
        if (step == UnreachableStep.Nothing || !await IsDeadAsync(vault.Open(patient).ContactEmail, cancellation))
        {
            return;
        }

        // Screening has its say first: held before it, it would never have been looked at.
        if (found.AwaitsScreening)
        {
            throw new NotYetVisibleException($"Inquiry {inquiry.Id} is not screened yet.");
        }

        var note = new Store("note-patient", tx => UnreachablePatientStore.AddAsync(tx, inquiry.Id));
        var held = new HistoryEvent.Held.For([HoldReason.PatientUnreachable.InHistory]);
        await work.ApplyAsync(
            context,
            step == UnreachableStep.Hold
                ?
                [
                    new MoveInquiry(inquiry, new InquiryMove(InquiryTrigger.Hold, s_actor, held, UnreachablePatient.Reasons(inquiry.HoldReasons))),
                    new StopWaiting(inquiry.Id), new AnnounceHeld(inquiry), note, new LookAgain(inquiry.Id),
                ]
                :
                [
                    new WriteHistory(inquiry, new HistoryEvent.PatientUnreachable(), s_actor), note, new LookAgain(inquiry.Id),
                    SendMailOnce.If(mails.PatientUnreachable(inquiry, patient, mail.Id)),
                ],
            cancellation);
        LogPatientUnreachable(inquiry.Reference, step);
    }

    private Task<bool> IsDeadAsync(string address, CancellationToken cancellation) =>
        work.ReadAsync(session => MailStore.IsSuppressedAsync(session, hash.OfAddress(address)), cancellation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The offer of {Reference} to {Clinic} could not be delivered and has ended.")]
    private partial void LogUndelivered(string reference, string clinic);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail to clinic {Clinic} does not arrive: no further patient is offered to it until its address "
        + "is corrected, or 'InquiryRouter clinics mail-works CODE'.")]
    private partial void LogClinicUnreachable(string clinic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail to the patient of {Reference} does not arrive. Next step: {Step}.")]
    private partial void LogPatientUnreachable(string reference, UnreachableStep step);
}
