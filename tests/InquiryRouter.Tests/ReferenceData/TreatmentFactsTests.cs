using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.ReferenceData;

/// <summary>What patients are told of treatments, as it is shipped.</summary>
public sealed class TreatmentFactsTests
{
    private static readonly TreatmentFacts s_facts = ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped);

    [Fact]
    public void A_family_has_what_is_known_of_its_members()
    {
        var known = s_facts.Of("stem-cell-therapy", "lupus");

        Assert.Equal(["msc-lupus-trial", "msc-lupus-series"], known.Where(f => f.Kind == TreatmentFact.Finding).Select(f => f.Code));
        Assert.Contains(known, f => f is { Kind: TreatmentFact.Risk, Routes: ["eye"] });
        Assert.Equal(known, s_facts.Of("msc-infusion", "lupus"));
        Assert.DoesNotContain(s_facts.Of("stem-cell-therapy", "copd"), f => f.Kind == TreatmentFact.Finding);
    }

    [Fact]
    public void A_mail_has_room_for_what_was_found_and_what_may_go_wrong()
    {
        Assert.Equal(["msc-lupus-trial", "cells-fda"], s_facts.Brief("stem-cell-therapy", "lupus").Select(f => f.Code));
        Assert.Equal(["msc-us", "cells-fda"], s_facts.Brief("stem-cell-therapy", "copd").Select(f => f.Code));
        Assert.Equal(["hsct-lupus", "hsct-centre"], s_facts.Brief("autologous-hsct", "lupus").Select(f => f.Code));
        Assert.Empty(s_facts.Brief("leeches", "gout"));
    }

    [Fact]
    public void Every_treatment_that_can_be_asked_for_has_a_sober_sentence() =>
        Assert.All(Shipped.Lists.Treatments.Keys, treatment => Assert.Contains(
            s_facts.All, f => f.Treatments.Any(t => Shipped.Lists.Treatments[treatment].Covers.Contains(t))));
}
