using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Patients;

public sealed class WithdrawInquiryTests
{
    [Fact]
    public void It_is_closed_first_the_patient_is_told_and_every_clinic_that_is_asked_or_has_it()
    {
        var decided = Decide(Cases.Of(
            InquiryState.Accepted,
            Cases.Referral(1, "CA-1", ReferralState.Declined),
            Cases.Referral(2, "MX-1", ReferralState.Accepted).Accepted(),
            Cases.Referral(3, "CA-1", ReferralState.Viewed)));

        Assert.Equal(Outcome.Done.It, decided.Outcome);
        Assert.Equal(
            [
                "Close patient-withdrew", "mail Withdrawn", "Withdraw MX-1 patient-withdrew", "mail OfferWithdrawn", "Withdraw CA-1 patient-withdrew frees",
                "mail OfferWithdrawn", "StopWaiting",
            ],
            decided.Said());
        var close = Assert.IsType<MoveInquiry>(decided.Steps[0]);
        Assert.Equal((Actor.Patient, HoldReason.PatientWithdrew), (close.Move.Actor, Assert.Single(close.Move.HoldReasons!)));
    }

    [Fact]
    public void A_clinic_that_has_left_the_network_is_not_told()
    {
        var decided = Decide(Cases.Of(InquiryState.Referred, Cases.Referral(1, "XX-1", ReferralState.Offered)));

        Assert.Equal(["Close patient-withdrew", "mail Withdrawn", "Withdraw XX-1 patient-withdrew frees", "StopWaiting"], decided.Said());
    }

    [Fact]
    public void Withdrawn_before_nothing_is_done_again()
    {
        var decided = Decide(Cases.Of(InquiryState.Closed).Because(HoldReason.PatientWithdrew));

        Assert.Equal((Outcome.AlreadyDone.It, 0), (decided.Outcome, decided.Steps.Count));
    }

    [Fact]
    public void What_has_ended_otherwise_cannot_be_withdrawn()
    {
        var decided = Decide(Cases.Of(InquiryState.Closed).Because(HoldReason.Treated));

        Assert.Equal("ended", Assert.IsType<Outcome.NotPossible>(decided.Outcome).Why);
        Assert.Empty(decided.Steps);
    }

    private static Decided<Outcome> Decide(PatientCase found) => WithdrawInquiry.Decide(found, Cases.Network, [1], Cases.Mails, Actor.Patient);
}
