using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Application.Clinics;

/// <summary>
/// The clinic takes a no back within the hour, or would still take the patient after its time was over, as long as no clinic has them: its
/// offer is open again, beside those that were made meanwhile. The first yes wins.
/// </summary>
public sealed class ReopenOffer(ReferralCases cases)
{
    public Task<Outcome> RunAsync(ReferralId referralId, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, _) => Decide(found, who), cancellation);

    internal static Decided<Outcome> Decide(ReferralCase found, Actor who)
    {
        if (found.WhyNot(ClinicAction.Reopen) is { } refused)
        {
            return refused;
        }

        var (referral, clinic) = (found.Referral, found.Clinic);
        var soonest = found.Now + ClinicActions.UndoTime;
        var times = referral.State == ReferralState.Expired
            ? OfferTimes.Of(found.Now, found.Policy.WindowFor(found.Inquiry.Facts.Timeframe, clinic), clinic)
            : OfferTimes.Until(found.Now, referral.OfferUntil > soonest ? referral.OfferUntil : soonest, clinic);
        return Outcome.Done.It.By<Outcome>(
            new MoveReferral(referral, ReferralTrigger.Reopen),
            new ExtendOffer(referral, times.End),
            new ReviveFollowUp(referral, FollowUpKind.OfferExpiry, times.End),
            new ReviveFollowUp(referral, FollowUpKind.OfferReminder, times.Half),
            new TakePlaceAgain(referral, clinic, found.Now),
            new MoveInquiry(found.Inquiry, InquiryTrigger.Offer, who, new HistoryEvent.Offered.Again(referral.ClinicCode)),
            new StopWaiting(found.Inquiry.Id));
    }
}
