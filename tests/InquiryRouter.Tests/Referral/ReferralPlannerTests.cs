using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

public sealed class ReferralPlannerTests
{
    private static readonly ReferralPolicy s_policy = new() { OfferWindow = TimeSpan.FromHours(16), MaxOffers = 3 };
    private static readonly string[] s_ranked = ["MX-3", "MX-1", "MX-2"];
    private static readonly NetworkSnapshot s_network = A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3"));

    [Fact]
    public void The_best_of_the_match_is_asked_first() => Assert.Equal("MX-3", Next(s_network, MatchLoad.None));

    [Fact]
    public void After_a_no_the_next_best_is_asked() => Assert.Equal("MX-1", Next(s_network, A.Load(tried: ["MX-3"])));

    [Fact]
    public void A_clinic_at_its_cap_is_passed_over() => Assert.Equal("MX-1", Next(s_network, A.Load(full: ["MX-3"])));

    [Fact]
    public void A_credential_that_lapsed_since_the_match_takes_the_clinic_out()
    {
        var lapsed = A.Clinic("MX-3") with
        {
            Credentials = [A.Credential("jci", "hospital") with { ValidTo = Moment.Today.AddDays(-1) }, A.Credential("cofepris", "cell-therapy-clinical")],
        };

        Assert.Equal("MX-1", Next(A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), lapsed), MatchLoad.None));
    }

    [Fact]
    public void A_clinic_that_left_the_network_since_the_match_is_passed_over() =>
        Assert.Equal("MX-1", Next(A.Network(A.Clinic("MX-1"), A.Clinic("MX-2")), MatchLoad.None));

    [Fact]
    public void A_clinic_that_was_not_matched_is_not_asked() => Assert.Null(Next(A.Network(A.Clinic("MX-4")), MatchLoad.None));

    [Fact]
    public void When_nobody_is_left_nobody_is_asked() => Assert.Null(Next(s_network, A.Load(full: ["MX-1"], tried: ["MX-2", "MX-3"])));

    [Fact]
    public void One_offer_below_the_limit_another_clinic_is_asked() => Assert.Equal("MX-3", Next(s_network, A.Load(tried: ["MX-8", "MX-9"]), made: 2));

    [Fact]
    public void At_the_limit_of_offers_a_coordinator_takes_over_and_reads_that_it_is_the_limit()
    {
        var step = Step(s_network, A.Load(tried: ["MX-7", "MX-8", "MX-9"]), made: 3);

        Assert.Equal(new ReferralStep(null, HoldReason.OfferLimit), step);
    }

    [Fact]
    public void Offers_made_before_a_coordinator_released_the_inquiry_do_not_count_against_the_limit() =>
        Assert.Equal("MX-3", Next(s_network, A.Load(tried: ["MX-6", "MX-7", "MX-8", "MX-9"]), made: 0));

    [Fact]
    public void Nobody_left_below_the_limit_is_said_to_be_that() =>
        Assert.Equal(new ReferralStep(null, HoldReason.NoClinicLeft), Step(s_network, A.Load(tried: ["MX-1", "MX-2", "MX-3"]), made: 2));

    private static string? Next(NetworkSnapshot network, MatchLoad load, int made = 0) => Step(network, load, made).Offer?.Code;

    private static ReferralStep Step(NetworkSnapshot network, MatchLoad load, int made) =>
        ReferralPlanner.Next(s_ranked, made, An.Inquiry(), network, A.MatchRules, load, s_policy, Moment.Now);
}
