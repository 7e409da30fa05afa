using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class DecisionChangesTests
{
    [Fact]
    public void Each_clinic_that_stands_elsewhere_is_named_with_what_it_was_and_is()
    {
        var then = Decide(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3") with { Physicians = [] }, A.Clinic("MX-4"), A.Clinic("MX-6"));
        var now = Decide(
            A.Clinic("MX-1"), A.Clinic("MX-2") with { Credentials = [] }, A.Clinic("MX-3"),
            A.Clinic("MX-4") with { Packages = [A.Package() with { PriceAmount = 20_000 }] }, A.Clinic("MX-5"));

        var changes = DecisionChanges.Of(then, now);

        Assert.Equal(["MX-2", "MX-3", "MX-5", "MX-6", "MX-4"], changes.Select(c => c.Clinic));
        Assert.Equal((true, Gate.CountryRuleCredential), (changes[0].Then!.IsRanked, changes[0].Now!.Gate));
        Assert.Equal((Gate.Physician, true), (changes[1].Then!.Gate, changes[1].Now!.IsRanked));
        Assert.Null(changes[2].Then);
        Assert.Null(changes[3].Now);
        Assert.True(changes[4].Then!.Ranked.Parts.Price > changes[4].Now!.Ranked.Parts.Price);
    }

    [Fact]
    public void The_same_decision_has_none() => Assert.Empty(DecisionChanges.Of(
        Decide(A.Clinic("MX-1"), A.CanadianClinic()), Decide(A.CanadianClinic(), A.Clinic("MX-1"))));

    [Fact]
    public void A_place_that_another_clinic_gave_up_is_no_difference_of_those_behind_it() => Assert.Equal(
        ["MX-1"],
        DecisionChanges.Of(
            Decide(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3")),
            Decide(A.Clinic("MX-1") with { Active = false }, A.Clinic("MX-2"), A.Clinic("MX-3"))).Select(c => c.Clinic));

    private static MatchDecision Decide(params Clinic[] clinics) => A.Decision(An.Inquiry(), A.Network(clinics));
}
