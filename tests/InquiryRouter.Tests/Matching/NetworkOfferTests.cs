using System.Collections.Frozen;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>What public pages say of the network, and for which treatments there is something to say.</summary>
public sealed class NetworkOfferTests
{
    private static readonly FrozenDictionary<(string Treatment, string Condition), NetworkOffer> s_demo =
        Of(Shipped.DemoRules, Shipped.DemoNetwork.Clinics);

    [Theory]
    [InlineData("stem-cell-therapy", "lupus")]
    [InlineData("msc-infusion", "lupus")]
    [InlineData("autologous-hsct", "multiple-sclerosis")]
    [InlineData("autologous-hsct", "leukaemia")]
    public void What_some_clinic_offers_is_there(string treatment, string condition) => Assert.True(s_demo.ContainsKey((treatment, condition)));

    [Theory]
    [InlineData("autologous-hsct", "osteoarthritis")]
    [InlineData("stem-cell-therapy", "leukaemia")]
    [InlineData("stem-cell-therapy", "other")]
    [InlineData("stem-cell-therapy", "gout")]
    [InlineData("aspirin", "lupus")]
    public void What_no_clinic_offers_is_not(string treatment, string condition) => Assert.False(s_demo.ContainsKey((treatment, condition)));

    [Fact]
    public void A_family_has_what_its_members_have() =>
        Assert.Equal(s_demo[("msc-infusion", "lupus")].Clinics, s_demo[("stem-cell-therapy", "lupus")].Clinics);

    [Fact]
    public void Only_clinics_that_meet_every_requirement_are_counted()
    {
        var offer = Of(A.Clinic("MX-A"), A.Clinic("MX-B") with { Credentials = [] })[("stem-cell-therapy", "lupus")];

        Assert.Equal((1, "MX"), (offer.Clinics, Assert.Single(offer.Countries)));
    }

    [Fact]
    public void A_clinic_an_authority_has_suspended_is_not_counted()
    {
        var suspended = A.Clinic("MX-B") with { Suspensions = [new Suspension("clinic", "the Ministry", Moment.Today, null, "gazette")] };

        Assert.Equal(1, Of(A.Clinic("MX-A"), suspended)[("stem-cell-therapy", "lupus")].Clinics);
    }

    [Fact]
    public void What_every_clinic_is_stopped_at_is_there_with_none()
    {
        var offer = Of(A.Clinic("MX-A") with { Credentials = [] })[("stem-cell-therapy", "lupus")];

        Assert.Equal((0, null), (offer.Clinics, offer.Prices));
        Assert.Empty(offer.Countries);
    }

    [Fact]
    public void What_only_a_closed_clinic_offers_is_not() => Assert.Empty(Of(A.Clinic("MX-A") with { Active = false }));

    [Fact]
    public void The_range_is_of_packages_in_force_in_dollars()
    {
        var package = A.Package();
        var day = DateOnly.FromDateTime(Moment.Now.UtcDateTime);
        var offer = Of(
            A.Clinic("MX-A") with { Packages = [package with { PriceAmount = 12_000, PriceCurrency = "USD" }] },
            A.Clinic("MX-B") with { Packages = [package with { PriceAmount = 20_000, PriceCurrency = "EUR" }, package with { PriceAmount = 1, ValidFrom = day.AddYears(-2), ValidTo = day.AddYears(-1) }] })
            [("stem-cell-therapy", "lupus")];

        Assert.Equal((12_000m, Shipped.Lists.InUsd(20_000, "EUR")!.Value), offer.Prices);
    }

    private static FrozenDictionary<(string Treatment, string Condition), NetworkOffer> Of(params Clinic[] clinics) => Of(A.MatchRules, clinics);

    private static FrozenDictionary<(string Treatment, string Condition), NetworkOffer> Of(MatchRules rules, IReadOnlyList<Clinic> clinics) =>
        NetworkOffer.AllOf(new MatchIndex(new NetworkSnapshot(1, clinics, rules), Moment.Now));
}
