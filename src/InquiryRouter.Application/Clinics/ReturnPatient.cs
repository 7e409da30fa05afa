using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic gives a patient back: the next clinic is asked, or a coordinator asks the patient first.</summary>
public sealed class ReturnPatient(ReferralCases cases, MailWriter mails, PatientVault vault)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="reason">A code of <see cref="ReturnReason"/>: it decides who is asked next.</param>
    /// <param name="remark">What the clinic adds, for the coordinators; null: nothing.</param>
    /// <param name="who">Who gives the patient back.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(ReferralId referralId, string reason, string? remark, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, reason, remark, who, mails, vault), cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, string reason, string? remark, Actor who, MailWriter mails, PatientVault vault)
    {
        if (found.WhyNot(ClinicAction.Return) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
        [
            found.Referral.By(ReferralTrigger.Return, reason),
            AddNote.If(found.Note(vault, patient, NoteKind.Remark, remark)),
            .. WhatFollows(found, patient, reason, who, mails),
            new AnnounceAnswered(found.Referral),
        ]);
    }

    private static IEnumerable<Step> WhatFollows(ReferralCase found, SealedPatient patient, string reason, Actor who, MailWriter mails)
    {
        var clinic = found.Referral.ClinicCode;

        // A quote the patient had not decided on: the next clinic is asked as after a no.
        if (found.Referral.AcceptedAt is null)
        {
            return [found.Inquiry.State == InquiryState.Referred
                ? new MoveInquiry(found.Inquiry, InquiryTrigger.Decline, who, new HistoryEvent.Declined.GivenBack(clinic, reason))
                : new WriteHistory(found.Inquiry, new HistoryEvent.Returned(clinic, reason), who)];
        }

        if (ReturnReason.AsksNext(reason))
        {
            return [found.Move(InquiryTrigger.Return, who, new HistoryEvent.Returned(clinic, reason))];
        }

        var hold = found.Move(InquiryTrigger.Hold, who, new HistoryEvent.Held.GivenBack(clinic, reason), HoldReason.ReturnedByClinic);
        var told = mails.GivenBack(found.Inquiry, patient, found.Referral.Id, found.Clinic);
        return found.Moves(InquiryTrigger.Hold) ? [hold, new SendMail(told), new AnnounceHeld(found.Inquiry)] : [hold];
    }
}
