using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

/// <summary>Quotes, questions, bookings, treatments, forwards and pauses.</summary>
public sealed class WorkingOnAReferralTests
{
    private static readonly Guid s_form = new("018f3a52-7c1d-7a2b-9c3d-4e5f60718295");

    [Fact]
    public void A_quote_on_the_summary_waits_for_the_patient_for_two_weeks_at_most() => Assert.Equal(
        [
            "MX-1: Quote", "cancel OfferExpiry", "QuoteExpiry at 02 12:00", "quote 1: 12000 USD", "history: quoted  by MX-1",
            "mail QuoteReceived",
        ],
        Quote(Cases.Offered(), Typed(12000)).Lines());

    [Fact]
    public void A_quote_ends_with_its_last_day_where_the_clinic_is() => Assert.Contains(
        "QuoteExpiry at 21 08:00", Quote(Cases.Offered(), Typed(12000) with { ValidUntil = new DateOnly(2026, 11, 20) }).Lines());

    [Fact]
    public void A_quote_after_a_yes_expires_nothing() => Assert.Equal(
        ["MX-1: Quote", "quote 1: 12000 USD", "history: quoted  by MX-1", "mail QuoteReceived"],
        Quote(Cases.Accepted(), Typed(12000)).Lines());

    [Fact]
    public void A_form_sent_twice_is_one_quote_and_changed_it_is_a_second_one()
    {
        var stored = Assert.Single(Quote(Cases.Accepted(), Typed(12000)).Steps.OfType<AddQuote>()).Quote;
        var found = Cases.Accepted() with { Quotes = [stored] };

        Assert.Same(Outcome.AlreadyDone.It, Quote(found, Typed(12000)).Outcome);
        var second = Assert.Single(Quote(found, Typed(11000)).Steps.OfType<AddQuote>()).Quote;
        Assert.Equal((2, 11000m, true), (second.N, second.Total, second.Id != stored.Id));
    }

    [Fact]
    public void A_question_is_written_once_however_often_its_form_is_sent()
    {
        var asked = Ask(Cases.Offered(), "Which medication?");
        Assert.Equal(["history: question-asked  by MX-1", "note Question: Which medication?", "mail NeedsInformation"], asked.Lines());

        var found = Cases.Offered() with { Notes = [Assert.Single(asked.Steps.OfType<AddNote>()).Note] };
        Assert.Same(Outcome.AlreadyDone.It, Ask(found, "Which medication?").Outcome);
        Assert.Equal(3, Ask(found, "Since when?").Lines().Count);
    }

    [Fact]
    public void What_the_patient_asks_is_answered_once()
    {
        var question = Cases.Asked();
        var found = Cases.Offered() with { Notes = [question] };

        var answered = Reply(found, question.Id);
        Assert.Equal(["history: clinic-replied  by MX-1", "note Reply: Two weeks.", "mail ClinicReply"], answered.Lines());

        var reply = Assert.Single(answered.Steps.OfType<AddNote>()).Note;
        Assert.Same(Outcome.AlreadyDone.It, Reply(found with { Notes = [question, reply] }, question.Id).Outcome);
        Assert.Same(Outcome.NotFound.It, Reply(found, Guid.CreateVersion7()).Outcome);
    }

    [Fact]
    public void Who_of_the_clinic_has_answered_is_kept_with_the_answer()
    {
        byte[] person = [1, 2, 3];

        Assert.Equal(person, Assert.Single(AcceptReferral.Decide(
            Cases.Offered(), Cases.Patient, Cases.Who, Cases.Mails, person).Steps.OfType<MarkAnswered>()).Person);
        Assert.Equal(person, Assert.Single(DeclineReferral.Decide(
            Cases.Offered(), Cases.Patient, "other", null, Cases.Who, Cases.Vault, person).Steps.OfType<MarkAnswered>()).Person);
        Assert.Empty(AcceptReferral.Decide(Cases.Offered(), Cases.Patient, Cases.Who, Cases.Mails).Steps.OfType<MarkAnswered>());
    }

    [Fact]
    public void A_booking_moves_the_inquiry() => Assert.Equal(
        ["MX-1: Book", "for 31 January 2027, 12000 USD", "inquiry: Book MX-1 by MX-1", "announce the answer"],
        BookReferral.Decide(Cases.Accepted(), new ReportedTreatment(new DateOnly(2027, 1, 31), 12_000m, "USD"), Cases.Who).Lines());

    [Fact]
    public void A_treatment_ends_the_inquiry_and_what_others_were_asked()
    {
        var lines = CompleteBeside(Cases.Other("MX-2", ReferralState.Quoted), Cases.Other("MX-3", ReferralState.Declined));

        Assert.Equal(
            [
                "MX-1: Complete ", "treated on 18 November 2026", "inquiry: Close MX-1 by MX-1", "MX-2: Withdraw placed, frees its place", "mail OfferPlaced",
                "announce the answer",
            ],
            lines);
    }

    [Fact]
    public void A_treatment_beside_another_clinic_that_has_the_patient_ends_nothing_else() => Assert.Equal(
        ["MX-1: Complete ", "treated on 18 November 2026", "history: clinic-close MX-1 by MX-1", "announce the answer"],
        CompleteBeside(Cases.Other("MX-2", ReferralState.Booked, Moment.Now), Cases.Other("MX-3", ReferralState.Quoted)));

    [Fact]
    public void A_referral_is_forwarded_to_a_colleague_with_a_link_of_their_own() => Assert.Equal(
        ["history: forwarded  by MX-1", "mail ForwardedReferral with a link"], Forward(Cases.Offered(), "WARD@clinic.example").Lines());

    [Theory]
    [InlineData("somebody@elsewhere.example")]
    [InlineData("x@clinic.example")]
    [InlineData("referrals@clinic.example")]
    [InlineData(null)]
    public void It_is_forwarded_to_nobody_else(string? address) =>
        Assert.Equal(ClinicCodes.NotAColleague, Assert.IsType<Outcome.NotPossible>(Forward(Cases.Offered(), address).Outcome).Why);

    [Fact]
    public void It_is_forwarded_once_for_each_form_and_ten_times_at_most()
    {
        Guid[] nine = [.. Enumerable.Range(0, 9).Select(_ => Guid.CreateVersion7())];

        Assert.Same(Outcome.AlreadyDone.It, Forward(Cases.Offered() with { Forwards = [s_form] }, "ward@clinic.example").Outcome);
        Assert.Same(Outcome.Done.It, Forward(Cases.Offered() with { Forwards = nine }, "ward@clinic.example").Outcome);
        var eleventh = Forward(Cases.Offered() with { Forwards = [.. nine, Guid.CreateVersion7()] }, "ward@clinic.example");
        Assert.Equal(ClinicCodes.TooManyForwards, Assert.IsType<Outcome.NotPossible>(eleventh.Outcome).Why);
    }

    [Fact]
    public void A_pause_and_its_end_are_a_step_each_and_what_is_so_already_is_none()
    {
        var until = new DateOnly(2026, 12, 24);
        var pausing = A.Network(A.Clinic("MX-1") with { PausedUntil = until });

        Assert.Equal([new SetPause("MX-1", until, Cases.Who)], Pause(A.Network(A.Clinic("MX-1")), until).Steps);
        Assert.Same(Outcome.AlreadyDone.It, Pause(pausing, until).Outcome);
        Assert.Equal([new SetPause("MX-1", null, Cases.Who)], ResumeClinic.Decide(pausing, "MX-1", Cases.Who).Steps);
        Assert.Same(Outcome.AlreadyDone.It, ResumeClinic.Decide(A.Network(A.Clinic("MX-1")), "MX-1", Cases.Who).Outcome);
        Assert.Same(Outcome.NotFound.It, ResumeClinic.Decide(A.Network(), "MX-1", Cases.Who).Outcome);
        Assert.Equal(ClinicCodes.NoDayOfAPause, Assert.IsType<Outcome.NotPossible>(Pause(pausing, new DateOnly(2030, 1, 1)).Outcome).Why);
    }

    private static TypedQuote Typed(decimal amount) =>
        new(s_form, new QuoteContent { Items = [new QuoteItem("treatment", amount)], Remark = null }, "USD", new DateOnly(2027, 1, 31));

    private static Decided<Outcome> Quote(ReferralCase found, TypedQuote typed) =>
        QuoteReferral.Decide(found, Cases.Patient, typed, Cases.Who, Cases.Mails, Cases.Vault);

    private static Decided<Outcome> Reply(ReferralCase found, Guid question) =>
        AnswerPatient.Decide(found, Cases.Patient, question, "Two weeks.", Cases.Who, Cases.Mails, Cases.Vault);

    private static Decided<Outcome> Ask(ReferralCase found, string text) =>
        AskQuestion.Decide(found, Cases.Patient, s_form, text, Cases.Who, Cases.Mails, Cases.Vault);

    private static IReadOnlyList<string> CompleteBeside(params ReferralRecord[] others) =>
        CompleteReferral.Decide(
            Cases.Accepted() with { Others = others }, Cases.Patient, new ReportedTreatment(Moment.Today), Cases.Who, Cases.Mails).Lines();

    private static Decided<Outcome> Forward(ReferralCase found, string? address) =>
        ForwardReferral.Decide(found, Cases.Patient, s_form, address, Cases.Who, Cases.Mails);

    private static Decided<Outcome> Pause(Core.Matching.NetworkSnapshot network, DateOnly until) =>
        PauseClinic.Decide(network, "MX-1", until, Moment.Now, Cases.Who);
}
