using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Each part of a score by itself: its weight is one and the others are nothing.</summary>
public sealed class ScoreTests
{
    private static readonly InquiryFacts s_inquiry = An.Inquiry() with { Destinations = ["anywhere"] };
    private static readonly InquiryFacts s_withoutBudget = s_inquiry with { BudgetAmount = null, BudgetCurrency = null };

    [Fact]
    public void A_named_country_beats_its_region_and_a_region_beats_anywhere()
    {
        Assert.Equal(1, Part(["MX", "latin-america"]));
        Assert.Equal(1, Part(["anywhere", "latin-america", "MX"]));
        Assert.Equal(0.8, Part(["latin-america", "CA"]));
        Assert.Equal(0.5, Part(["anywhere"]));

        static double Part(string[] destinations) => Alone(s_inquiry with { Destinations = destinations }, A.Clinic(), new ScoreWeights(0, 0, 0, 0, 0, Destination: 1, 0, 0)).Destination;
    }

    [Theory]
    [InlineData(15000, 1)]
    [InlineData(9000, 1)]
    [InlineData(18750, 0.5)]
    [InlineData(22500, 0)]
    [InlineData(29000, 0)]
    public void A_price_counts_fully_within_the_budget_and_not_at_all_from_half_above_it(int price, double part) =>
        Assert.Equal(part, Price(s_inquiry, Priced(price, "USD")), precision: 6);

    [Theory]
    [InlineData("US", 14000, 1)]
    [InlineData("US", 21000, 0.5)]
    [InlineData("US", 28000, 0)]
    [InlineData("FR", 21000, 0.5)]
    [InlineData("CA", 15000, 0.5)]
    public void Without_a_budget_a_price_is_compared_with_that_at_home(string home, int price, double part) =>
        Assert.Equal(part, Price(s_withoutBudget with { Country = home }, Priced(price, "USD")), precision: 6);

    [Fact]
    public void A_condition_with_a_price_of_its_own_at_home_is_compared_with_that()
    {
        var crohn = Priced(42000, "USD") with
        {
            Treatments = [A.Treatment() with { Condition = "crohn", ConditionType = null }],
            Physicians = [A.Physician() with { Specialties = A.Lists.Conditions["crohn"].Specialties }],
        };

        Assert.Equal(0.5, Price(s_withoutBudget with { Condition = "crohn", ConditionType = null }, crohn), precision: 6);
    }

    [Fact]
    public void A_price_in_another_currency_is_compared_by_its_rate()
    {
        Assert.Equal(1, Price(s_inquiry, Priced(15000, "MXN")));
        Assert.Equal(0, Price(s_inquiry with { BudgetCurrency = "MXN", BudgetAmount = 200000 }, Priced(20000, "USD")));
    }

    [Fact]
    public void What_cannot_be_compared_is_neutral()
    {
        Assert.Equal(0.5, Price(s_inquiry, A.Clinic() with { Packages = [] }));
        Assert.Equal(0.5, Price(s_inquiry, Priced(15000, A.Lists.Currencies.Values.First(c => c.UnitsPerUsd is null).Code)));
    }

    [Fact]
    public void A_budget_of_nothing_is_no_budget()
    {
        Assert.Equal(Price(s_withoutBudget, A.Clinic()), Price(s_inquiry with { BudgetAmount = 0 }, A.Clinic()));
        Assert.Equal(Gate.None, A.Answer(s_inquiry with { BudgetAmount = 0 }, Priced(1_000_000, "USD")).Gate);
    }

    [Fact]
    public void The_lowest_price_that_is_valid_today_counts()
    {
        var clinic = A.Clinic() with
        {
            Packages =
            [
                A.Package() with { PriceAmount = 1000, ValidTo = Moment.Today.AddDays(-1) }, A.Package() with { PriceAmount = 1000, ValidFrom = Moment.Today.AddDays(1) },
                A.Package() with { PriceAmount = 1000, Condition = "crohn" }, A.Package() with { PriceAmount = 1000, Treatment = "autologous-hsct" },
                A.Package() with { PriceAmount = 26000 }, A.Package() with { PriceAmount = 18750, ValidFrom = Moment.Today, ValidTo = Moment.Today, Condition = "lupus" },
            ],
        };

        Assert.Equal(0.5, Price(s_inquiry, clinic), precision: 6);
    }

    [Fact]
    public void Each_further_accreditation_strengthens_and_one_of_cell_therapy_more()
    {
        Assert.Equal(0.5, Credential(A.Credential("jci", "hospital")));
        Assert.Equal(0.75, Credential(A.Credential("fact", "cell-therapy-clinical")));
        Assert.Equal(1, Credential(A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical")));
    }

    [Fact]
    public void The_same_accreditation_twice_counts_once() =>
        Assert.Equal(0.5, Credential(A.Credential("jci", "hospital"), A.Credential("jci", "programme")));

    [Theory]
    [InlineData("fact", "processing")]
    [InlineData("iso-9001", "quality-system")]
    [InlineData("isqua", "hospital")]
    [InlineData("nabh", "hospital")]
    public void What_does_not_open_the_gate_does_not_strengthen_either(string body, string scope) =>
        Assert.Equal(0.5, Credential(A.Credential("jci", "hospital"), A.Credential(body, scope)));

    [Fact]
    public void Experience_grows_with_the_patients_treated_and_counts_half_while_nobody_checked_the_references()
    {
        Assert.Equal(0, Experience([]));
        Assert.True(Experience(Treated(10)) > Experience([]));
        Assert.True(Experience(Treated(100)) > Experience(Treated(10)));
        Assert.Equal(1, Experience(Treated(500)));
        Assert.Equal(1, Experience(Treated(50_000)));
        Assert.Equal(Experience(Treated(100)), Experience([.. Treated(200).Select(p => p with { ReferencesCheckedAt = null })]));
    }

    [Fact]
    public void Only_the_experience_of_qualified_physicians_with_this_condition_counts()
    {
        Assert.Equal(0, Experience([A.Physician() with { Experience = [new Experience("crohn", 400)] }]));
        Assert.Equal(Experience(Treated(20)), Experience([.. Treated(20), .. Treated(400).Select(p => p with { Specialties = ["cardiology"] })]));
        Assert.Equal(Experience(Treated(20)), Experience([.. Treated(20), .. Treated(400).Select(p => p with { Active = false })]));
    }

    [Theory]
    [InlineData(null, 0.5)]
    [InlineData(10, 1)]
    [InlineData(60, 1)]
    [InlineData(1440, 0)]
    [InlineData(9999, 0)]
    public void Who_answers_within_an_hour_of_business_time_has_all_and_after_a_day_of_it_nothing(int? minutes, double part) =>
        Assert.Equal(part, WithLoad(new ClinicLoad { ResponseMinutes = minutes }, new ScoreWeights(0, 0, Response: 1, 0, 0, 0, 0, 0)).Response, precision: 6);

    [Theory]
    [InlineData(0, 0, 0.5)]
    [InlineData(1, 1, 0.666667)]
    [InlineData(0, 1, 0.333333)]
    [InlineData(98, 98, 0.99)]
    public void Of_few_answers_little_is_concluded(int accepted, int answered, double part) =>
        Assert.Equal(part, WithLoad(new ClinicLoad { Accepted = accepted, Answered = answered }, new ScoreWeights(0, 0, 0, Acceptance: 1, 0, 0, 0, 0)).Acceptance, precision: 6);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 0.6)]
    [InlineData(9, 0.1)]
    public void The_free_part_of_the_week_counts(int taken, double part) =>
        Assert.Equal(part, WithLoad(new ClinicLoad { ThisWeek = taken }, new ScoreWeights(0, 0, 0, 0, 0, 0, 0, Headroom: 1)).Headroom, precision: 6);

    [Fact]
    public void The_language_the_clinic_works_in_counts_more_than_one_it_speaks_as_well()
    {
        Assert.Equal(1, Alone(s_inquiry, A.Clinic(), new ScoreWeights(0, 0, 0, 0, 0, 0, Language: 1, 0)).Language);
        Assert.Equal(0.8, Alone(s_inquiry with { Language = "es" }, A.Clinic(), new ScoreWeights(0, 0, 0, 0, 0, 0, Language: 1, 0)).Language);
    }

    [Fact]
    public void A_score_is_the_sum_of_its_weighted_parts()
    {
        var weights = new ScoreWeights(1, 2, 3, 4, 5, 6, 7, 8);

        var ranked = Assert.Single(A.Decision(s_inquiry, A.Network(A.Clinic()), policy: Policy.Shipped with { Weights = weights }).Ranked);

        Assert.Equal(Enumerable.Range(0, ScoreParts.Names.Count).Sum(i => ranked.Parts[i]), ranked.Score, precision: 9);
        Assert.Equal(0.5 * 6 / 36, ranked.Parts.Destination, precision: 6);
    }

    [Fact]
    public void Only_the_proportions_of_the_weights_count()
    {
        var tenfold = Policy.Shipped with { Weights = new ScoreWeights(2, 2, 1, 1, 2, 1, 0.5, 0.5) };

        Assert.Equal(A.Decision(s_inquiry, A.Network(A.Clinic())).Ranked, A.Decision(s_inquiry, A.Network(A.Clinic()), policy: tenfold).Ranked);
    }

    [Fact]
    public void The_shipped_weights_come_to_one() => Assert.Equal(1, Policy.Shipped.Weights.Sum, precision: 9);

    [Fact]
    public void Rounded_parts_never_make_a_score_above_one()
    {
        // Six parts of a sixth each, rounded up, come to 1.000002.
        var policy = Policy.Shipped with { Weights = new ScoreWeights(1, 1, 0, 0, 1, 1, 1, 1) };
        var best = A.Clinic() with
        {
            Physicians = [A.Physician() with { Experience = [new Experience("lupus", 500)] }],
            Credentials = [A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical"), A.Credential("cofepris", "cell-therapy-clinical")],
        };

        Assert.Equal(1, Assert.Single(A.Decision(An.Inquiry(), A.Network(best), policy: policy).Ranked).Score);
    }

    private static Physician[] Treated(int patients) => [A.Physician() with { Experience = [new Experience("lupus", patients)] }];

    private static double Experience(Physician[] physicians) =>
        Alone(s_inquiry, A.Clinic() with { Physicians = [A.Physician() with { Experience = [] }, .. physicians] }, new ScoreWeights(Experience: 1, 0, 0, 0, 0, 0, 0, 0)).Experience;

    private static double Credential(params Credential[] credentials) =>
        Alone(s_inquiry, A.CanadianClinic() with { Credentials = [.. credentials] }, new ScoreWeights(0, Credential: 1, 0, 0, 0, 0, 0, 0)).Credential;

    private static Clinic Priced(decimal amount, string currency) => A.Clinic() with { Packages = [A.Package() with { PriceAmount = amount, PriceCurrency = currency }] };

    private static double Price(InquiryFacts inquiry, Clinic clinic) => Alone(inquiry, clinic, new ScoreWeights(0, 0, 0, 0, Price: 1, 0, 0, 0)).Price;

    private static ScoreParts WithLoad(ClinicLoad load, ScoreWeights weights) => Alone(s_inquiry, A.Clinic(), weights, A.Load("MX-1", load));

    private static ScoreParts Alone(InquiryFacts inquiry, Clinic clinic, ScoreWeights weights, MatchLoad? load = null) =>
        Assert.Single(A.Decision(inquiry, A.Network(clinic), load, Policy.Shipped with { Weights = weights }).Ranked).Parts;
}
