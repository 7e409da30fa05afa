using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Patients;

/// <summary>Whether clinics may see an inquiry: what it comes to when the patient no longer agrees, and when they agree again.</summary>
public sealed class ConsentTests
{
    [Fact]
    public void Without_consent_the_inquiry_is_held_first_and_offers_without_an_answer_are_taken_back()
    {
        var decided = Withdraw(Cases.Of(
            InquiryState.Referred, Cases.Referral(1, "MX-1", ReferralState.Offered), Cases.Referral(2, "CA-1", ReferralState.Expired)));

        Assert.Equal(Outcome.Done.It, decided.Outcome);
        Assert.Equal(
            [
                "Hold consent-withdrawn", "AnnounceHeld", "consent False text-2 status", "Withdraw MX-1 consent-withdrawn frees",
                "mail OfferWithdrawn", "StopWaiting",
            ],
            decided.Said());
        Assert.Equal([HoldReason.NoConsentToShare], Assert.IsType<MoveInquiry>(decided.Steps[0]).Move.HoldReasons!);
    }

    [Fact]
    public void A_clinic_that_has_the_patient_keeps_the_referral_and_whoever_has_seen_them_is_asked_to_delete()
    {
        var decided = Withdraw(Cases.Of(
            InquiryState.Accepted,
            Cases.Referral(1, "CA-1", ReferralState.Returned).Accepted(),
            Cases.Referral(2, "MX-1", ReferralState.Accepted).Accepted()));

        Assert.Equal(
            ["history consent-withdrawn", "consent False text-2 status", "StopWaiting", "mail DeleteRequest", "mail DeleteRequest"],
            decided.Said());
    }

    [Fact]
    public void Withdrawn_before_or_never_given_nothing_is_done_again()
    {
        var decided = Withdraw(Cases.Of(InquiryState.Held).WithoutConsent());

        Assert.Equal((Outcome.AlreadyDone.It, 0), (decided.Outcome, decided.Steps.Count));
    }

    [Fact]
    public void What_was_held_only_for_consent_goes_on_when_it_is_given()
    {
        var decided = Give(Cases.Of(InquiryState.Held).Because(HoldReason.NoConsentToShare).WithoutConsent());

        Assert.Equal(["Release consent-given", "AnnounceCleared", "consent True text-2 status"], decided.Said());
    }

    [Fact]
    public void What_is_held_for_more_stays_held_for_the_rest_and_nobody_is_alerted_again()
    {
        var decided = Give(Cases.Of(InquiryState.Held).Because(HoldReason.NoConsentToShare, HoldReason.Minor).WithoutConsent());

        Assert.Equal(["Hold consent-given", "consent True text-2 status"], decided.Said());
        Assert.Equal([HoldReason.Minor], Assert.IsType<MoveInquiry>(decided.Steps[0]).Move.HoldReasons!);
    }

    [Fact]
    public void The_clinic_that_has_the_patient_sees_them_again_and_is_told_with_a_link()
    {
        var decided = Give(Cases.Of(InquiryState.Accepted, Cases.Referral(1, "MX-1", ReferralState.Accepted).Accepted()).WithoutConsent());

        Assert.Equal(["history consent-given", "consent True text-2 status", "mail IdentityShown"], decided.Said());
        Assert.NotNull(Assert.IsType<SendMail>(decided.Steps[^1]).Link);
    }

    private static Decided<Outcome> Withdraw(PatientCase found) =>
        WithdrawConsent.Decide(found, "text-2", Cases.Network, Cases.Mails, Actor.Patient);

    private static Decided<Outcome> Give(PatientCase found) =>
        GiveConsent.Decide(found, "text-2", Cases.Network, Cases.Mails, Actor.Patient);
}
