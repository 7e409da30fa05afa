using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class MatcherTests
{
    /// <summary>Some that fit, equally and better, and one for each of several gates.</summary>
    private static readonly Clinic[] s_clinics =
    [
        A.Clinic("MX-2"), A.Clinic("MX-1"), A.CanadianClinic(), A.Clinic("DE-1") with { Country = "DE" },
        A.Clinic("MX-4") with { Credentials = [A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical"), A.Credential("cofepris", "cell-therapy-clinical")] },
        A.Clinic("MX-5") with { Packages = [A.Package() with { PriceAmount = 29000 }] },
        A.Clinic("MX-6") with { Active = false }, A.Clinic("MX-7") with { Languages = ["es"] },
        A.Clinic("MX-8") with { Leave = [new Leave(Moment.Today, Moment.Today)] }, A.Clinic("MX-9") with { Credentials = [] },
    ];

    private static readonly InquiryFacts s_inquiry = An.Inquiry() with { Destinations = ["anywhere"] };

    [Fact]
    public void Every_clinic_is_in_exactly_one_of_the_lists_of_the_explanation()
    {
        var index = A.Index(s_clinics);
        var decision = Matcher.Match(s_inquiry, index, Policy.Shipped, MatchLoad.None, Moment.Now);

        using var explained = Explain(decision, index);
        var ranked = Codes(explained, "ranked");
        var rejected = Codes(explained, "rejected");

        Assert.Equal(decision.Ranked.Select(r => r.Clinic), ranked);
        Assert.Equal(s_clinics.Select(c => c.Code).Order(StringComparer.Ordinal), ranked.Concat(rejected).Order(StringComparer.Ordinal));
        Assert.Equal(5, ranked.Count);
        Assert.Equal(5, rejected.Count);
    }

    [Fact]
    public void The_explanation_tells_versions_scores_gates_and_sentences()
    {
        var index = A.Index(A.Clinic("MX-1"), A.Clinic("MX-2") with { Languages = ["es"] });

        using var explained = Explain(Matcher.Match(s_inquiry, index, Policy.Shipped with { Version = 3 }, MatchLoad.None, Moment.Now), index);

        Assert.Equal(7, explained.RootElement.GetProperty("networkVersion").GetInt64());
        Assert.Equal(3, explained.RootElement.GetProperty("policyVersion").GetInt32());
        Assert.Equal("matched", explained.RootElement.GetProperty("outcome").GetString());
        var parts = explained.RootElement.GetProperty("ranked")[0].GetProperty("parts");
        Assert.Equal(ScoreParts.Names, parts.EnumerateObject().Select(p => p.Name));
        Assert.Equal(explained.RootElement.GetProperty("ranked")[0].GetProperty("score").GetDouble(), parts.EnumerateObject().Sum(p => p.Value.GetDouble()), precision: 6);
        var no = explained.RootElement.GetProperty("rejected")[0];
        Assert.Equal(
            ("MX-2", "language", "Nobody at the clinic speaks the patient's language (English)."),
            (no.GetProperty("clinic").GetString(), no.GetProperty("gate").GetString(), no.GetProperty("reason").GetString()));
    }

    [Fact]
    public void An_explanation_is_JSON_whatever_a_clinic_is_called()
    {
        var index = A.Index(
            A.Clinic("MX-\"1\"\\é") with { Physicians = [A.Physician() with { Name = "Dr \"Ñ\"\\\n\u0001<" , Active = false }] },
            A.Clinic("MX-{2}") with { Leave = [new Leave(Moment.Today, Moment.Today)] });

        using var explained = Explain(Matcher.Match(s_inquiry, index, Policy.Shipped, MatchLoad.None, Moment.Now), index);

        Assert.Equal("held", explained.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(["MX-\"1\"\\é", "MX-{2}"], Codes(explained, "rejected"));
        Assert.Contains("Dr \"Ñ\"\\\n\u0001< no longer works there", explained.RootElement.GetProperty("rejected")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_indented_explanation_says_the_same()
    {
        var index = A.Index(s_clinics);
        var decision = Matcher.Match(s_inquiry, index, Policy.Shipped, MatchLoad.None, Moment.Now);

        using var plain = Explain(decision, index);
        using var indented = Explain(decision, index, indented: true);

        Assert.True(JsonElement.DeepEquals(plain.RootElement, indented.RootElement));
        Assert.Contains('\n', indented.RootElement.GetRawText());
        Assert.DoesNotContain('\n', plain.RootElement.GetRawText());
    }

    [Fact]
    public void The_decision_does_not_depend_on_the_order_of_the_input()
    {
        var decision = Text(s_clinics);

        Assert.Equal(decision, Text([.. s_clinics.Reverse()]));
        Assert.Equal(decision, Text([.. s_clinics.OrderBy(c => c.Packages[0].PriceAmount).ThenByDescending(c => c.Country, StringComparer.Ordinal)]));

        static string Text(Clinic[] clinics) => JsonSerializer.Serialize(A.Decision(s_inquiry, A.Network(clinics)));
    }

    [Fact]
    public void Equal_clinics_that_do_not_share_are_ranked_by_code()
    {
        var decision = A.Decision(s_inquiry, A.Network(A.Clinic("MX-3"), A.Clinic("MX-1"), A.Clinic("MX-2")), policy: Policy.Shipped with { MostTied = 1 });

        Assert.Single(decision.Ranked.Select(r => r.Score).Distinct());
        Assert.Equal(["MX-1", "MX-2", "MX-3"], decision.Ranked.Select(r => r.Clinic));
        Assert.Equal(1, decision.Tied);
    }

    [Fact]
    public void The_better_score_comes_first()
    {
        var scores = A.Decision(s_inquiry, A.Network(s_clinics), policy: Policy.Shipped with { MostTied = 1 }).Ranked.Select(r => r.Score).ToList();

        Assert.Equal(scores.OrderDescending(), scores);
        Assert.True(scores.Distinct().Count() > 1, "All scores are equal: nothing was ordered.");
    }

    [Fact]
    public void Near_ties_share_by_turns_and_whose_turn_it_is_comes_first()
    {
        var load = A.Load("MX-3", new ClinicLoad { Owed = FairShare.Unit / 2 });

        var decision = A.Decision(s_inquiry, A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3")), load);

        Assert.Equal((3, "MX-3"), (decision.Tied, decision.Ranked[0].Clinic));
    }

    [Fact]
    public void Whoever_is_clearly_worse_does_not_share()
    {
        var far = A.Clinic("MX-2") with { Packages = [A.Package() with { PriceAmount = 29000 }] };
        var load = A.Load("MX-2", new ClinicLoad { Owed = 5 * FairShare.Unit });

        var decision = A.Decision(s_inquiry, A.Network(A.Clinic("MX-1"), far), load);

        Assert.Equal((1, "MX-1"), (decision.Tied, decision.Ranked[0].Clinic));
    }

    [Fact]
    public void A_difference_of_exactly_the_near_tie_still_shares()
    {
        // The price alone counts: 1 within the budget, and 0.02 less for a hundredth of it more.
        var policy = Policy.Shipped with { Weights = new ScoreWeights(0, 0, 0, 0, Price: 1, 0, 0, 0), NearTie = 0.02 };
        var dearer = A.Clinic("MX-2") with { Packages = [A.Package() with { PriceAmount = 15150 }] };
        var still = A.Clinic("MX-3") with { Packages = [A.Package() with { PriceAmount = 15151 }] };

        Assert.Equal(2, A.Decision(s_inquiry, A.Network(A.Clinic("MX-1"), dearer), policy: policy).Tied);
        Assert.Equal(1, A.Decision(s_inquiry, A.Network(A.Clinic("MX-1"), still), policy: policy).Tied);
    }

    [Fact]
    public void All_that_are_equally_good_share_unless_the_policy_says_that_nobody_does()
    {
        var network = A.Network(A.Clinic("MX-1"), A.Clinic("MX-2"), A.Clinic("MX-3"));

        Assert.Equal(3, A.Decision(s_inquiry, network, policy: Policy.Shipped with { MostTied = 2 }).Tied);
        Assert.Equal(1, A.Decision(s_inquiry, network, policy: Policy.Shipped with { MostTied = 1 }).Tied);
    }

    [Fact]
    public void The_decision_names_the_versions_it_was_made_from()
    {
        var decision = A.Decision(s_inquiry, new NetworkSnapshot(1234, s_clinics, A.MatchRules), policy: Policy.Shipped with { Version = 42 });

        Assert.Equal((1234L, 42), (decision.NetworkVersion, decision.PolicyVersion));
    }

    [Fact]
    public void Of_no_clinic_nothing_is_ranked()
    {
        var decision = A.Decision(s_inquiry, A.Network());

        Assert.True(decision.IsHeld);
        Assert.Equal(0, decision.Tied);
    }

    private static JsonDocument Explain(MatchDecision decision, MatchIndex index, bool indented = false) =>
        JsonDocument.Parse(Explanation.Of(decision, index.Network).ToJson(indented));

    private static List<string> Codes(JsonDocument explained, string list) =>
        [.. explained.RootElement.GetProperty(list).EnumerateArray().Select(c => c.GetProperty("clinic").GetString()!)];
}
