using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

public sealed class AcceptReferralTests
{
    [Fact]
    public void A_yes_shows_the_clinic_who_it_is_and_tells_the_patient()
    {
        var decided = Decide(Cases.Offered());

        Assert.Same(Outcome.Done.It, decided.Outcome);
        Assert.Equal(
            [
                "MX-1: Accept, discloses", "cancel OfferExpiry", "inquiry: Accept identity-disclosed by MX-1", "mail ClinicAccepted",
                "announce the answer",
            ],
            decided.Lines());
    }

    [Fact]
    public void A_patient_who_wants_to_decide_first_is_not_shown()
    {
        var lines = Decide(Cases.Offered() with { Choice = false }).Lines();

        Assert.Equal("MX-1: Accept", lines[0]);
        Assert.Contains("inquiry: Accept identity-withheld by MX-1", lines);
    }

    [Fact]
    public void Who_has_not_answered_need_not_any_more_and_a_quote_stays()
    {
        var found = Cases.Offered() with { Others = [Cases.Other("MX-3", ReferralState.Quoted), Cases.Other("MX-2", ReferralState.Viewed)] };
        var lines = Decide(found).Lines();

        Assert.Equal(["announce the answer", "MX-2: Withdraw placed, frees its place", "mail OfferPlaced"], lines.TakeLast(3));
    }

    [Fact]
    public void A_clinic_that_has_left_the_network_is_not_told()
    {
        var found = Cases.Offered() with { Others = [Cases.Other("GONE", ReferralState.Offered)] };

        Assert.Equal("GONE: Withdraw placed, frees its place", Decide(found).Lines()[^1]);
    }

    [Fact]
    public void A_second_press_changes_nothing()
    {
        var decided = Decide(Cases.Accepted());

        Assert.Same(Outcome.AlreadyDone.It, decided.Outcome);
        Assert.Empty(decided.Steps);
    }

    [Fact]
    public void A_yes_that_is_not_possible_says_why()
    {
        AssertRefused(ClinicCodes.Ended, Cases.Offered() with { Now = An.Referral().OfferUntil });
        AssertRefused(ClinicCodes.Ended, Cases.Offered() with { Lapsed = true });
        AssertRefused(ClinicCodes.NoConsent, Cases.Offered() with { Shares = false });
    }

    private static void AssertRefused(string why, ReferralCase found)
    {
        var decided = Decide(found);

        Assert.Equal(why, Assert.IsType<Outcome.NotPossible>(decided.Outcome).Why);
        Assert.Empty(decided.Steps);
    }

    private static Decided<Outcome> Decide(ReferralCase found) => AcceptReferral.Decide(found, Cases.Patient, Cases.Who, Cases.Mails);
}
