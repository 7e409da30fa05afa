using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Everything that speaks for and against one clinic.</summary>
public sealed class ClinicExplanationTests
{
    [Fact]
    public void A_clinic_that_passes_says_of_each_gate_the_fact_it_rests_on()
    {
        var offering = Assert.Single(Explain(A.Clinic()).Offerings);

        Assert.Equal(GateList.All, offering.Gates.Select(g => g.Gate));
        Assert.All(offering.Gates, g => Assert.True(g.IsPassed, $"{g.Gate}: {g.Sentence}"));
        Assert.All(offering.Gates, g => Assert.Matches(@"^\S.{10,}\.$", g.Sentence));
        var accreditation = offering.Gates.Single(g => g.Gate == Gate.Accreditation);
        Assert.Contains("Hospital Accreditors 1 (hospital), 2025-11-18 to 2027-11-18, verified by coordinator on 2026-11-11.", accreditation.Sentence, StringComparison.Ordinal);
        Assert.Equal("gazette (not yet reviewed)", offering.Gates.Single(g => g.Gate == Gate.CountryRuleForbids).Source);
        Assert.Contains("Dr Physician (rheumatology), certified by Board of Rheumatology; 120 patients", Of(offering, Gate.Physician), StringComparison.Ordinal);
    }

    [Fact]
    public void The_points_of_each_part_are_its_value_times_its_share_of_the_weights_and_come_to_the_score()
    {
        var clinic = A.Clinic();
        var offering = Assert.Single(Explain(clinic).Offerings);

        var ranked = Assert.Single(A.Decision(An.Inquiry(), A.Network(clinic)).Ranked);
        Assert.Equal(ranked.Parts, offering.Points);
        for (var part = 0; part < ScoreParts.Names.Count; part++)
        {
            Assert.InRange(offering.Values!.Value[part], 0, 1);
            Assert.Equal(offering.Points!.Value[part], offering.Values.Value[part] * Policy.Shipped.Weights.ShareOf(part), 6);
        }
    }

    [Fact]
    public void Every_no_is_said_and_not_the_first_only()
    {
        var offering = Assert.Single(Explain(A.CanadianClinic() with { Active = false, Physicians = [], Languages = ["fr"], WeeklyCap = 0 }).Offerings);

        Assert.Equal(
            [Gate.Inactive, Gate.Physician, Gate.Destination, Gate.Language, Gate.WeeklyCap],
            offering.Gates.Where(g => !g.IsPassed).Select(g => g.Gate));
        Assert.Null(offering.Points);
    }

    [Fact]
    public void Where_the_law_is_not_known_what_it_asks_is_not_answered()
    {
        var offering = Assert.Single(Explain(A.Clinic() with { Country = "PA" }).Offerings);

        Assert.False(offering.Gates.Single(g => g.Gate == Gate.CountryRuleUnknown).IsPassed);
        Assert.DoesNotContain(offering.Gates, g => g.Gate is Gate.CountryRuleForbids or Gate.CountryRuleCredential);
    }

    [Fact]
    public void A_clinic_that_treats_something_else_says_so()
    {
        var explained = Explain(A.Clinic() with { Treatments = [A.Treatment() with { Condition = "crohn", ConditionType = null }] });

        Assert.Empty(explained.Offerings);
        Assert.Equal(Gate.Condition, explained.Gates[^1].Gate);
        Assert.False(explained.Gates[^1].IsPassed);
    }

    [Fact]
    public void A_gate_that_cannot_be_asked_is_a_no_and_the_others_are_asked()
    {
        var offering = Assert.Single(Explain(A.Clinic() with { Languages = null! }).Offerings);

        Assert.StartsWith("Whether the clinic passes could not be found out (", Of(offering, Gate.Language), StringComparison.Ordinal);
        Assert.True(offering.Gates.Single(g => g.Gate == Gate.Budget).IsPassed);
    }

    [Fact]
    public void A_clinic_that_is_not_there_has_no_explanation() =>
        Assert.Null(ClinicExplanation.Of("XX", An.Inquiry(), A.Index(A.Clinic()), Policy.Shipped, MatchLoad.None, Moment.Now));

    private static string Of(OfferingExplanation offering, Gate gate) => offering.Gates.Single(g => g.Gate == gate).Sentence;

    private static ClinicExplanation Explain(Clinic clinic) =>
        ClinicExplanation.Of(clinic.Code, An.Inquiry(), A.Index(clinic), Policy.Shipped, MatchLoad.None, Moment.Now)!;
}
