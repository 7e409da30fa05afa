using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic has treated the patient: the inquiry has come to its end, and with it what other clinics have been asked.</summary>
public sealed class CompleteReferral(ReferralCases cases, MailWriter mails)
{
    public Task<Outcome> RunAsync(ReferralId referralId, ReportedTreatment says, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, says, who, mails), cancellation);

    internal static Decided<Outcome> Decide(ReferralCase found, SealedPatient patient, ReportedTreatment says, Actor who, MailWriter mails)
    {
        if (found.WhyNot(ClinicAction.Complete) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
        [
            found.Referral.By(ReferralTrigger.Complete),
            new ReportTreatment(found.Referral, BookedOn: null, TreatedOn: says.On, says.Amount, says.Currency),
            found.Move(InquiryTrigger.Close, who, new HistoryEvent.Closed.Treated(found.Referral.ClinicCode), HoldReason.Treated),
            .. found.IsInOtherHands ? [] : PlacedElsewhere.EndOffersAndQuotes(found.Others, found.Inquiry, patient, found.Network, mails),
            new AnnounceAnswered(found.Referral),
        ]);
    }
}
