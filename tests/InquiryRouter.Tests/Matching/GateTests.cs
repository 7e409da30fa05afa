using System.Collections.Frozen;
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
        [Gate.Suspended] = new(
            A.Clinic() with { Suspensions = [new Suspension("processor", "the Ministry", Moment.Today.AddDays(-9), null, "gazette")] },
            "the Ministry has suspended who prepares the clinic's cells from 2026-11-09. Source: gazette."),
        [Gate.OnLeave] = new(
            A.Clinic() with { Leave = [new Leave(Moment.Today.AddDays(-1), Moment.Today.AddDays(2))] },
            "The clinic takes no referrals until 2026-11-20."),
        [Gate.MailUnreachable] = new(
            A.Clinic() with { MailFailsSince = new DateTimeOffset(2026, 11, 17, 3, 0, 0, TimeSpan.Zero) },
            "Mail to the clinic does not arrive since 2026-11-16; give it a new address on its page, or say there that the address works."),
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
        [Gate.FacilitatorPermission] = new(
            A.CanadianClinic("MX-1") with { Country = "KR" },
            "South Korea asks facilitators for a permission (registration for foreign patients), and we hold none in force. Source: newmedicalkorea.com (not yet reviewed)."),
        [Gate.Accreditation] = new(
            A.CanadianClinic("MX-1") with { Credentials = [] },
            "The clinic has no credential."),
        [Gate.Physician] = new(A.Clinic() with { Physicians = [] }, "The clinic names no physician of rheumatology or dermatology."),
        [Gate.AgeGroup] = new(A.Clinic() with { AgeGroups = ["child"] }, "The clinic treats child patients only."),
        [Gate.Destination] = new(A.Clinic(), "The patient does not want to travel to Mexico.") { Inquiry = An.Inquiry() with { Destinations = ["CA", "asia"] } },
        [Gate.Language] = new(A.Clinic() with { Languages = ["es"] }, "Nobody at the clinic speaks the patient's language (English)."),
        [Gate.Budget] = new(
            A.Clinic() with { Packages = [A.Package() with { PriceAmount = 30001 }] },
            "Its price (30001 USD) is far above the patient's budget (15000 USD)."),
        [Gate.AlreadyTried] = new(A.Clinic(), "The clinic has been offered this inquiry before.") { Load = A.Load(tried: ["MX-1"]) },
        [Gate.Conflict] = new(A.Clinic(), "The clinic was asked about this patient already, by another inquiry that was linked to this one.")
        {
            Load = A.Load("MX-1", Earlier.SamePatient),
        },
        [Gate.WeeklyCap] = new(A.Clinic(), "The clinic has had its 10 referrals of this week.") { Load = A.Load(full: ["MX-1"]) },
        [Gate.DailyPace] = new(A.Clinic() with { DailyPace = 2 }, "The clinic has had its 2 referrals of today.")
        {
            Load = A.Load("MX-1", new ClinicLoad { ThisWeek = 2, Today = 2 }),
        },
    };

    public static TheoryData<Gate> All => new(GateList.All);

    [Theory]
    [MemberData(nameof(All))]
    public void The_gate_stops_the_clinic_by_itself(Gate gate)
    {
        var (inquiry, clinic, load) = s_cases[gate];

        Assert.Equal(gate, A.Answer(inquiry, clinic, load).Gate);
        Assert.Empty(A.Decision(inquiry, A.Network(clinic), load).Ranked);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_sentence_says_on_which_fact_the_gate_rests(Gate gate)
    {
        var (inquiry, clinic, load) = s_cases[gate];

        Assert.Equal(s_cases[gate].Sentence, A.Answer(inquiry, clinic, load).Sentence);
    }

    [Fact]
    public void Every_gate_has_a_code_of_its_own_and_is_found_by_it()
    {
        Assert.Distinct(GateList.All.Select(GateList.Code), StringComparer.Ordinal);
        Assert.All(GateList.All, g => Assert.Equal(g, GateList.Of(GateList.Code(g))));
        Assert.Null(GateList.Of("of-a-later-version"));
    }

    /// <summary>The order of the names decides which "no" got furthest, that of the list which is asked first.</summary>
    [Fact]
    public void The_list_has_every_gate_in_the_order_of_their_names() => Assert.Equal(Enum.GetValues<Gate>().Where(g => g != Gate.None), GateList.All);

    /// <summary>Codes are stored for ever.</summary>
    [Fact]
    public void The_codes_are_what_they_were() => Assert.Equal(
        [
            "inactive", "suspended", "on-leave", "mail-unreachable", "condition", "condition-type", "treatment", "cell-source", "country-rule-unknown",
            "country-rule-forbids", "country-rule-credential", "facilitator-permission", "accreditation", "physician", "age-group", "destination",
            "language", "budget", "already-tried", "conflict", "weekly-cap", "daily-pace",
        ],
        GateList.All.Select(GateList.Code));

    [Fact]
    public void A_clinic_that_fits_passes_every_gate()
    {
        Assert.Equal(Gate.None, A.Answer(An.Inquiry(), A.Clinic()).Gate);
        Assert.Equal(["MX-1"], A.Decision(An.Inquiry(), A.Network(A.Clinic())).Ranked.Select(r => r.Clinic));
    }

    [Fact]
    public void A_clinic_that_is_not_in_the_network_is_not_active() =>
        Assert.Equal(Gate.Inactive, Matcher.Check("MX-9", An.Inquiry(), A.Index(A.Clinic()), Policy.Shipped, MatchLoad.None, Moment.Now));

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
    public void One_treatment_that_fits_is_enough_whatever_stands_before_and_after_it()
    {
        var clinic = A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = "discoid" }, A.Treatment(), A.Treatment() with { CellSources = [] }] };

        Assert.Equal(Gate.None, Stopped(An.Inquiry(), clinic));
        Assert.Single(A.Decision(An.Inquiry(), A.Network(clinic)).Ranked);
    }

    [Fact]
    public void A_clinic_for_every_type_treats_a_patient_who_does_not_know_theirs()
    {
        var clinic = A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = null }] };

        Assert.Equal(Gate.None, Stopped(An.Inquiry() with { ConditionType = null }, clinic));
    }

    [Fact]
    public void A_clinic_for_a_rare_type_waits_until_the_patient_knows_theirs() =>
        Assert.Equal(
            (Gate.ConditionType, "The patient does not know the type of Lupus, and the clinic treats certain types only."),
            A.Answer(
                An.Inquiry() with { ConditionType = null },
                A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = "discoid" }] }));

    [Fact]
    public void A_clinic_for_the_type_most_have_may_be_asked_about_who_does_not_know_theirs() =>
        Assert.Equal(Gate.None, Stopped(An.Inquiry() with { ConditionType = null }, A.Clinic()));

    [Fact]
    public void By_a_list_that_names_no_common_type_it_is_decided_as_before()
    {
        var lists = A.Lists with
        {
            Conditions = A.Lists.Conditions.Values.Select(c => c with { CommonTypes = [] }).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        };
        var rules = new MatchRules(A.Bodies, A.CountryRules, A.Permissions, A.Baselines, lists);
        var index = new MatchIndex(new NetworkSnapshot(1, [A.Clinic()], rules), Moment.Now);

        var decision = Matcher.Match(An.Inquiry() with { ConditionType = null }, index, Policy.Shipped, MatchLoad.None, Moment.Now);

        Assert.Equal(Gate.ConditionType, Assert.Single(decision.Rejected).Gate);
    }

    [Fact]
    public void Stem_cell_therapy_does_not_cover_a_transplantation() =>
        Assert.Equal(Gate.Treatment, Stopped(An.Inquiry() with { Destinations = ["CA"] }, TransplantCentre()));

    [Fact]
    public void A_transplantation_is_matched_when_it_is_asked_for_by_name() =>
        Assert.Equal(Gate.None, Stopped(An.Inquiry() with { Treatment = "autologous-hsct", Destinations = ["CA"] }, TransplantCentre()));

    [Fact]
    public void A_transplantation_asks_for_an_accredited_transplant_programme()
    {
        var hospital = TransplantCentre() with { Credentials = [A.Credential("jci", "hospital")] };

        Assert.Equal(
            (Gate.Accreditation, "No verified accreditation in force covers this treatment: Hospital Accreditors covers hospital only."),
            A.Answer(An.Inquiry() with { Treatment = "autologous-hsct", Destinations = ["CA"] }, hospital));
    }

    [Fact]
    public void A_transplantation_asks_for_a_haematologist_whatever_the_condition()
    {
        var rheumatologists = TransplantCentre() with { Physicians = [A.Physician()] };

        Assert.Equal(
            (Gate.Physician, "No certified physician of haematology: Dr Physician practises rheumatology."),
            A.Answer(An.Inquiry() with { Treatment = "autologous-hsct", Destinations = ["CA"] }, rheumatologists));
    }

    [Fact]
    public void A_transplantation_asks_for_a_specialist_of_the_disease_beside_the_haematologist()
    {
        var haematologists = TransplantCentre() with { Physicians = [A.Physician() with { Specialties = ["haematology"] }] };

        Assert.Equal(
            (Gate.Physician, "No certified physician of rheumatology or dermatology: Dr Physician practises haematology."),
            A.Answer(An.Inquiry() with { Treatment = "autologous-hsct", Destinations = ["CA"] }, haematologists));
    }

    [Fact]
    public void Who_asks_for_a_transplantation_is_not_offered_an_infusion() =>
        Assert.Equal(Gate.Treatment, Stopped(An.Inquiry() with { Treatment = "autologous-hsct" }, A.Clinic()));

    [Fact]
    public void Who_may_still_be_under_eighteen_goes_to_clinics_that_treat_children()
    {
        var maybeMinor = An.Inquiry() with { BirthYear = Moment.Now.Year - 18 };

        Assert.Equal(Gate.AgeGroup, Stopped(maybeMinor, A.Clinic()));
        Assert.Equal(Gate.None, Stopped(maybeMinor, A.Clinic() with { AgeGroups = ["child", "adult"] }));
        Assert.Equal(Gate.None, Stopped(maybeMinor with { BirthYear = Moment.Now.Year - 19 }, A.Clinic()));
    }

    [Theory]
    [InlineData("anywhere")]
    [InlineData("MX")]
    [InlineData("latin-america")]
    public void The_country_its_region_and_anywhere_lead_to_a_clinic(string destination) =>
        Assert.Equal(Gate.None, Stopped(An.Inquiry() with { Destinations = [destination] }, A.Clinic()));

    private static Clinic TransplantCentre() => A.CanadianClinic() with
    {
        Treatments = [A.Treatment() with { Treatment = "autologous-hsct", CellSources = ["bone-marrow"] }],
        Credentials = [A.Credential("fact", "cell-therapy-clinical")],
        Physicians = [A.Physician() with { Specialties = ["haematology"] }, A.Physician()],
    };

    private static Gate Stopped(InquiryFacts inquiry, Clinic clinic) => A.Answer(inquiry, clinic).Gate;

    private sealed record Case(Clinic Clinic, string Sentence)
    {
        public InquiryFacts Inquiry { get; init; } = An.Inquiry() with { Destinations = ["anywhere"] };

        public MatchLoad Load { get; init; } = MatchLoad.None;

        public void Deconstruct(out InquiryFacts inquiry, out Clinic clinic, out MatchLoad load) => (inquiry, clinic, load) = (Inquiry, Clinic, Load);
    }
}
