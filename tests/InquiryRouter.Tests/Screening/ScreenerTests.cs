using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Screening;

public sealed class ScreenerTests
{
    private const string Links = "http://a.example https://b.example http://c.example https://d.example";

    [Fact]
    public void An_inquiry_with_nothing_to_it_is_cleared()
    {
        var verdict = Screen();

        Assert.Equal(ScreeningOutcome.Cleared, verdict.Outcome);
        Assert.Empty(verdict.Reasons);
    }

    [Fact]
    public void An_inquiry_without_a_message_is_cleared() => Assert.Equal(ScreeningOutcome.Cleared, Screen(message: null).Outcome);

    [Fact]
    public void Without_consent_to_share_a_coordinator_asks_first() =>
        AssertHeld(HoldReason.NoConsentToShare, Screen(consent: An.Agreement() with { ShareWithClinics = false }));

    [Theory]
    [InlineData(2026)]
    [InlineData(2009)]
    [InlineData(2008)]
    public void Who_may_be_under_eighteen_is_held(int birthYear) =>
        AssertHeld(HoldReason.Minor, Screen(An.Inquiry() with { BirthYear = birthYear }));

    [Fact]
    public void Who_is_surely_eighteen_is_not_held() =>
        Assert.Equal(ScreeningOutcome.Cleared, Screen(An.Inquiry() with { BirthYear = 2007 }).Outcome);

    [Fact]
    public void A_parent_who_asks_for_a_child_is_held_too() =>
        AssertHeld(HoldReason.Minor, Screen(An.Inquiry() with { BirthYear = 2015, Relation = Relation.Parent }));

    [Fact]
    public void Neonatal_lupus_is_held() => AssertHeld(HoldReason.Neonatal, Screen(An.Inquiry() with { ConditionType = "neonatal" }));

    [Fact]
    public void Drug_induced_lupus_is_held() => AssertHeld(HoldReason.DrugInduced, Screen(An.Inquiry() with { ConditionType = "drug-induced" }));

    [Fact]
    public void A_condition_that_is_not_listed_is_held() =>
        AssertHeld(HoldReason.ConditionNotListed, Screen(An.Inquiry() with { Condition = "other", ConditionType = null }));

    [Fact]
    public void A_patient_whom_mail_does_not_reach_is_still_to_be_called_after_correcting_what_they_ask_for() => AssertHeld(
        HoldReason.PatientUnreachable,
        Shipped.Screener.Screen(An.ScreenedInquiry() with { PatientUnreachable = true }, SpamScore.DefaultThreshold, Moment.Now));

    [Fact]
    public void Words_of_an_emergency_hold_the_inquiry_as_urgent()
    {
        var verdict = Screen(message: "I have chest pain.");

        AssertHeld(HoldReason.Emergency, verdict);
        Assert.True(verdict.Reasons[0].Urgent);
    }

    [Fact]
    public void A_filled_trap_of_a_form_sent_at_once_is_quarantined()
    {
        var verdict = Screen(An.Inquiry() with { IntakeFlags = ["honeypot", "too-fast"] });

        Assert.Equal(ScreeningOutcome.Quarantined, verdict.Outcome);
        Assert.Equal([HoldReason.SuspectedSpam], verdict.Reasons);
    }

    [Fact]
    public void A_message_of_links_is_not_spam_by_itself() => Assert.Equal(ScreeningOutcome.Cleared, Screen(message: Links).Outcome);

    [Fact]
    public void A_filled_trap_is_not_spam_by_itself() =>
        Assert.Equal(ScreeningOutcome.Cleared, Screen(An.Inquiry() with { IntakeFlags = ["honeypot"] }).Outcome);

    [Fact]
    public void Three_links_are_not_spam() =>
        Assert.Equal(ScreeningOutcome.Cleared, Screen(message: "My reports: http://a.example https://b.example http://c.example").Outcome);

    [Theory]
    [InlineData("chest pain " + Links)]
    [InlineData("quiero morir " + Links)]
    public void An_emergency_is_never_put_among_the_spam(string message)
    {
        var verdict = Screen(An.Inquiry() with { IntakeFlags = ["honeypot"] }, message: message);

        Assert.Equal(ScreeningOutcome.Held, verdict.Outcome);
        Assert.Contains(HoldReason.Emergency, verdict.Reasons);
        Assert.Contains(HoldReason.SuspectedSpam, verdict.Reasons);
    }

    [Fact]
    public void Every_reason_is_named_not_only_the_first()
    {
        var verdict = Screen(
            An.Inquiry() with { BirthYear = 2026, ConditionType = "neonatal" },
            An.Agreement() with { ShareWithClinics = false },
            "She has trouble breathing");

        Assert.Equal([HoldReason.Emergency, HoldReason.NoConsentToShare, HoldReason.Minor, HoldReason.Neonatal], verdict.Reasons);
    }

    [Theory]
    [InlineData(91, ScreeningOutcome.Cleared)]
    [InlineData(90, ScreeningOutcome.Quarantined)]
    public void The_threshold_is_the_operators(int threshold, ScreeningOutcome outcome)
    {
        var verdict = Shipped.Screener.Screen(An.ScreenedInquiry(An.Inquiry() with { IntakeFlags = ["honeypot", "too-fast"] }), threshold, Moment.Now);

        Assert.Equal(outcome, verdict.Outcome);
        Assert.Equal(90, verdict.Spam.Score);
    }

    [Fact]
    public void Below_the_threshold_the_points_are_kept_and_nothing_is_held()
    {
        var verdict = Screen(An.Inquiry() with { IntakeFlags = ["too-fast"] });

        Assert.Equal(ScreeningOutcome.Cleared, verdict.Outcome);
        Assert.Equal([SpamReason.TooFast], verdict.Spam.Reasons);
    }

    [Fact]
    public void A_strong_duplicate_is_held_and_a_weak_one_is_not()
    {
        Assert.Equal([HoldReason.PossibleDuplicate], Screen(strong: true).Reasons);
        Assert.Equal(ScreeningOutcome.Cleared, Screen(strong: false).Outcome);

        static ScreeningVerdict Screen(bool strong)
        {
            var other = new OtherInquiry(
                InquiryId.New(), "IR-7K3M-9Q2P", InquiryState.Referred, Moment.Now, "lupus", Person.Of(An.Patient(), An.Inquiry()),
                BlocksLater: true);
            return Shipped.Screener.Screen(An.ScreenedInquiry() with { Duplicates = [new DuplicateFinding(other, [], 1, strong)] }, SpamScore.DefaultThreshold, Moment.Now);
        }
    }

    [Theory]
    [InlineData("minor", Relation.Self, "wrote themselves")]
    [InlineData("minor", Relation.Parent, "A parent asks")]
    [InlineData("minor", Relation.Carer, "ask for the parent or guardian")]
    [InlineData("neonatal", Relation.Self, "cannot have written")]
    [InlineData("neonatal", Relation.Parent, "within six months")]
    [InlineData("neonatal", Relation.Carer, "within six months")]
    [InlineData("drug-induced", Relation.Self, "the patient to ask the prescribing doctor")]
    [InlineData("drug-induced", Relation.Parent, "who asks to speak with the prescribing doctor")]
    [InlineData("condition-not-listed", Relation.Carer, "not in the list")]
    public void The_sentence_fits_who_asks(string code, Relation relation, string words) =>
        Assert.Contains(words, HoldReason.Of(code).SentenceFor(relation), StringComparison.Ordinal);

    [Fact]
    public void A_reason_is_found_again_by_the_code_that_is_stored() =>
        Assert.Same(HoldReason.DrugInduced, HoldReason.Of(HoldReason.DrugInduced.Code));

    [Fact]
    public void A_code_of_a_newer_version_explains_itself_by_its_name() =>
        Assert.Equal(new HoldReason("new-reason", "new-reason"), HoldReason.Of("new-reason"));

    private static void AssertHeld(HoldReason reason, ScreeningVerdict verdict)
    {
        Assert.Equal(ScreeningOutcome.Held, verdict.Outcome);
        Assert.Equal([reason], verdict.Reasons);
    }

    private static ScreeningVerdict Screen(InquiryFacts? facts = null, ConsentGiven? consent = null, string? message = "I have had lupus for ten years.") =>
        Shipped.Screener.Screen(An.ScreenedInquiry(facts, message, consent), SpamScore.DefaultThreshold, Moment.Now);
}
