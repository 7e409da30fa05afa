using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Patients;

/// <summary>What follows from what a patient tells of their health.</summary>
public sealed class AnswerHealthTests
{
    private static readonly HealthAnswers s_calm = new() { Diagnosed = "2014", Medicines = "Prednisone 5 mg", Flies = HealthAnswers.Yes };

    [Theory]
    [InlineData("write to ana@example.org")]
    [InlineData("call +1 213 373 4253")]
    [InlineData("my number is 2133734253")]
    [InlineData("Ana Example takes prednisone")]
    public void Who_says_who_they_are_is_asked_to_leave_it_out(string text)
    {
        var decided = Answer(Cases.Of(InquiryState.Matched), s_calm with { Medicines = text });

        Assert.Equal(AnswerHealth.NamesSomebody, Assert.IsType<Outcome.NotPossible>(decided.Outcome).Why);
        Assert.Empty(decided.Steps);
    }

    [Fact]
    public void Doses_and_years_name_nobody() =>
        Assert.Equal(Outcome.Done.It, Answer(Cases.Of(InquiryState.Matched), s_calm with { Medicines = "Hydroxychloroquine 200-400 mg, 2014-2019; x 2/day" }).Outcome);

    [Fact]
    public void Calm_answers_are_kept_and_every_clinic_that_may_see_the_inquiry_is_told()
    {
        var decided = Answer(
            Cases.Of(InquiryState.Referred, Cases.Referral(1, "CA-1", ReferralState.Declined), Cases.Referral(2, "MX-1", ReferralState.Offered)), s_calm);

        Assert.Single(decided.Steps.OfType<SendMail>());
        Assert.Empty(decided.Steps.OfType<MoveInquiry>());
        Assert.Equal(NoteKind.Health, Assert.Single(decided.Steps.OfType<AddNote>()).Note.Kind);
    }

    [Fact]
    public void Without_consent_no_clinic_is_told() =>
        Assert.Empty(Answer(Cases.Of(InquiryState.Referred, Cases.Referral(1, "MX-1", ReferralState.Offered)).WithoutConsent(), s_calm).Steps.OfType<SendMail>());

    [Fact]
    public void What_a_person_must_look_into_holds_the_inquiry_once()
    {
        var pregnant = s_calm with { Pregnant = HealthAnswers.Yes };
        var found = Cases.Of(InquiryState.Referred, Cases.Referral(1, "MX-1", ReferralState.Offered));

        var first = Answer(found, pregnant);
        var released = found with { Notes = [.. first.Steps.OfType<AddNote>().Select(s => s.Note)] };
        var again = Answer(released, pregnant with { Diagnosed = "2015" });

        Assert.Equal([HoldReason.Pregnant], Assert.Single(first.Steps.OfType<MoveInquiry>()).Move.HoldReasons!);
        Assert.Empty(first.Steps.OfType<SendMail>());
        Assert.Empty(again.Steps.OfType<MoveInquiry>());
        Assert.Equal(Outcome.AlreadyDone.It, Answer(released, pregnant).Outcome);
    }

    [Fact]
    public void From_a_clinic_that_has_the_patient_nothing_is_taken()
    {
        var decided = Answer(
            Cases.Of(InquiryState.Accepted, Cases.Referral(1, "MX-1", ReferralState.Accepted).Accepted()), s_calm with { Flies = HealthAnswers.No });

        Assert.Empty(decided.Steps.OfType<MoveInquiry>());
        Assert.Single(decided.Steps.OfType<SendMail>());
    }

    [Fact]
    public void An_emergency_in_an_answer_is_heard_as_anywhere_else()
    {
        var decided = Answer(Cases.Of(InquiryState.Matched), s_calm with { Medicines = "I have chest pain right now" });

        Assert.Equal([HoldReason.Emergency], Assert.Single(decided.Steps.OfType<MoveInquiry>()).Move.HoldReasons!);
    }

    [Fact]
    public void Nothing_at_all_is_not_kept() =>
        Assert.Equal(AnswerHealth.Empty, Assert.IsType<Outcome.NotPossible>(Answer(Cases.Of(InquiryState.Matched), new HealthAnswers()).Outcome).Why);

    private static Decided<Outcome> Answer(PatientCase found, HealthAnswers answers) =>
        new AnswerHealth(null!, Shipped.Screener, Cases.Vault, null!, Cases.Mails, new AnonymousText(new FieldRules()))
            .Decide(found, answers, Actor.Patient, Cases.Network, Moment.Now);
}
