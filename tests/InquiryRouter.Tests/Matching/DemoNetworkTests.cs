using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>What a first start shows: the demo network under its own country rules.</summary>
public sealed class DemoNetworkTests
{
    private static readonly NetworkSnapshot s_network = new(1, Shipped.DemoNetwork.Clinics, Shipped.DemoRules);
    private static readonly MatchIndex s_index = new(s_network, Moment.Now);

    [Fact]
    public void The_demo_network_has_no_problem() => Assert.Empty(Shipped.DemoNetwork.Problems);

    [Fact]
    public void Every_clinic_says_that_it_is_synthetic() =>
        Assert.All(s_network.Clinics, c => Assert.Contains("synthetic", c.Name, StringComparison.Ordinal));

    [Fact]
    public void The_lupus_inquiry_of_the_design_finds_at_least_four_clinics()
    {
        var ranked = Decide(An.Inquiry()).Ranked;

        Assert.True(ranked.Count >= 4, $"Only {string.Join(", ", ranked.Select(r => r.Clinic))} fit.");
    }

    [Fact]
    public void Every_gate_stops_some_clinic_for_some_inquiry()
    {
        // These depend on what happened before.
        Gate[] notHere = [Gate.MailUnreachable, Gate.AlreadyTried, Gate.Conflict, Gate.WeeklyCap, Gate.DailyPace];

        var met = Inquiries().SelectMany(i => Decide(i).Rejected).Select(r => r.Gate).ToHashSet();

        Assert.Empty(GateList.All.Except(notHere).Except(met));
    }

    [Fact]
    public void Every_clinic_that_does_not_fit_says_why_in_a_sentence()
    {
        var explained = Decide(An.Inquiry()).Rejected.Select(r => r.Reason).ToList();

        Assert.NotEmpty(explained);
        Assert.All(explained, sentence => Assert.Matches(@"^\p{Lu}.{15,}\.$", sentence));
    }

    private static MatchDecision Decide(InquiryFacts inquiry) => Matcher.Match(inquiry, s_index, Policy.Shipped, MatchLoad.None, Moment.Now);

    private static IEnumerable<InquiryFacts> Inquiries() =>
        from condition in Shipped.Lists.Conditions.Values
        from type in condition.Types.Select(t => (string?)t.Code).Append(null)
        from treatment in Shipped.Lists.Treatments.Keys
        from birthYear in new[] { 1984, 2015 }
        from language in new[] { "en", "fr" }
        from destination in new[] { "anywhere", "MX" }
        from cellSource in new[] { "any", "adipose" }
        from budget in new[] { 15000m, 4000m }
        select An.Inquiry() with
        {
            Condition = condition.Code, ConditionType = type, Treatment = treatment, BirthYear = birthYear, Language = language,
            Destinations = [destination], CellSource = cellSource, BudgetAmount = budget,
        };
}
