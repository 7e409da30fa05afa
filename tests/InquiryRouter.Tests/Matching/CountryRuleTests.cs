using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>What the law of a country, and its word on facilitators, does to a clinic.</summary>
public sealed class CountryRuleTests
{
    private static readonly InquiryFacts s_anywhere = An.Inquiry() with { Destinations = ["anywhere"] };

    [Fact]
    public void No_credential_makes_up_for_a_rule_that_is_not_known()
    {
        var clinic = A.Clinic() with { Country = "PA", Credentials = [A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical"), A.Credential("cofepris", "cell-therapy-clinical")] };

        Assert.Equal(Gate.CountryRuleUnknown, A.Answer(s_anywhere, clinic).Gate);
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(1, 2)]
    public void A_rule_counts_between_its_dates_only(int from, int to)
    {
        var network = Network(A.Clinic(), A.Rule("MX", "msc-infusion", RuleOutcome.Permitted) with { From = Moment.Today.AddDays(from), To = Moment.Today.AddDays(to) });

        Assert.Equal(Gate.CountryRuleUnknown, Stopped(network, Moment.Now));
        Assert.Equal(Gate.None, Stopped(network, Moment.Now.AddDays(from)));
        Assert.Equal(Gate.None, Stopped(network, Moment.Now.AddDays(to)));
    }

    [Fact]
    public void A_rule_for_other_conditions_says_nothing_about_this_one() =>
        Assert.Equal(
            Gate.CountryRuleUnknown,
            Stopped(Network(A.Clinic(), A.Rule("MX", "msc-infusion", RuleOutcome.Permitted) with { Conditions = ["crohn"] }), Moment.Now));

    [Theory]
    [InlineData(null, "bone-marrow", Gate.CountryRuleForbids)]
    [InlineData("sle", "bone-marrow", Gate.CountryRuleForbids)]
    [InlineData("cutaneous", "bone-marrow", Gate.None)]
    [InlineData("cutaneous", null, Gate.CountryRuleForbids)]
    [InlineData("cutaneous", "umbilical-cord", Gate.CountryRuleForbids)]
    public void What_a_clinic_does_not_state_may_be_what_the_law_forbids(string? type, string? cells, Gate gate)
    {
        var permitted = A.Rule("MX", "msc-infusion", RuleOutcome.Permitted);
        var forbidden = permitted with { Outcome = RuleOutcome.Forbidden };
        var clinic = A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = type, CellSources = cells is null ? [] : [cells] }] };
        var facts = s_anywhere with { ConditionType = type, CellSource = "any" };
        var network = Network(
            clinic, permitted, forbidden with { Conditions = ["lupus"], ConditionTypes = ["sle"] }, forbidden with { CellSources = ["umbilical-cord"] });

        Assert.Equal(
            gate, Matcher.Check(clinic.Code, facts, new MatchIndex(network, Moment.Now), Policy.Shipped, MatchLoad.None, Moment.Now));
    }

    [Fact]
    public void A_trial_counts_only_with_its_registration()
    {
        var clinic = A.Clinic() with { Country = "IN", Credentials = [A.Credential("jci", "hospital")] };

        Assert.Equal(
            (Gate.CountryRuleCredential, "India: So the law says. The clinic has no verified trial registration in force with the Indian Trial Registry. Source: gazette (not yet reviewed)."),
            A.Answer(s_anywhere, clinic));
        Assert.Equal(Gate.None, A.Answer(s_anywhere, clinic with { Credentials = [.. clinic.Credentials, A.Credential("trials", "clinical-trial", "lupus", "msc-infusion")] }).Gate);
    }

    [Fact]
    public void A_licence_of_another_site_does_not_satisfy_the_law()
    {
        var clinic = A.Clinic() with
        {
            Sites = [new Site("main", "Main", "Tijuana"), new Site("south", "South", "Ensenada")],
            Credentials = [A.Credential("jci", "hospital"), A.Credential("cofepris", "cell-therapy-clinical") with { Site = "south" }],
        };

        Assert.Equal(Gate.CountryRuleCredential, A.Answer(s_anywhere, clinic).Gate);
        Assert.Equal(Gate.None, A.Answer(s_anywhere, clinic with { Treatments = [A.Treatment() with { Site = "south" }] }).Gate);
    }

    [Fact]
    public void A_licence_that_is_only_claimed_does_not_satisfy_the_law()
    {
        var clinic = A.Clinic() with { Credentials = [A.Credential("jci", "hospital"), A.Credential("cofepris", "cell-therapy-clinical") with { VerifiedBy = null, VerifiedAt = null }] };

        Assert.Equal(Gate.CountryRuleCredential, A.Answer(s_anywhere, clinic).Gate);
    }

    [Fact]
    public void A_reviewed_rule_is_cited_without_a_warning()
    {
        var network = Network(A.Clinic(), A.Rule("MX", "msc-infusion", RuleOutcome.Forbidden) with { Reviewed = true });

        Assert.Equal("Mexico: So the law says. Source: gazette.", A.Answer(s_anywhere, A.Clinic(), index: new MatchIndex(network, Moment.Now)).Sentence);
    }

    [Fact]
    public void Where_we_hold_the_permission_patients_may_be_sent() =>
        Assert.Equal(Gate.None, A.Answer(s_anywhere, A.CanadianClinic() with { Country = "TR" }).Gate);

    [Theory]
    [InlineData(-5, -1)]
    [InlineData(1, 10)]
    public void A_permission_counts_between_its_dates_only(int from, int to)
    {
        var ours = new FacilitatorPermission("CA", "permission", "1", Moment.Today.AddDays(from), Moment.Today.AddDays(to), "gazette", Reviewed: true);
        var network = new NetworkSnapshot(7, [A.CanadianClinic()], new MatchRules(A.Bodies, A.CountryRules, [ours], [], A.Lists));

        Assert.Equal(
            (Gate.FacilitatorPermission, "Canada asks facilitators for a permission (permission), and we hold none in force. Source: gazette."),
            A.Answer(s_anywhere, A.CanadianClinic(), index: new MatchIndex(network, Moment.Now)));
        Assert.Equal(Gate.None, Stopped(network, Moment.Now.AddDays(from)));
    }

    [Fact]
    public void The_law_is_asked_before_the_permission_and_the_permission_before_the_clinic()
    {
        var clinic = A.Clinic() with { Country = "KR", Credentials = [], Physicians = [] };

        Assert.Equal(Gate.FacilitatorPermission, A.Answer(s_anywhere, clinic).Gate);
        Assert.Equal(Gate.CountryRuleForbids, A.Answer(s_anywhere, clinic with { Country = "DE" }).Gate);
        Assert.Equal(Gate.Accreditation, A.Answer(s_anywhere, clinic with { Country = "CA" }).Gate);
    }

    private static NetworkSnapshot Network(Clinic clinic, params CountryRule[] rules) => new(7, [clinic], new MatchRules(A.Bodies, rules, [], [], A.Lists));

    private static Gate Stopped(NetworkSnapshot network, DateTimeOffset now) =>
        Matcher.Check(network.Clinics[0].Code, s_anywhere, new MatchIndex(network, now), Policy.Shipped, MatchLoad.None, now);
}
