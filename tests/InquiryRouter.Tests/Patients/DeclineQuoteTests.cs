using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Patients;

public sealed class DeclineQuoteTests
{
    [Fact]
    public void The_place_is_freed_the_clinic_is_told_and_the_next_one_is_asked()
    {
        var decided = Decide(Cases.Of(InquiryState.Referred, Cases.Referral(1, "MX-1", ReferralState.Quoted)));

        Assert.Equal(Outcome.Done.It, decided.Outcome);
        Assert.Equal(
            ["Decline patient-declined MX-1", "Withdraw MX-1 patient-declined frees", "mail OfferWithdrawn", "answered MX-1"],
            decided.Said());
    }

    [Fact]
    public void A_clinic_that_has_seen_who_it_is_is_asked_to_delete_and_has_used_its_place()
    {
        var decided = Decide(Cases.Of(InquiryState.Accepted, Cases.Referral(1, "MX-1", ReferralState.Quoted).Accepted()));

        Assert.Equal(
            ["Decline patient-declined MX-1", "Withdraw MX-1 patient-declined", "mail DeleteRequest", "answered MX-1"], decided.Said());
    }

    [Fact]
    public void Where_another_clinic_has_the_patient_the_inquiry_stays_with_it()
    {
        var decided = Decide(Cases.Of(
            InquiryState.Accepted,
            Cases.Referral(1, "MX-1", ReferralState.Quoted).Accepted(),
            Cases.Referral(2, "CA-1", ReferralState.Accepted).Accepted()));

        Assert.Equal("history quote-declined MX-1", decided.Said()[0]);
    }

    [Fact]
    public void Declined_before_nothing_is_done_again()
    {
        var declined = Cases.Referral(1, "MX-1", ReferralState.Withdrawn) with { Reason = WithdrawReason.PatientDeclined };

        var decided = Decide(Cases.Of(InquiryState.Referred, declined));

        Assert.Equal((Outcome.AlreadyDone.It, 0), (decided.Outcome, decided.Steps.Count));
    }

    [Theory]
    [InlineData(ReferralState.Offered)]
    [InlineData(ReferralState.Accepted)]
    [InlineData(ReferralState.Withdrawn)]
    public void What_is_no_quote_that_waits_cannot_be_declined(ReferralState state)
    {
        var decided = Decide(Cases.Of(InquiryState.Referred, Cases.Referral(1, "MX-1", state)));

        Assert.IsType<Outcome.NotPossible>(decided.Outcome);
        Assert.Empty(decided.Steps);
    }

    private static Decided<Outcome> Decide(PatientCase found) => DeclineQuote.Decide(found, 1, Cases.Network, Cases.Mails, Actor.Patient);
}
