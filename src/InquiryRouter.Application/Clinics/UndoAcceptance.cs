using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic takes its yes back within the first hour: the offer stands as before, and it may answer again.</summary>
public sealed class UndoAcceptance(ReferralCases cases, MailWriter mails)
{
    public Task<Outcome> RunAsync(ReferralId referralId, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, who, mails), cancellation);

    internal static Decided<Outcome> Decide(ReferralCase found, SealedPatient patient, Actor who, MailWriter mails)
    {
        if (found.WhyNot(ClinicAction.Undo) is { } refused)
        {
            return refused;
        }

        // Whoever needs a moment to answer otherwise has it.
        var soonest = found.Now + ClinicActions.UndoTime;
        var times = OfferTimes.Until(found.Now, found.Referral.OfferUntil > soonest ? found.Referral.OfferUntil : soonest, found.Clinic);
        return Outcome.Done.It.By<Outcome>(
            new MoveReferral(found.Referral, ReferralTrigger.Undo),
            new ExtendOffer(found.Referral, times.End),
            new ReviveFollowUp(found.Referral, FollowUpKind.OfferExpiry, times.End),

            // A reminder that fell due while the yes stood was not sent; one that was is not sent again.
            new ReviveFollowUp(found.Referral, FollowUpKind.OfferReminder, times.Half),
            found.Move(InquiryTrigger.Undo, who, new HistoryEvent.AcceptanceUndone(found.Referral.ClinicCode)),
            new SendMail(mails.AcceptanceUndone(found.Inquiry, patient, found.Referral, found.Clinic)),

            // The yes had ended other offers: as many clinics are asked again as the policy wants.
            new AnnounceAnswered(found.Referral));
    }
}
