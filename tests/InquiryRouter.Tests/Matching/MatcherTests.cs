using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed partial class MatcherTests
{
    /// <summary>Some that fit, equally and better, and one for each of several gates.</summary>
    private static readonly Clinic[] s_clinics =
    [
        A.Clinic("MX-2"), A.Clinic("MX-1"), A.CanadianClinic(), A.Clinic("DE-1") with { Country = "DE" },
        A.Clinic("MX-4") with { Credentials = [A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical"), A.Credential("cofepris", "cell-therapy-clinical")] },
        A.Clinic("MX-5") with { Packages = [A.Package() with { PriceAmount = 30000 }] },
        A.Clinic("MX-6") with { Active = false }, A.Clinic("MX-7") with { Languages = ["es"] },
    ];

    private static readonly InquiryFacts s_inquiry = An.Inquiry() with { Destinations = ["anywhere"] };

    [Fact]
    public void Every_clinic_is_in_exactly_one_of_the_lists()
    {
        var decision = A.Decision(s_inquiry, A.Network(s_clinics));

        Assert.Equal(
            s_clinics.Select(c => c.Code).Order(StringComparer.Ordinal),
            decision.Ranked.Select(r => r.Clinic).Concat(decision.Rejected.Select(r => r.Clinic)).Order(StringComparer.Ordinal));
        Assert.NotEmpty(decision.Ranked);
        Assert.NotEmpty(decision.Rejected);
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
    public void Equal_clinics_are_ranked_by_code()
    {
        var decision = A.Decision(s_inquiry, A.Network(A.Clinic("MX-3"), A.Clinic("MX-1"), A.Clinic("MX-2")));

        Assert.Single(decision.Ranked.Select(r => r.Score).Distinct());
        Assert.Equal(["MX-1", "MX-2", "MX-3"], decision.Ranked.Select(r => r.Clinic));
    }

    [Fact]
    public void The_decision_names_the_versions_it_was_made_from()
    {
        var policy = MatchPolicy.Default with { Version = 42 };

        var decision = Matcher.Match(s_inquiry, new NetworkSnapshot(1234, s_clinics, A.MatchRules), A.MatchRules, policy, MatchLoad.None, Moment.Now);

        Assert.Equal((1234L, 42), (decision.NetworkVersion, decision.PolicyVersion));
    }

    [Fact]
    public void A_named_country_beats_its_region_and_a_region_beats_anywhere()
    {
        Assert.Equal(1, Parts(["MX", "latin-america"]).Destination);
        Assert.Equal(0.8, Parts(["latin-america", "CA"]).Destination);
        Assert.Equal(0.5, Parts(["anywhere"]).Destination);

        static ScoreParts Parts(string[] destinations) => PartsOf(s_inquiry with { Destinations = destinations }, A.Clinic());
    }

    [Theory]
    [InlineData(15000, 1)]
    [InlineData(9000, 1)]
    [InlineData(18750, 0.5)]
    [InlineData(22500, 0)]
    [InlineData(90000, 0)]
    public void A_price_counts_fully_within_the_budget_and_not_at_all_from_half_above_it(int price, double part) =>
        Assert.Equal(part, PartsOf(s_inquiry, Priced(price, "USD")).Price, precision: 6);

    [Fact]
    public void A_price_in_another_currency_is_compared_by_its_rate()
    {
        Assert.Equal(1, PartsOf(s_inquiry, Priced(15000, "MXN")).Price);
        Assert.Equal(0, PartsOf(s_inquiry with { BudgetCurrency = "MXN" }, Priced(15000, "USD")).Price);
    }

    [Fact]
    public void What_cannot_be_compared_is_neutral()
    {
        Assert.Equal(0.5, PartsOf(s_inquiry with { BudgetAmount = null, BudgetCurrency = null }, A.Clinic()).Price);
        Assert.Equal(0.5, PartsOf(s_inquiry, Priced(null, null)).Price);
        Assert.Equal(0.5, PartsOf(s_inquiry, Priced(15000, Shipped.Lists.Currencies.Values.First(c => c.UnitsPerUsd is null).Code)).Price);
    }

    [Fact]
    public void A_budget_of_nothing_is_compared_with_nothing() =>
        Assert.Equal(0.5, PartsOf(s_inquiry with { BudgetAmount = 0 }, A.Clinic()).Price);

    [Fact]
    public void A_second_accreditation_counts_more_than_one() =>
        Assert.True(
            PartsOf(s_inquiry, With(A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical"))).Credential
            > PartsOf(s_inquiry, With(A.Credential("jci", "hospital"))).Credential);

    [Fact]
    public void The_same_accreditation_twice_counts_once() =>
        Assert.Equal(
            PartsOf(s_inquiry, With(A.Credential("jci", "hospital"))).Credential,
            PartsOf(s_inquiry, With(A.Credential("jci", "hospital"), A.Credential("jci", "programme"))).Credential);

    [Theory]
    [InlineData("fact", "processing")]
    [InlineData("iso-9001", "quality-system")]
    [InlineData("isqua", "hospital")]
    public void What_does_not_open_the_gate_does_not_strengthen_either(string body, string scope) =>
        Assert.Equal(
            PartsOf(s_inquiry, With(A.Credential("jci", "hospital"))).Credential,
            PartsOf(s_inquiry, With(A.Credential("jci", "hospital"), A.Credential(body, scope))).Credential);

    [Fact]
    public void A_score_is_the_weighted_sum_of_its_parts()
    {
        var policy = new MatchPolicy { Version = 1, DestinationWeight = 0.2, PriceWeight = 0.5, CredentialWeight = 0.3 };

        var ranked = Assert.Single(Matcher.Match(s_inquiry, A.Network(A.Clinic()), A.MatchRules, policy, MatchLoad.None, Moment.Now).Ranked);

        Assert.Equal((0.2 * ranked.Parts.Destination) + (0.5 * ranked.Parts.Price) + (0.3 * ranked.Parts.Credential), ranked.Score, precision: 6);
    }

    [Fact]
    public void The_shipped_weights_make_a_score_between_zero_and_one()
    {
        var policy = MatchPolicy.Default;

        Assert.Equal(1, policy.DestinationWeight + policy.PriceWeight + policy.CredentialWeight, precision: 9);
        Assert.All(A.Decision(s_inquiry, A.Network(s_clinics)).Ranked, r => Assert.InRange(r.Score, 0, 1));
    }

    [Fact]
    public void The_better_score_comes_first()
    {
        var scores = A.Decision(s_inquiry, A.Network(s_clinics)).Ranked.Select(r => r.Score).ToList();

        Assert.Equal(scores.OrderDescending(), scores);
        Assert.True(scores.Distinct().Count() > 1, "All scores are equal: nothing was ordered.");
    }

    [Fact]
    public void What_a_clinic_pays_is_no_input()
    {
        Type[] inputs =
        [
            typeof(Clinic), typeof(ClinicTreatment), typeof(Credential), typeof(NetworkSnapshot), typeof(MatchPolicy), typeof(MatchLoad),
            typeof(InquiryFacts), typeof(CountryRule), typeof(AccreditationBody), typeof(ScoreParts),
        ];

        Assert.DoesNotContain(inputs.SelectMany(t => t.GetProperties(), (t, p) => $"{t.Name}.{p.Name}"), SpeaksOfPayment().IsMatch);
    }

    [Theory]
    [InlineData("CommissionRate", true)]
    [InlineData("ReferralFee", true)]
    [InlineData("MonthlyPayment", true)]
    [InlineData("PaysPerLead", true)]
    [InlineData("PriceAmount", false)]
    [InlineData("WeeklyCap", false)]
    public void The_search_for_payments_finds_their_names(string property, bool found) => Assert.Equal(found, SpeaksOfPayment().IsMatch(property));

    [Fact]
    public void The_matcher_is_given_nothing_else()
    {
        var parameters = typeof(Matcher).GetMethod(nameof(Matcher.Match))!.GetParameters().Select(p => p.ParameterType);

        Assert.Equal([typeof(InquiryFacts), typeof(NetworkSnapshot), typeof(MatchRules), typeof(MatchPolicy), typeof(MatchLoad), typeof(DateTimeOffset)], parameters);
    }

    private static Clinic Priced(decimal? amount, string? currency) =>
        A.Clinic() with { Packages = amount is { } price ? [A.Package() with { PriceAmount = price, PriceCurrency = currency! }] : [] };

    private static Clinic With(params Credential[] credentials) => A.CanadianClinic() with { Credentials = [.. credentials] };

    private static ScoreParts PartsOf(InquiryFacts inquiry, Clinic clinic) => Assert.Single(A.Decision(inquiry, A.Network(clinic)).Ranked).Parts;

    [GeneratedRegex("Commission|Fee(?![a-z])|Fees|Payment|Payout|Pays|Paid|Kickback|Revenue|Margin|Bonus|Sponsor", RegexOptions.CultureInvariant)]
    private static partial Regex SpeaksOfPayment();
}
