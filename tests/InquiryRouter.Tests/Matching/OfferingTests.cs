using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>A clinic that offers several things: which one speaks for it, and which one its sentence speaks of.</summary>
public sealed class OfferingTests
{
    private static readonly Clinic s_twoSites = A.CanadianClinic() with
    {
        Sites = [new Site("main", "Main", "Toronto"), new Site("south", "South", "Hamilton")],
        Credentials = [A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical") with { Site = "south" }],
        Treatments = [A.Treatment(), A.Treatment() with { Site = "south", ConditionType = null }],
    };

    private static readonly InquiryFacts s_inquiry = An.Inquiry() with { Destinations = ["anywhere"] };

    [Fact]
    public void The_site_with_more_accreditations_speaks_for_the_clinic_and_the_explanation_names_it()
    {
        Assert.Equal(1, Assert.Single(A.Decision(s_inquiry, A.Network(s_twoSites)).Ranked).Offering);
        Assert.Contains("""
            "offering":{"treatment":"msc-infusion","site":"south"}
            """.Trim(), Explained(s_inquiry, A.Index(s_twoSites)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equal_ones_the_first_speaks() =>
        Assert.Equal(0, Assert.Single(A.Decision(s_inquiry, A.Network(A.Clinic() with { Treatments = [A.Treatment(), A.Treatment()] })).Ranked).Offering);

    /// <summary>One index answers both: each must read of their own.</summary>
    [Fact]
    public void Two_patients_of_different_types_read_of_the_offering_for_their_own()
    {
        var index = A.Index(s_twoSites with
        {
            Credentials = [A.Credential("jci", "hospital") with { Site = "main", Status = "suspended" }],
            Treatments = [A.Treatment() with { ConditionType = "sle" }, A.Treatment() with { ConditionType = "discoid", Site = "south" }],
        });

        Assert.Contains("Hospital Accreditors is suspended.", Explained(s_inquiry, index), StringComparison.Ordinal);
        Assert.Contains("Hospital Accreditors is for the site main.", Explained(s_inquiry with { ConditionType = "discoid" }, index), StringComparison.Ordinal);
        Assert.Contains("Hospital Accreditors is suspended.", Explained(s_inquiry, index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_source_that_nobody_has_heard_of_here_is_matched_by_its_name()
    {
        var clinic = A.Clinic() with { Treatments = [A.Treatment() with { CellSources = ["dental-pulp"] }] };

        Assert.Equal(Gate.None, A.Answer(s_inquiry with { CellSource = "dental-pulp" }, clinic).Gate);
        Assert.Equal(Gate.CellSource, A.Answer(s_inquiry with { CellSource = "adipose" }, clinic).Gate);
    }

    [Fact]
    public void A_network_may_offer_any_number_of_treatments()
    {
        var clinics = Enumerable.Range(0, 300).Select(n => A.Clinic($"MX-{n:000}") with { Treatments = [A.Treatment() with { Treatment = $"treatment-{n}", CellSources = [$"source-{n}"] }, A.Treatment()] });

        Assert.Equal(300, A.Decision(s_inquiry, A.Network([.. clinics])).Ranked.Count);
    }

    private static string Explained(InquiryFacts inquiry, MatchIndex index) =>
        Explanation.Of(Matcher.Match(inquiry, index, Policy.Shipped, MatchLoad.None, Moment.Now), index.Network).ToJson();
}
