using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>One case a gate: everything else about the clinic fits.</summary>
public sealed class GateTests
{
    private static readonly Dictionary<Gate, Case> s_cases = new()
    {
        [Gate.Inactive] = new(A.Clinic() with { Active = false }, "The clinic is not active in the network."),
        [Gate.AlreadyTried] = new(A.Clinic(), "The clinic has been offered this inquiry before.") { Load = A.Load(tried: ["MX-1"]) },
        [Gate.Condition] = new(
            A.Clinic() with { Treatments = [A.Treatment() with { Condition = "crohn", ConditionType = null }] },
            "The clinic does not treat Lupus."),
        [Gate.ConditionType] = new(
            A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = "discoid" }] },
            "The clinic does not treat this type (sle) of Lupus."),
        [Gate.Treatment] = new(
            A.Clinic() with { Treatments = [A.Treatment() with { Treatment = "autologous-hsct" }] },
            "The clinic does not offer Stem cell therapy for Lupus."),
        [Gate.CellSource] = new(A.Clinic(), "The clinic does not work with cells from adipose.") { Inquiry = An.Inquiry() with { CellSource = "adipose" } },
        [Gate.CountryRuleUnknown] = new(
            A.Clinic() with { Country = "PA" },
            "No rule on this treatment is known for Panama; a coordinator must decide."),
        [Gate.CountryRuleForbids] = new(
            A.Clinic() with { Country = "DE" },
            "Germany: So the law says. Source: gazette (not yet reviewed)."),
        [Gate.CountryRuleCredential] = new(
            A.Clinic() with { Credentials = [A.Credential("jci", "hospital")] },
            "Mexico: So the law says. The clinic has no verified credential in force of the Mexican Licence Office. Source: gazette (not yet reviewed)."),
        [Gate.Accreditation] = new(
            A.CanadianClinic("MX-1") with { Credentials = [] },
            "The clinic has no credential."),
        [Gate.AgeGroup] = new(A.Clinic() with { AgeGroups = ["child"] }, "The clinic treats child patients only."),
        [Gate.Destination] = new(A.Clinic(), "The patient does not want to travel to Mexico.") { Inquiry = An.Inquiry() with { Destinations = ["CA", "asia"] } },
        [Gate.Language] = new(A.Clinic() with { Languages = ["es"] }, "Nobody at the clinic speaks the patient's language (English)."),
        [Gate.WeeklyCap] = new(A.Clinic(), "The clinic has had its 10 referrals of this week.") { Load = A.Load(full: ["MX-1"]) },
    };

    public static TheoryData<Gate> All => new(Enum.GetValues<Gate>());

    [Theory]
    [MemberData(nameof(All))]
    public void The_gate_stops_the_clinic_by_itself(Gate gate)
    {
        var (inquiry, clinic, load) = s_cases[gate];

        var decision = A.Decision(inquiry, A.Network(clinic), load);

        Assert.Equal([new RejectedClinic("MX-1", gate)], decision.Rejected);
        Assert.Empty(decision.Ranked);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_sentence_says_on_which_fact_the_gate_rests(Gate gate)
    {
        var (inquiry, clinic, _) = s_cases[gate];

        Assert.Equal(s_cases[gate].Sentence, Gates.Explain(gate, inquiry, clinic, A.MatchRules, Moment.Now));
    }

    [Fact]
    public void Every_gate_has_a_code_of_its_own() =>
        Assert.Distinct(Enum.GetValues<Gate>().Select(Gates.Code), StringComparer.Ordinal);

    [Fact]
    public void A_clinic_that_fits_passes_every_gate() =>
        Assert.Equal(["MX-1"], A.Decision(An.Inquiry(), A.Network(A.Clinic())).Ranked.Select(r => r.Clinic));

    [Fact]
    public void Of_several_treatments_the_most_helpful_no_is_named()
    {
        var clinic = A.Clinic() with
        {
            Treatments = [A.Treatment() with { ConditionType = "discoid" }, A.Treatment() with { CellSources = ["adipose"] }, A.Treatment() with { Condition = "crohn" }],
        };

        Assert.Equal(Gate.CellSource, Stopped(An.Inquiry() with { CellSource = "bone-marrow" }, clinic));
    }

    [Fact]
    public void A_clinic_for_every_type_treats_a_patient_who_does_not_know_theirs()
    {
        var clinic = A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = null }] };

        Assert.Null(Stopped(An.Inquiry() with { ConditionType = null }, clinic));
    }

    [Fact]
    public void A_clinic_for_one_type_waits_until_the_patient_knows_theirs()
    {
        var inquiry = An.Inquiry() with { ConditionType = null };

        Assert.Equal(Gate.ConditionType, Stopped(inquiry, A.Clinic()));
        Assert.Equal(
            "The patient does not know the type of Lupus, and the clinic treats certain types only.",
            Gates.Explain(Gate.ConditionType, inquiry, A.Clinic(), A.MatchRules, Moment.Now));
    }

    [Fact]
    public void Stem_cell_therapy_does_not_cover_a_transplantation()
    {
        var transplants = A.CanadianClinic() with { Treatments = [A.Treatment() with { Treatment = "autologous-hsct", CellSources = ["bone-marrow"] }] };

        Assert.Equal(Gate.Treatment, Stopped(An.Inquiry() with { Destinations = ["CA"] }, transplants));
    }

    [Fact]
    public void A_transplantation_is_matched_when_it_is_asked_for_by_name()
    {
        var transplants = A.CanadianClinic() with { Treatments = [A.Treatment() with { Treatment = "autologous-hsct", CellSources = ["bone-marrow"] }] };

        Assert.Null(Stopped(An.Inquiry() with { Treatment = "autologous-hsct", Destinations = ["CA"] }, transplants));
    }

    [Fact]
    public void Who_asks_for_a_transplantation_is_not_offered_an_infusion() =>
        Assert.Equal(Gate.Treatment, Stopped(An.Inquiry() with { Treatment = "autologous-hsct" }, A.Clinic()));

    [Fact]
    public void No_credential_makes_up_for_a_rule_that_is_not_known()
    {
        var clinic = A.Clinic() with { Country = "PA", Credentials = [A.Credential("jci", "hospital"), A.Credential("fact", "cell-therapy-clinical"), A.Credential("cofepris", "cell-therapy-clinical")] };

        Assert.Equal(Gate.CountryRuleUnknown, Stopped(An.Inquiry() with { Destinations = ["PA"] }, clinic));
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(1, 2)]
    public void A_rule_counts_between_its_dates_only(int from, int to)
    {
        var rules = new MatchRules(
            [A.Body("jci", "Hospital Accreditors", "accreditation", true, "hospital")],
            [A.Rule("MX", "msc-infusion", RuleOutcome.Permitted) with { From = Moment.Today.AddDays(from), To = Moment.Today.AddDays(to) }],
            permissions: [],
            baselines: [],
            Shipped.Lists);

        Assert.Equal(Gate.CountryRuleUnknown, Gates.Check(An.Inquiry(), A.Clinic(), rules, MatchLoad.None, Moment.Now, out _));
        Assert.Null(Gates.Check(An.Inquiry(), A.Clinic(), rules, MatchLoad.None, Moment.Now.AddDays(from), out _));
    }

    [Fact]
    public void A_rule_for_other_conditions_says_nothing_about_this_one()
    {
        var rules = new MatchRules(
            [],
            [A.Rule("MX", "msc-infusion", RuleOutcome.Permitted) with { Conditions = ["crohn"] }],
            permissions: [],
            baselines: [],
            Shipped.Lists);

        Assert.Equal(Gate.CountryRuleUnknown, Gates.Check(An.Inquiry(), A.Clinic(), rules, MatchLoad.None, Moment.Now, out _));
    }

    [Fact]
    public void A_trial_counts_only_with_its_registration()
    {
        var clinic = A.Clinic() with { Country = "IN", Credentials = [A.Credential("jci", "hospital")] };
        var inquiry = An.Inquiry() with { Destinations = ["IN"] };

        Assert.Equal(Gate.CountryRuleCredential, Stopped(inquiry, clinic));
        Assert.Null(Stopped(inquiry, clinic with { Credentials = [.. clinic.Credentials, A.Credential("trials", "clinical-trial")] }));
    }

    [Fact]
    public void Who_may_still_be_under_eighteen_goes_to_clinics_that_treat_children()
    {
        var maybeMinor = An.Inquiry() with { BirthYear = Moment.Now.Year - 18 };

        Assert.Equal(Gate.AgeGroup, Stopped(maybeMinor, A.Clinic()));
        Assert.Null(Stopped(maybeMinor, A.Clinic() with { AgeGroups = ["child", "adult"] }));
        Assert.Null(Stopped(maybeMinor with { BirthYear = Moment.Now.Year - 19 }, A.Clinic()));
    }

    [Theory]
    [InlineData("anywhere")]
    [InlineData("MX")]
    [InlineData("latin-america")]
    public void The_country_its_region_and_anywhere_lead_to_a_clinic(string destination) =>
        Assert.Null(Stopped(An.Inquiry() with { Destinations = [destination] }, A.Clinic()));

    private static Gate? Stopped(InquiryFacts inquiry, Clinic clinic) =>
        Gates.Check(inquiry, clinic, A.MatchRules, MatchLoad.None, Moment.Now, out _);

    private sealed record Case(Clinic Clinic, string Sentence)
    {
        public InquiryFacts Inquiry { get; init; } = An.Inquiry() with { Destinations = ["anywhere"] };

        public MatchLoad Load { get; init; } = MatchLoad.None;

        public void Deconstruct(out InquiryFacts inquiry, out Clinic clinic, out MatchLoad load) => (inquiry, clinic, load) = (Inquiry, Clinic, Load);
    }
}
