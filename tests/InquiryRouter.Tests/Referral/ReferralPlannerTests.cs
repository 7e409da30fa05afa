using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

public sealed class ReferralPlannerTests
{
    private static readonly Policy s_policy = Policy.Shipped with { Parallel = 1, MostOffers = 3 };
    private static readonly string[] s_ranked = ["MX-3", "MX-1", "MX-2"];
    private static readonly NetworkSnapshot s_network = A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3"));

    [Fact]
    public void The_best_of_the_match_is_asked_first() => Assert.Equal(["MX-3"], Offers(s_network, MatchLoad.None));

    [Fact]
    public void After_a_no_the_next_best_is_asked() => Assert.Equal(["MX-1"], Offers(s_network, A.Load(tried: ["MX-3"])));

    [Fact]
    public void A_clinic_at_its_cap_is_passed_over() => Assert.Equal(["MX-1"], Offers(s_network, A.Load(full: ["MX-3"])));

    [Fact]
    public void A_clinic_on_leave_since_the_match_is_passed_over() =>
        Assert.Equal(["MX-1"], Offers(A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3") with { Leave = [new Leave(Moment.Today, Moment.Today)] }), MatchLoad.None));

    [Fact]
    public void A_credential_that_lapsed_since_the_match_takes_the_clinic_out()
    {
        var lapsed = A.Clinic("MX-3") with
        {
            Credentials = [A.Credential("jci", "hospital") with { ValidTo = Moment.Today.AddDays(-1) }, A.Credential("cofepris", "cell-therapy-clinical")],
        };

        Assert.Equal(["MX-1"], Offers(A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), lapsed), MatchLoad.None));
    }

    [Fact]
    public void A_clinic_that_left_the_network_since_the_match_is_passed_over() =>
        Assert.Equal(["MX-1"], Offers(A.Network(A.Clinic("MX-1"), A.Clinic("MX-2")), MatchLoad.None));

    [Fact]
    public void A_clinic_that_was_not_matched_is_not_asked() => Assert.Empty(Offers(A.Network(A.Clinic("MX-4")), MatchLoad.None));

    [Fact]
    public void As_many_are_asked_at_a_time_as_the_policy_says() =>
        Assert.Equal(["MX-3", "MX-1"], Offers(s_network, MatchLoad.None, policy: s_policy with { Parallel = 2 }));

    [Fact]
    public void Those_still_asked_take_up_their_places() =>
        Assert.Equal(["MX-1"], Offers(s_network, A.Load(tried: ["MX-3"]), made: 1, open: 1, policy: s_policy with { Parallel = 2 }));

    [Fact]
    public void While_all_answers_are_awaited_nothing_follows() => Assert.Same(ReferralStep.Wait, Step(s_network, A.Load(tried: ["MX-3"]), made: 1, open: 1));

    [Fact]
    public void While_one_answer_is_awaited_nothing_is_held_although_nobody_is_left() =>
        Assert.Same(ReferralStep.Wait, Step(s_network, A.Load(tried: ["MX-1", "MX-2", "MX-3"]), made: 2, open: 1, policy: s_policy with { Parallel = 2 }));

    [Fact]
    public void Together_they_are_never_more_than_the_limit_of_offers() =>
        Assert.Equal(["MX-3"], Offers(s_network, MatchLoad.None, made: 2, policy: s_policy with { Parallel = 3 }));

    [Fact]
    public void One_offer_below_the_limit_another_clinic_is_asked() => Assert.Equal(["MX-3"], Offers(s_network, A.Load(tried: ["MX-8", "MX-9"]), made: 2));

    [Fact]
    public void At_the_limit_of_offers_a_coordinator_takes_over_and_reads_that_it_is_the_limit()
    {
        var step = Step(s_network, A.Load(tried: ["MX-7", "MX-8", "MX-9"]), made: 3);

        Assert.Equal((0, HoldReason.OfferLimit), (step.Offers.Count, step.Hold));
    }

    [Fact]
    public void Offers_made_before_a_coordinator_released_the_inquiry_do_not_count_against_the_limit() =>
        Assert.Equal(["MX-3"], Offers(s_network, A.Load(tried: ["MX-6", "MX-7", "MX-8", "MX-9"]), made: 0));

    [Fact]
    public void Nobody_left_below_the_limit_is_said_to_be_that()
    {
        var step = Step(s_network, A.Load(tried: ["MX-1", "MX-2", "MX-3"]), made: 2);

        Assert.Equal((0, HoldReason.NoClinicLeft, 0), (step.Offers.Count, step.Hold, step.Full.Count));
    }

    [Fact]
    public void When_only_places_are_lacking_it_waits_for_those_clinics_in_the_order_of_the_match()
    {
        var step = Step(s_network, A.Load(full: ["MX-1", "MX-3"], tried: ["MX-2"]), made: 1);

        Assert.Equal(HoldReason.WaitsForCapacity, step.Hold);
        Assert.Equal(["MX-3", "MX-1"], step.Full);
    }

    [Fact]
    public void Nobody_waits_for_a_place_at_a_clinic_that_has_said_no()
    {
        var step = Step(s_network, A.Load(full: ["MX-1", "MX-2", "MX-3"], tried: ["MX-1", "MX-2", "MX-3"]), made: 2);

        Assert.Equal((HoldReason.NoClinicLeft, 0), (step.Hold, step.Full.Count));
    }

    [Fact]
    public void A_place_that_is_kept_for_who_waits_longer_is_waited_for_as_well() =>
        Assert.Equal(["MX-3"], Step(A.Network(A.Clinic("MX-3")), A.Load("MX-3", new ClinicLoad { ThisWeek = 9, Kept = 1 })).Full);

    [Fact]
    public void Others_are_asked_after_a_no_a_withdrawal_a_yes_taken_back_and_when_the_patient_is_given_back()
    {
        ReferralState[] after = [ReferralState.Viewed, ReferralState.Declined, ReferralState.Withdrawn, ReferralState.Returned];

        Assert.Equal(after, Enum.GetValues<ReferralState>().Where(s => ReferralPlanner.GoesOnAfter(s, InquiryState.Referred)));
    }

    [Fact]
    public void While_a_clinic_has_the_patient_or_nothing_goes_on_nobody_is_asked() =>
        Assert.Equal(
            [(InquiryState.Matched, ReferralState.Withdrawn), (InquiryState.Matched, ReferralState.Returned)],
            from inquiry in Enum.GetValues<InquiryState>()
            where inquiry != InquiryState.Referred
            from referral in Enum.GetValues<ReferralState>()
            where ReferralPlanner.GoesOnAfter(referral, inquiry)
            select (inquiry, referral));

    private static IEnumerable<string> Offers(NetworkSnapshot network, MatchLoad load, int made = 0, int open = 0, Policy? policy = null) =>
        Step(network, load, made, open, policy).Offers.Select(c => c.Code);

    private static ReferralStep Step(NetworkSnapshot network, MatchLoad load, int made = 0, int open = 0, Policy? policy = null) =>
        ReferralPlanner.Next(
            s_ranked, new OffersMade(made, open), An.Inquiry(), new MatchIndex(network, Moment.Now), load, policy ?? s_policy, Moment.Now);
}
