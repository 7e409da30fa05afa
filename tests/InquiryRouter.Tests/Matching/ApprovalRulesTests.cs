using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class ApprovalRulesTests
{
    private static readonly Approval s_when = new(ApprovalMode.When, [], [], [], null);

    [Fact]
    public void Never_and_always_are_what_they_say()
    {
        Assert.Empty(Reasons(Approval.Never with { Conditions = Set("lupus") }, An.Inquiry()));
        Assert.Equal(["always"], Reasons(s_when with { Mode = ApprovalMode.Always }, An.Inquiry()));
    }

    [Fact]
    public void A_decision_that_is_held_needs_no_yes() => Assert.Empty(Reasons(s_when with { Mode = ApprovalMode.Always }, An.Inquiry() with { Condition = "crohn" }));

    [Fact]
    public void The_condition_and_the_country_of_the_first_clinic_may_ask_for_it()
    {
        Assert.Equal(["condition:lupus"], Reasons(s_when with { Conditions = Set("lupus", "crohn") }, An.Inquiry()));
        Assert.Equal(["country:MX"], Reasons(s_when with { Countries = Set("MX", "CA") }, An.Inquiry()));
        Assert.Empty(Reasons(s_when with { Conditions = Set("crohn"), Countries = Set("CA") }, An.Inquiry()));
    }

    [Fact]
    public void Each_flag_asks_for_it_when_it_is_true_of_the_inquiry_or_its_clinic()
    {
        Assert.Equal(["flag:carer"], Flagged("carer", An.Inquiry() with { Relation = Relation.Carer }));
        Assert.Equal(["flag:carer"], Flagged("carer", An.Inquiry() with { Relation = Relation.Parent }));
        Assert.Equal(["flag:minor"], Flagged("minor", An.Inquiry() with { BirthYear = Moment.Now.Year - 12 }, A.Clinic() with { AgeGroups = ["child"] }));
        Assert.Equal(["flag:unknown-type"], Flagged("unknown-type", An.Inquiry() with { ConditionType = null }, A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = null }] }));
        Assert.Equal(["flag:unreviewed-rule"], Flagged("unreviewed-rule", An.Inquiry()));
        Assert.Equal(
            ["flag:high-risk"],
            Flagged(
                "high-risk", An.Inquiry() with { Treatment = "autologous-hsct", Destinations = ["CA"] },
                A.CanadianClinic() with
                {
                    Treatments = [A.Treatment() with { Treatment = "autologous-hsct" }], Credentials = [A.Credential("fact", "cell-therapy-clinical")],
                    Physicians = [A.Physician() with { Specialties = ["haematology"] }, A.Physician()],
                }));
    }

    [Fact]
    public void No_flag_asks_for_it_when_it_is_not_true()
    {
        var turkish = A.CanadianClinic("TR-1") with { Country = "TR" };

        Assert.Empty(Reasons(s_when with { Flags = ApprovalRules.Flags.ToFrozenSet(StringComparer.Ordinal) }, An.Inquiry() with { Destinations = ["TR"] }, turkish));
    }

    [Fact]
    public void The_shipped_policy_waits_for_a_yes_where_nobody_has_reviewed_the_rule()
    {
        Assert.Equal(["flag:unreviewed-rule"], Reasons(Policy.Shipped.Approval, An.Inquiry()));
        Assert.Empty(Reasons(
            Policy.Shipped.Approval, An.Inquiry() with { Destinations = ["TR"] }, A.CanadianClinic("TR-1") with { Country = "TR" }));
    }

    [Fact]
    public void Each_rule_that_waits_for_a_review_is_named_once()
    {
        var index = A.Index(A.Clinic("MX-1"), A.Clinic("MX-2"), A.CanadianClinic() with { Country = "TR" });
        var facts = An.Inquiry() with { Destinations = ["anywhere"] };
        var decision = Matcher.Match(facts, index, Policy.Shipped, MatchLoad.None, Moment.Now);

        var rule = Assert.Single(ApprovalRules.UnreviewedRules(decision, facts, index, Policy.Shipped));

        Assert.Equal(("MX", "msc-infusion"), (rule.Country, rule.Treatment));
    }

    [Fact]
    public void A_flag_the_policy_does_not_name_asks_for_nothing() =>
        Assert.Empty(Reasons(s_when with { Flags = Set("minor") }, An.Inquiry() with { Relation = Relation.Carer }));

    [Fact]
    public void The_rule_is_that_of_the_day_at_the_clinic()
    {
        // In Tokyo it is tomorrow already, and the reviewed rule has come into effect.
        var now = new DateTimeOffset(2026, 11, 18, 15, 0, 0, TimeSpan.Zero);
        var rules = new MatchRules(
            A.Bodies,
            [
                A.Rule("JP", "msc-infusion", RuleOutcome.Permitted) with { To = new DateOnly(2026, 11, 18) },
                A.Rule("JP", "msc-infusion", RuleOutcome.Permitted) with { From = new DateOnly(2026, 11, 19), Reviewed = true },
            ],
            [], [], A.Lists);
        var policy = Policy.Shipped with { Approval = s_when with { Flags = Set("unreviewed-rule") } };

        Assert.Empty(At(now));
        Assert.Equal(["flag:unreviewed-rule"], At(now.AddMinutes(-1)));

        IReadOnlyList<string> At(DateTimeOffset moment)
        {
            var facts = An.Inquiry() with { Destinations = ["JP"] };
            var index = new MatchIndex(new NetworkSnapshot(7, [A.JapaneseClinic()], rules), moment);
            return ApprovalRules.Reasons(Matcher.Match(facts, index, policy, MatchLoad.None, moment), facts, index, policy, moment);
        }
    }

    [Theory]
    [InlineData(15150, 0.021, true)]
    [InlineData(15150, 0.02, false)]
    [InlineData(15150, 0.019, false)]
    public void Two_clinics_closer_than_the_gap_ask_for_it_whoever_s_turn_it_is(int price, double gap, bool asks)
    {
        Clinic[] clinics = [A.Clinic("MX-1"), A.Clinic("MX-2") with { Packages = [A.Package() with { PriceAmount = price }] }];
        var policy = Policy.Shipped with
        {
            Weights = new ScoreWeights(0, 0, 0, 0, Price: 1, 0, 0, 0), NearTie = 0.02, Approval = s_when with { ScoreGapBelow = gap },
        };
        var turn = A.Load("MX-2", new ClinicLoad { Owed = FairShare.Unit / 2 });

        foreach (var load in (MatchLoad[])[MatchLoad.None, turn])
        {
            var index = A.Index(clinics);
            var decision = Matcher.Match(An.Inquiry(), index, policy, load, Moment.Now);
            Assert.Equal(load == turn ? "MX-2" : "MX-1", decision.Ranked[0].Clinic);
            Assert.Equal(asks ? ["score-gap"] : [], ApprovalRules.Reasons(decision, An.Inquiry(), index, policy, Moment.Now));
        }
    }

    [Fact]
    public void One_clinic_alone_is_close_to_nobody() => Assert.Empty(Reasons(s_when with { ScoreGapBelow = 1 }, An.Inquiry()));

    [Fact]
    public void All_reasons_are_named() =>
        Assert.Equal(
            ["condition:lupus", "country:MX", "flag:carer", "flag:unreviewed-rule"],
            Reasons(
                s_when with { Conditions = Set("lupus"), Countries = Set("MX"), Flags = ApprovalRules.Flags.ToFrozenSet(StringComparer.Ordinal) },
                An.Inquiry() with { Relation = Relation.Carer }));

    private static IReadOnlyList<string> Flagged(string flag, InquiryFacts facts, Clinic? clinic = null) => Reasons(s_when with { Flags = Set(flag) }, facts, clinic);

    private static IReadOnlyList<string> Reasons(Approval approval, InquiryFacts facts, Clinic? clinic = null)
    {
        var policy = Policy.Shipped with { Approval = approval };
        var index = A.Index(clinic ?? A.Clinic());
        return ApprovalRules.Reasons(Matcher.Match(facts, index, policy, MatchLoad.None, Moment.Now), facts, index, policy, Moment.Now);
    }

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet(StringComparer.Ordinal);
}
