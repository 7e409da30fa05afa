using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.Coordination;

/// <summary>Which work stands open for an inquiry, kind by kind: what opens it, and what closes it.</summary>
public sealed class WorkOfAnInquiry
{
    private static readonly DateTimeOffset s_first = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_now = s_first.AddDays(3);

    private static readonly InquiryNeeds s_clean = new() { State = InquiryState.Referred, ChangedAt = s_now };
    private static readonly InquiryNeeds s_disputed = s_clean with { State = InquiryState.Closed, Note = 4, CheckIn = 4, Dispute = 4 };

    private static readonly InquiryNeeds s_accepted = s_clean with { State = InquiryState.Accepted, InHand = true };

    private static readonly (string Because, InquiryNeeds Facts, WorkRead[] Read, WorkKind[] Open)[] s_cases =
    [
        ("it was received", s_clean with { State = InquiryState.Received }, [], []),
        ("it was screened", s_clean with { State = InquiryState.Screened }, [], []),
        ("it is matched", s_clean with { State = InquiryState.Matched }, [], []),
        ("a clinic is asked", s_clean, [], []),
        ("a clinic has the patient", s_accepted, [], []),
        ("it is booked", s_accepted with { State = InquiryState.Booked }, [], []),

        ("it is held", Held(HoldReason.NoClinicFits), [], [WorkKind.Held]),
        ("it was held, and sent on", s_clean with { WaitsSince = s_first }, [new(WorkKind.Held, 0)], []),
        ("it is held again", Held(HoldReason.NoClinicLeft), [new(WorkKind.Held, 0)], [WorkKind.Held]),
        ("it is held for an emergency", Held(HoldReason.Emergency, HoldReason.Minor), [], [WorkKind.EmergencyWords]),
        ("it looks like a program's", s_clean with { State = InquiryState.Quarantined, Reasons = [HoldReason.SuspectedSpam] }, [], [WorkKind.Quarantined]),
        ("the patient was asked", s_clean with { State = InquiryState.AwaitingPatient }, [], [WorkKind.AwaitingPatient]),

        ("the patient was asked in an emergency", Asked(3), [], [WorkKind.EmergencyWords, WorkKind.AwaitingPatient]),
        ("the patient was reached meanwhile", Asked(3), [new(WorkKind.EmergencyWords, 3)], [WorkKind.AwaitingPatient]),
        ("the patient was asked again", Asked(5), [new(WorkKind.EmergencyWords, 3)], [WorkKind.EmergencyWords, WorkKind.AwaitingPatient]),

        ("one clinic let its time pass", s_clean with { Expired = 1 }, [], []),
        ("two clinics did", s_clean with { Expired = 2 }, [], [WorkKind.SecondExpiry]),
        ("somebody has seen that", s_clean with { Expired = 2 }, [new(WorkKind.SecondExpiry, 2)], []),
        ("a third one did as well", s_clean with { Expired = 3 }, [new(WorkKind.SecondExpiry, 2)], [WorkKind.SecondExpiry]),
        ("the next one has said yes", s_accepted with { Expired = 2 }, [], []),
        ("it is held after two", Held(HoldReason.NoClinicLeft) with { Expired = 2 }, [], [WorkKind.Held]),

        ("the patient has written", s_clean with { Note = 7, PatientNote = 7 }, [], [WorkKind.PatientWrote]),
        ("somebody has read it", s_clean with { Note = 7, PatientNote = 7 }, [new(WorkKind.PatientWrote, 7)], []),
        ("the patient has written again", s_clean with { Note = 9, PatientNote = 9 }, [new(WorkKind.PatientWrote, 7)], [WorkKind.PatientWrote]),
        ("it was read with what was held", s_clean with { Note = 7, PatientNote = 7 }, [new(WorkKind.Held, 7)], []),
        ("it was written after the release", s_clean with { Note = 8, PatientNote = 8 }, [new(WorkKind.Held, 7)], [WorkKind.PatientWrote]),
        ("it was read with what was asked about a price", s_clean with { Note = 7, PatientNote = 7 }, [new(WorkKind.QuoteToLookAt, 9)], [WorkKind.PatientWrote]),
        ("a clinic has written", s_clean with { Note = 7, ClinicNote = 7 }, [], [WorkKind.ClinicWrote]),
        ("somebody has read the clinic's", s_clean with { Note = 7, ClinicNote = 7 }, [new(WorkKind.ClinicWrote, 7)], []),

        ("an emergency where a clinic has the patient", s_accepted with { Note = 5, PatientNote = 5, EmergencyNote = 5 }, [],
            [WorkKind.EmergencyWords, WorkKind.PatientWrote]),
        ("somebody has called them", s_accepted with { Note = 5, PatientNote = 5, EmergencyNote = 5 }, [new(WorkKind.EmergencyWords, 5)], []),
        ("a second emergency", s_accepted with { Note = 6, EmergencyNote = 6 }, [new(WorkKind.EmergencyWords, 5)], [WorkKind.EmergencyWords]),

        ("a price stands", s_clean with { Quote = 3, InHand = true }, [], [WorkKind.QuoteToLookAt]),
        ("somebody has looked at it", s_clean with { Quote = 3, InHand = true }, [new(WorkKind.QuoteToLookAt, 3)], []),
        ("no clinic is in touch", s_accepted with { Note = 4, CheckIn = 4 }, [], [WorkKind.BadCheckIn]),
        ("somebody has seen to that", s_accepted with { Note = 4, CheckIn = 4 }, [new(WorkKind.BadCheckIn, 4)], []),
        ("the clinic has lapsed", s_accepted with { Lapse = "accreditation" }, [], [WorkKind.Lapse]),
        ("the clinic that lapsed has given the patient back", Held(HoldReason.ReturnedByClinic) with { Lapse = "accreditation" }, [], [WorkKind.Held]),
        ("it may be of a patient we have", s_clean with { Pairs = 1 }, [], [WorkKind.PossibleDuplicate]),
        ("it is held for that", Held(HoldReason.PossibleDuplicate) with { Pairs = 1 }, [], [WorkKind.Held]),
        ("mail does not arrive where a clinic has them", s_accepted with { UnreachableSince = s_first }, [], [WorkKind.PatientUnreachable]),
        ("they were called", s_accepted with { UnreachableSince = s_first }, [new(WorkKind.PatientUnreachable, s_first.ToUnixTimeMilliseconds())], []),
        ("mail does not arrive, and it is held for it", Held(HoldReason.PatientUnreachable) with { UnreachableSince = s_first }, [], [WorkKind.Held]),

        ("what a clinic reports is not so, although it is closed", s_disputed, [], [WorkKind.BadCheckIn]),
        ("somebody has seen to it", s_disputed, [new(WorkKind.BadCheckIn, 4)], []),
        ("it is closed with everything open", Everything(InquiryState.Closed), [], []),
        ("it is erased with everything open", Everything(InquiryState.Erased), [], []),
    ];

    public static TheoryData<string> Cases => new(s_cases.Select(c => c.Because));

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_open_follows_from_the_state(string because)
    {
        var found = s_cases.Single(c => c.Because == because);

        Assert.Equal(found.Open, WorkRules.Of(found.Facts, found.Read).Select(n => n.Kind));
    }

    [Fact]
    public void Each_kind_that_an_inquiry_can_make_has_a_case_that_opens_and_one_that_does_not()
    {
        WorkKind[] others = [WorkKind.ParkedMessage, WorkKind.StuckMail, WorkKind.PolicyProposed, WorkKind.CredentialDue, WorkKind.ClinicUnreachable];
        var opened = s_cases.SelectMany(c => c.Open).ToHashSet();

        Assert.Equal(WorkKinds.All.Except(others).Order(), opened.Order());
    }

    [Fact]
    public void How_long_a_patient_has_waited_counts_from_the_first_time_it_was_held()
    {
        var held = Assert.Single(WorkRules.Of(Held(HoldReason.NoClinicLeft) with { WaitsSince = s_first }, [new(WorkKind.Held, 0)]));

        Assert.Equal(s_first, held.Since);
        Assert.Equal(s_first + WorkKinds.TimeFor(WorkKind.Held), held.DueAt(s_now));
    }

    [Fact]
    public void A_patient_who_was_asked_is_left_in_peace_for_a_week()
    {
        var asked = Assert.Single(WorkRules.Of(s_clean with { State = InquiryState.AwaitingPatient }, []));

        Assert.Equal(s_now.AddDays(7), asked.SleepsUntil);
        Assert.Equal(s_now.AddDays(8), asked.DueAt(s_now));
    }

    [Fact]
    public void Only_emergencies_are_urgent() =>
        Assert.All(s_cases.SelectMany(c => WorkRules.Of(c.Facts, c.Read)), n => Assert.Equal(n.Kind == WorkKind.EmergencyWords, n.Urgent));

    [Fact]
    public void A_step_between_two_states_of_routing_neither_opens_nor_closes_anything()
    {
        InquiryState[] routing = [InquiryState.Received, InquiryState.Screened, InquiryState.Matched, InquiryState.Referred];
        var kinds = routing.Select(state => string.Join(' ', WorkRules.Of(Everything(state), []).Select(n => n.Kind)));

        Assert.Equal(routing, Enum.GetValues<InquiryState>().Where(WorkRules.IsInRouting));
        Assert.Single(kinds.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_has_a_code_that_leads_back_to_it_a_sentence_and_a_time()
    {
        Assert.All(WorkKinds.All, kind =>
        {
            Assert.Equal(kind, WorkKinds.Of(WorkKinds.Code(kind)));
            Assert.NotEmpty(WorkKinds.Sentence(kind));
            Assert.True(WorkKinds.TimeFor(kind) > TimeSpan.Zero);
        });
        Assert.Null(WorkKinds.Of("nothing"));
    }

    [Fact]
    public void The_history_does_not_say_that_there_was_an_emergency() =>
        Assert.DoesNotContain(WorkKinds.All, k => WorkKinds.InHistory(k).Contains("emergency", StringComparison.Ordinal));

    private static InquiryNeeds Asked(long note) =>
        s_clean with { State = InquiryState.AwaitingPatient, Reasons = [HoldReason.QuestionAsked, HoldReason.Emergency], Note = note };

    private static InquiryNeeds Held(params HoldReason[] reasons) =>
        s_clean with { State = InquiryState.Held, Reasons = reasons, WaitsSince = s_now };

    private static InquiryNeeds Everything(InquiryState state) => new()
    {
        State = state, ChangedAt = s_now, Expired = 2, Pairs = 1, Note = 9, PatientNote = 9, EmergencyNote = 9, ClinicNote = 8, CheckIn = 7, Quote = 6,
        InHand = true, Lapse = "accreditation", UnreachableSince = s_first,
    };
}
