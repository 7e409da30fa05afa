using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Coordination;

/// <summary>What a coordinator's actions come to, as steps: no database takes part.</summary>
public sealed class ActingOnAnInquiry
{
    private static readonly MatchCandidates s_match = new(Guid.CreateVersion7(), ["MX-1"]);
    private static readonly Actor s_who = Actor.Coordinator("rosa");

    private static PendingAction Begun { get; } = new()
    {
        Id = Guid.NewGuid(), InquiryId = An.InquiryRecord().Id, Form = ActionForms.Close, Line = 1, ActorName = "rosa", Sealed = [1], DueAt = Moment.Now,
    };

    [Fact]
    public void A_closed_inquiry_lets_go_of_its_clinics_and_nothing_falls_due_any_more()
    {
        var steps = Close(Referred(), HoldReason.BookedElsewhere, tell: true).Steps;

        Assert.Equal(HoldReason.BookedElsewhere, Assert.Single(steps.OfType<MoveInquiry>()).Move.HoldReasons!.Single());
        Assert.Equal([MailKind.InquiryClosed, MailKind.OfferWithdrawn], Mails(steps));
        Assert.Equal(WithdrawReason.Closed, Assert.Single(steps.OfType<EndReferral>()).Ending.Reason);
        Assert.Equal(4, steps.OfType<StopFollowUps>().Count());
    }

    [Fact]
    public void Nobody_is_told_that_something_was_spam_nor_a_suspected_robot_of_anything()
    {
        Assert.Empty(Mails(Close(Of(InquiryState.Held), HoldReason.Spam, tell: true).Steps));
        Assert.Empty(Mails(Close(Of(InquiryState.Quarantined), HoldReason.GoneSilent, tell: true).Steps));
        Assert.Empty(Mails(Close(Of(InquiryState.Held), HoldReason.GoneSilent, tell: false).Steps));
    }

    [Fact]
    public void What_a_person_had_to_look_at_is_looked_at_again_when_it_is_opened_again()
    {
        var closed = Of(InquiryState.Closed, HoldReason.GoneSilent, HoldReason.Emergency);

        var steps = ReopenInquiry.Decide(closed, askedByPatient: false, s_who).Steps;

        Assert.Equal([HoldReason.Reopened, HoldReason.Emergency], Assert.Single(steps.OfType<MoveInquiry>()).Move.HoldReasons!);
        Assert.Single(steps.OfType<AnnounceHeld>());
    }

    [Fact]
    public void Anything_else_that_is_opened_again_is_matched_anew()
    {
        var steps = ReopenInquiry.Decide(Of(InquiryState.Closed, HoldReason.GoneSilent), askedByPatient: false, s_who).Steps;

        Assert.Equal(InquiryTrigger.Resume, Assert.Single(steps.OfType<MoveInquiry>()).Move.Trigger);
        Assert.Single(steps.OfType<AnnounceCleared>());
    }

    [Fact]
    public void What_the_patient_withdrew_is_opened_only_when_they_ask()
    {
        var closed = Of(InquiryState.Closed, HoldReason.PatientWithdrew);

        Assert.Equal(new ActionOutcome.Invalid(ActionOutcome.PatientWithdrew), ReopenInquiry.Decide(closed, askedByPatient: false, s_who).Outcome);
        Assert.NotEmpty(ReopenInquiry.Decide(closed, askedByPatient: true, s_who).Steps);
    }

    [Theory]
    [InlineData(InquiryState.Referred, false, InquiryTrigger.Decline)]
    [InlineData(InquiryState.Accepted, false, InquiryTrigger.Return)]
    [InlineData(InquiryState.Booked, false, InquiryTrigger.Return)]
    [InlineData(InquiryState.Referred, true, InquiryTrigger.Hold)]
    [InlineData(InquiryState.Accepted, true, InquiryTrigger.Hold)]
    [InlineData(InquiryState.Held, false, null)]
    public void Taken_back_the_next_clinic_is_asked_or_it_is_held_by_choice(InquiryState state, bool hold, InquiryTrigger? moves)
    {
        var steps = TakeBack(Referred(state), hold).Steps;

        Assert.Equal(moves, steps.OfType<MoveInquiry>().SingleOrDefault()?.Move.Trigger);
        Assert.Equal(moves is InquiryTrigger.Decline or InquiryTrigger.Return, steps.OfType<AnnounceAnswered>().Any());
        Assert.Equal([MailKind.OfferWithdrawn], Mails(steps));
    }

    [Fact]
    public void A_patient_whom_the_clinic_had_accepted_hears_that_it_has_them_no_more()
    {
        var found = Referred(InquiryState.Accepted);
        found = found with { Case = found.Case with { Referrals = [Cases.Referral(1, "MX-1", ReferralState.Accepted).Accepted()] } };

        Assert.Equal([MailKind.OfferWithdrawn, MailKind.TakenBack], Mails(TakeBack(found, hold: false).Steps));
    }

    [Fact]
    public void What_is_held_waits_for_the_patients_answer_and_keeps_why_it_was_held()
    {
        var steps = Ask(Of(InquiryState.Held, HoldReason.Minor), "Who decides?").Steps;

        Assert.Equal([HoldReason.QuestionAsked, HoldReason.Minor], Assert.Single(steps.OfType<MoveInquiry>()).Move.HoldReasons!);
        var mail = Assert.Single(steps.OfType<SendMail>()).Mail;
        Assert.Equal(MailKind.CoordinatorQuestion, mail.Kind);
    }

    [Theory]
    [InlineData(InquiryState.Referred)]
    [InlineData(InquiryState.Accepted)]
    [InlineData(InquiryState.AwaitingPatient)]
    public void What_goes_on_goes_on_beside_the_question(InquiryState state) =>
        Assert.Empty(Ask(Of(state), "How are you?").Steps.OfType<MoveInquiry>());

    [Fact]
    public void What_waits_for_a_place_keeps_its_turn_beside_the_question() =>
        Assert.Empty(Ask(Of(InquiryState.Held, HoldReason.WaitsForCapacity), "Would you travel later?").Steps.OfType<MoveInquiry>());

    [Fact]
    public void The_answer_brings_it_back_to_the_coordinators_and_releases_nothing()
    {
        var move = Of(InquiryState.AwaitingPatient, HoldReason.QuestionAsked, HoldReason.Minor).Case.Moves.Written(emergency: false)!;

        Assert.Equal((InquiryTrigger.Hold, "patient-answered minor"), (move.Trigger, string.Join(' ', move.Reasons.Select(r => r.Code))));
    }

    [Fact]
    public void The_consent_that_was_asked_for_lets_it_go_on_and_leaves_what_else_held_it()
    {
        var alone = Of(InquiryState.AwaitingPatient, HoldReason.ConsentAsked, HoldReason.NoConsentToShare).Case.Moves.ConsentGiven!;
        var more = Of(InquiryState.AwaitingPatient, HoldReason.ConsentAsked, HoldReason.NoConsentToShare, HoldReason.Minor).Case.Moves.ConsentGiven!;

        Assert.Equal(InquiryTrigger.Release, alone.Trigger);
        Assert.Equal([HoldReason.Minor], more.Reasons);
    }

    [Theory]
    [InlineData("Is Example able to travel?", true)]
    [InlineData("Is ÉXAMPLE’s file complete?", true)]
    [InlineData("Write to ana@example.org.", true)]
    [InlineData("Call +1 213 373 4253.", true)]
    [InlineData("For example, could the patient travel in May?", false)]
    public void To_a_clinic_that_does_not_see_who_the_patient_is_nothing_names_them(string text, bool refused)
    {
        var outcome = Write(Referred(), text).Outcome;

        Assert.Equal(refused, outcome is ActionOutcome.Invalid { Why: ActionOutcome.NamesThePatient });
    }

    [Fact]
    public void To_a_clinic_that_sees_who_the_patient_is_they_may_be_named()
    {
        var found = Referred(InquiryState.Accepted);
        found = found with { Case = found.Case with { Referrals = [Cases.Referral(1, "MX-1", ReferralState.Accepted).Accepted()] } };

        Assert.IsType<ActionOutcome.Done>(Write(found, "Has Ana Example been in touch?").Outcome);
    }

    [Fact]
    public void A_form_that_is_sent_twice_is_one_note_one_question_and_one_message()
    {
        var found = Referred();
        var note = NoteInquiry.Decide(found, Guid.Empty, "Called.", s_who, Cases.Vault, Moment.Now).Steps.OfType<AddNote>().Single().Note;

        var again = found with { Case = found.Case with { Notes = [note] } };

        Assert.Empty(NoteInquiry.Decide(again, Guid.Empty, "Called.", s_who, Cases.Vault, Moment.Now).Steps);
        Assert.NotEmpty(NoteInquiry.Decide(again, Guid.Empty, "Called again.", s_who, Cases.Vault, Moment.Now).Steps);
    }

    [Fact]
    public void What_has_happened_since_makes_an_action_stale_and_a_colleagues_note_does_not()
    {
        var found = Of(InquiryState.Held) is var held
            ? held with { Case = held.Case with { History = [Line(1, "held"), Line(2, "noted"), Line(3, "information-added")] } }
            : null!;
        var seen = new Seen("IR-7K3M-9Q2P", 1);

        var stale = Assert.IsType<ActionOutcome.Stale>(CoordinatorWork.WhyNot(found, seen, CoordinatorAction.Close, null));

        Assert.Equal("information-added", Assert.Single(stale.Since).Action);
        Assert.Null(CoordinatorWork.WhyNot(found, seen, CoordinatorAction.Note, null));
        Assert.Null(CoordinatorWork.WhyNot(found, seen with { Line = 3 }, CoordinatorAction.Close, null));
    }

    [Fact]
    public void What_was_begun_moves_nothing_when_it_is_undone_and_only_itself_is_undone()
    {
        var found = Of(InquiryState.Held, HoldReason.Minor) with { Begun = Begun };

        var steps = UndoAction.Decide(found, Begun.Id, s_who).Steps;

        Assert.Equal(new HistoryEvent.Undone("close"), Assert.Single(steps.OfType<WriteHistory>()).Said);
        Assert.Empty(steps.OfType<MoveInquiry>());
        Assert.Equal(new ActionOutcome.Invalid(ActionOutcome.TooLate), UndoAction.Decide(found, Guid.NewGuid(), s_who).Outcome);
        Assert.Equal(new ActionOutcome.Invalid(ActionOutcome.TooLate), UndoAction.Decide(Of(InquiryState.Held), Begun.Id, s_who).Outcome);
    }

    [Fact]
    public void While_something_is_begun_nothing_else_is_done_but_a_note_and_itself()
    {
        var found = Of(InquiryState.Held) with { Begun = Begun };
        var seen = new Seen("IR-7K3M-9Q2P");

        Assert.Equal(
            new ActionOutcome.Refused(CoordinatorRefusal.Begun), CoordinatorWork.WhyNot(found, seen, CoordinatorAction.Close, null));
        Assert.Null(CoordinatorWork.WhyNot(found, seen, CoordinatorAction.Note, null));
        Assert.Null(CoordinatorWork.WhyNot(found, seen with { Begun = Begun.Id }, CoordinatorAction.Close, null));
        Assert.Equal(
            new ActionOutcome.Invalid(ActionOutcome.TooLate),
            CoordinatorWork.WhyNot(found, seen with { Begun = Guid.NewGuid() }, CoordinatorAction.Close, null));
    }

    [Fact]
    public void Who_has_the_work_does_not_stop_what_was_begun_and_anything_else_does()
    {
        var found = Of(InquiryState.Held) with { Begun = Begun };
        var seen = new Seen("IR-7K3M-9Q2P", 1) { Begun = Begun.Id };
        CoordinatorCase With(AuditEntry line) => found with { Case = found.Case with { History = [line] } };

        Assert.Null(CoordinatorWork.WhyNot(With(Line(2, "begun", "close")), seen, CoordinatorAction.Close, null));
        Assert.Null(CoordinatorWork.WhyNot(With(Line(2, "work-taken", "held")), seen, CoordinatorAction.Close, null));
        Assert.IsType<ActionOutcome.Stale>(CoordinatorWork.WhyNot(With(Line(2, "information-added")), seen, CoordinatorAction.Close, null));
    }

    [Fact]
    public void Each_refusal_has_a_sentence_and_a_code()
    {
        Assert.All(Enum.GetValues<CoordinatorRefusal>(), why => Assert.EndsWith(".", RefusalWords.Of(why), StringComparison.Ordinal));
        Assert.Equal("not-there", RefusalWords.Code(CoordinatorRefusal.NotThere));
    }

    private static Decided<ActionOutcome> Close(CoordinatorCase found, HoldReason reason, bool tell) =>
        CloseInquiry.Decide(found, reason, string.Empty, tell, s_who, Cases.Network, Cases.Vault, Cases.Mails, Moment.Now);

    private static Decided<ActionOutcome> TakeBack(CoordinatorCase found, bool hold) => TakeBackReferral.Decide(
        found, new TakingBack("MX-1", TakeBackReason.Mistake, null, hold), s_who, Cases.Network, Cases.Vault, Cases.Mails, Moment.Now);

    private static Decided<ActionOutcome> Ask(CoordinatorCase found, string text) =>
        AskPatient.Decide(found, Guid.CreateVersion7(), template: null, text, s_who, Cases.Vault, Cases.Mails, Moment.Now);

    private static Decided<ActionOutcome> Write(CoordinatorCase found, string text) =>
        WriteToClinic.Decide(found, Guid.CreateVersion7(), "MX-1", text, s_who, Cases.Network, Cases.Vault, Cases.Mails, Moment.Now);

    private static CoordinatorCase Of(InquiryState state, params HoldReason[] reasons) =>
        new() { Case = Cases.Of(state).Because(reasons), Match = s_match, IsSendingHeld = false };

    private static CoordinatorCase Referred(InquiryState state = InquiryState.Referred) =>
        new() { Case = Cases.Of(state, Cases.Referral(1, "MX-1", ReferralState.Viewed)), Match = s_match, IsSendingHeld = false };

    private static List<MailKind> Mails(IReadOnlyList<Step?> steps) => [.. steps.OfType<SendMail>().Select(m => m.Mail.Kind)];

    private static AuditEntry Line(int number, string action, string? detail = null) => new()
    {
        InquiryId = An.InquiryRecord().Id, Version = number, At = Moment.Now, Action = action, ActorKind = "patient", ActorName = "patient",
        Detail = detail, Hash = [],
    };
}
