using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Application.Clinics;

/// <summary>The patient has booked with the clinic.</summary>
public sealed class BookReferral(ReferralCases cases)
{
    public Task<Outcome> RunAsync(ReferralId referralId, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, _) => Decide(found, who), cancellation);

    internal static Decided<Outcome> Decide(ReferralCase found, Actor who)
    {
        if (found.WhyNot(ClinicAction.Book) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
            new MoveReferral(found.Referral, ReferralTrigger.Book),
            found.Move(InquiryTrigger.Book, who, new HistoryEvent.Booked(found.Referral.ClinicCode)),
            new AnnounceAnswered(found.Referral));
    }
}
