using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Screening;

/// <summary>What a patient's answers about their health come to.</summary>
public sealed class HealthRulesTests
{
    public static readonly TheoryData<HealthAnswers, HoldReason> Holding = new()
    {
        { new HealthAnswers { Pregnant = HealthAnswers.Yes }, HoldReason.Pregnant },
        { new HealthAnswers { Pregnant = HealthAnswers.Unsure }, HoldReason.Pregnant },
        { new HealthAnswers { Flies = HealthAnswers.No }, HoldReason.CannotFly },
        { new HealthAnswers { DrugInduced = HealthAnswers.Yes }, HoldReason.DrugInduced },
    };

    [Theory]
    [MemberData(nameof(Holding))]
    public void What_a_person_must_look_into_first_is_held(HealthAnswers health, HoldReason reason) =>
        Assert.Equal([reason], Screen(health, An.Inquiry()).Reasons);

    [Fact]
    public void What_clinics_read_and_decide_on_holds_nothing()
    {
        var health = new HealthAnswers
        {
            Diagnosed = "2014", Medicines = "omeprazole", Pregnant = HealthAnswers.No, Illness = HealthAnswers.Yes, IllnessText = "Breast cancer in 2009",
            Flies = HealthAnswers.Unsure, DrugInduced = HealthAnswers.Unsure,
        };

        Assert.Equal(ScreeningOutcome.Cleared, Screen(health, An.Inquiry()).Outcome);
        Assert.Empty(HealthRules.Reasons(null, An.Inquiry()));
    }

    [Fact]
    public void A_medicine_is_behind_no_other_condition() =>
        Assert.Empty(HealthRules.Reasons(new HealthAnswers { DrugInduced = HealthAnswers.Yes }, An.Inquiry() with { Condition = "crohn", ConditionType = null }));

    [Theory]
    [InlineData("I take Hydralazine 25 mg and aspirin", "hydralazine")]
    [InlineData("rash since TEGRETOL", "carbamazepine")]
    [InlineData("Tomo fenitoína y omeprazol.", "phenytoin proton-pump-inhibitors")]
    [InlineData("أتناول الهيدرالازين", "hydralazine")]
    [InlineData("آخذ بلاكونيل وأوميبرازول", "proton-pump-inhibitors")]
    [InlineData("anti-TNF (Humira)", "tnf-blockers")]
    [InlineData("hydroxychloroquine, prednisone", "")]
    [InlineData("inherited from my mother", "")]
    public void Medicines_that_can_cause_lupus_are_found_by_what_people_write(string text, string codes) =>
        Assert.Equal(codes, string.Join(' ', HealthRules.NamedIn(Shipped.Lists.Conditions["lupus"], null, text).Select(m => m.Code)));

    [Fact]
    public void Of_another_condition_none_is_named() =>
        Assert.Empty(HealthRules.NamedIn(Shipped.Lists.Conditions["crohn"], "hydralazine"));

    [Fact]
    public void Answers_are_read_as_they_were_written()
    {
        var all = new HealthAnswers
        {
            Diagnosed = "2014: in spring", Medicines = "Prednisone 5 mg\n  at night\npregnant: no", Pregnant = HealthAnswers.No,
            Illness = HealthAnswers.Yes, IllnessText = "TB\n\n2009", Flies = HealthAnswers.Unsure, DrugInduced = HealthAnswers.No,
        };

        Assert.All([all, new HealthAnswers(), new HealthAnswers { Flies = HealthAnswers.Yes }], a => Assert.Equal(a, HealthAnswers.Parse(a.ToString())));
        Assert.Equal("diagnosed: 2014\ncan fly: yes", new HealthAnswers { Diagnosed = "2014", Flies = HealthAnswers.Yes }.ToString());
        Assert.Equal(new HealthAnswers { Flies = HealthAnswers.Yes }, HealthAnswers.Parse("sleeps well: no\ncan fly: yes"));
    }

    private static ScreeningVerdict Screen(HealthAnswers health, InquiryFacts facts) =>
        Shipped.Screener.Screen(An.ScreenedInquiry(facts) with { Health = health }, SpamScore.DefaultThreshold, Moment.Now);
}
