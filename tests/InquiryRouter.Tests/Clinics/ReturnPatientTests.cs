using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

public sealed class ReturnPatientTests
{
    [Fact]
    public void For_want_of_places_the_next_clinic_is_asked() => Assert.Equal(
        ["MX-1: Return no-capacity", "inquiry: Return MX-1 no-capacity by MX-1", "announce the answer"],
        Lines(Cases.Accepted(), "no-capacity"));

    [Fact]
    public void For_what_lies_with_the_patient_a_coordinator_asks_them_first_and_they_hear_so() => Assert.Equal(
        [
            "MX-1: Return cannot-reach-patient", "inquiry: Hold returned-by-clinic MX-1 cannot-reach-patient by MX-1", "mail GivenBack",
            "announce that it is held", "announce the answer",
        ],
        Lines(Cases.Accepted(), "cannot-reach-patient"));

    [Fact]
    public void A_quote_on_which_the_patient_had_not_decided_is_given_back_like_a_no() => Assert.Equal(
        ["MX-1: Return did-not-come, frees its place", "inquiry: Decline MX-1 did-not-come by MX-1", "announce the answer"],
        Lines(Cases.Quoted(), "did-not-come"));

    [Fact]
    public void A_quote_beside_another_clinics_yes_changes_nothing_for_the_inquiry() => Assert.Equal(
        ["MX-1: Return not-suitable, frees its place", "history: returned MX-1 not-suitable by MX-1", "announce the answer"],
        Lines(Cases.Quoted() with { Inquiry = Cases.Accepted().Inquiry }, "not-suitable"));

    [Theory]
    [InlineData("no-capacity", "history: clinic-return MX-1 no-capacity by MX-1")]
    [InlineData("other", "history: clinic-hold returned-by-clinic MX-1 other by MX-1")]
    public void While_another_clinic_has_the_patient_nobody_is_asked_and_nothing_is_held(string reason, string line) => Assert.Equal(
        [$"MX-1: Return {reason}", line, "announce the answer"],
        Lines(Cases.Accepted() with { Others = [Cases.Other("MX-2", ReferralState.Accepted, acceptedAt: Moment.Now)] }, reason));

    [Fact]
    public void A_second_press_changes_nothing()
    {
        var found = Cases.Accepted();
        var decided = Decide(found with { Referral = found.Referral with { State = ReferralState.Returned } }, "other");

        Assert.Same(Outcome.AlreadyDone.It, decided.Outcome);
        Assert.Empty(decided.Steps);
    }

    [Fact]
    public void An_offer_that_was_not_answered_cannot_be_given_back() =>
        Assert.Equal(ClinicCodes.Ended, Assert.IsType<Outcome.NotPossible>(Decide(Cases.Offered(), "other").Outcome).Why);

    [Fact]
    public void Nothing_is_given_back_of_an_inquiry_that_has_ended() => Assert.Empty(
        Decide(Cases.Accepted() with { Inquiry = An.InquiryRecord() with { State = InquiryState.Closed } }, "other").Steps);

    private static IReadOnlyList<string> Lines(ReferralCase found, string reason) => Decide(found, reason).Lines();

    private static Decided<Outcome> Decide(ReferralCase found, string reason) =>
        ReturnPatient.Decide(found, Cases.Patient, reason, null, Cases.Who, Cases.Mails, Cases.Vault);
}
