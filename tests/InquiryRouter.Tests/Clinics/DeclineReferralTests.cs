using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

public sealed class DeclineReferralTests
{
    [Fact]
    public void A_no_frees_the_place_and_lets_the_search_go_on()
    {
        var decided = Decide(Cases.Offered());

        Assert.Same(Outcome.Done.It, decided.Outcome);
        Assert.Equal(
            ["MX-1: Decline no-capacity, frees its place", "inquiry: Decline no-capacity by MX-1", "announce the answer"], decided.Lines());
    }

    [Fact]
    public void A_remark_is_kept_for_the_coordinators() =>
        Assert.Contains("note Remark: Our ward is closed.", Decide(Cases.Offered(), "Our ward is closed.").Lines());

    [Fact]
    public void A_second_press_changes_nothing()
    {
        var decided = Decide(Cases.Offered() with { Referral = An.Referral() with { State = ReferralState.Declined } });

        Assert.Same(Outcome.AlreadyDone.It, decided.Outcome);
        Assert.Empty(decided.Steps);
    }

    [Fact]
    public void After_a_yes_it_is_too_late_for_a_no() =>
        Assert.Equal(ClinicCodes.Ended, Assert.IsType<Outcome.NotPossible>(Decide(Cases.Accepted()).Outcome).Why);

    [Fact]
    public void Who_does_it_stands_in_the_history() => Assert.Contains(
        "inquiry: Decline other by ada",
        DeclineReferral.Decide(Cases.Offered(), Cases.Patient, "other", null, Core.Privacy.Actor.Coordinator("ada"), Cases.Vault).Lines());

    private static Decided<Outcome> Decide(ReferralCase found, string? remark = " ") =>
        DeclineReferral.Decide(found, Cases.Patient, "no-capacity", remark, Cases.Who, Cases.Vault);
}
