using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>
/// The clinic says yes: it is shown who the patient is unless they want to decide first, and no other clinic needs to answer any more.
/// </summary>
public sealed class AcceptReferral(ReferralCases cases, MailWriter mails)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="who">Who says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="person">Whom at the clinic the link was sent to; null: no one in particular.</param>
    public Task<Outcome> RunAsync(ReferralId referralId, Actor who, CancellationToken cancellation, byte[]? person = null) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, who, mails, person), cancellation);

    internal static Decided<Outcome> Decide(ReferralCase found, SealedPatient patient, Actor who, MailWriter mails, byte[]? person = null)
    {
        if (found.WhyNot(ClinicAction.Accept) is { } refused)
        {
            return refused;
        }

        var discloses = found.Choice is not false;
        return Outcome.Done.It.By<Outcome>(
        [
            new MoveReferral(found.Referral, ReferralTrigger.Accept, Discloses: discloses),
            MarkAnswered.If(found.Referral, person),
            new CancelFollowUp(found.Referral, FollowUpKind.OfferExpiry),

            // The line that says who was shown the patient's identity, and when.
            new MoveInquiry(found.Inquiry, InquiryTrigger.Accept, who, new HistoryEvent.Accepted.ByClinic(discloses)),
            new SendMail(mails.ClinicAccepted(found.Inquiry, patient, found.Referral, found.Clinic, discloses)),
            new AnnounceAnswered(found.Referral),

            // The first yes wins: who the patient is, is shown to one clinic.
            .. PlacedElsewhere.EndOffers(found.Others, found.Inquiry, patient, found.Network, mails),
        ]);
    }
}
