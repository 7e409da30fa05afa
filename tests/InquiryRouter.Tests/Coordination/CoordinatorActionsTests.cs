using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Coordination;

/// <summary>What a coordinator can do, by where an inquiry stands: each state and each action.</summary>
public sealed class CoordinatorActionsTests
{
    private const string Always = "Note AskPatient CorrectContact CorrectRequest Close Export Erase";

    public static TheoryData<InquiryState, string> Unasked => new()
    {
        { InquiryState.Received, Always },
        { InquiryState.Screened, Always },
        { InquiryState.Held, "Note Release Offer AskPatient CorrectContact CorrectRequest Close Export Erase" },
        { InquiryState.AwaitingPatient, "Note Release Offer AskPatient CorrectContact CorrectRequest Close Export Erase" },
        { InquiryState.Quarantined, "Note Release CorrectContact CorrectRequest Close Export Erase" },
        { InquiryState.Matched, "Note Offer AskPatient CorrectContact CorrectRequest Close Export Erase" },
        { InquiryState.Referred, "Note Offer AskPatient CorrectContact CorrectRequest Close Export Erase" },
        { InquiryState.Accepted, Always },
        { InquiryState.Booked, Always },
        { InquiryState.Closed, "Note Reopen Export Erase" },
        { InquiryState.Erased, "" },
    };

    [Theory]
    [MemberData(nameof(Unasked))]
    public void Without_a_clinic_these_are_possible_in(InquiryState state, string possible) => Assert.Equal(possible, Possible(Facts(state)));

    [Theory]
    [InlineData(ReferralState.Offered, true, true)]
    [InlineData(ReferralState.Viewed, true, true)]
    [InlineData(ReferralState.Quoted, true, false)]
    [InlineData(ReferralState.Accepted, true, false)]
    [InlineData(ReferralState.Booked, true, false)]
    [InlineData(ReferralState.Declined, false, true)]
    [InlineData(ReferralState.Expired, false, true)]
    [InlineData(ReferralState.Withdrawn, false, true)]
    [InlineData(ReferralState.Returned, false, true)]
    [InlineData(ReferralState.Completed, false, true)]
    public void A_clinic_is_written_to_and_loses_it_while_it_is_asked_or_has_it_and_what_is_asked_for_stays_while_one_has_it(
        ReferralState referral, bool current, bool correctable)
    {
        var facts = Facts(InquiryState.Referred, referral);

        Assert.Equal(current, CoordinatorActions.WhyNot(CoordinatorAction.TakeBack, facts, "MX-1") is null);
        Assert.Equal(current, CoordinatorActions.WhyNot(CoordinatorAction.WriteToClinic, facts, "MX-1") is null);
        Assert.Equal(correctable, CoordinatorActions.WhyNot(CoordinatorAction.CorrectRequest, facts) is null);
        Assert.Equal(CoordinatorRefusal.NotThere, CoordinatorActions.WhyNot(CoordinatorAction.TakeBack, facts, "CA-1"));
    }

    public static TheoryData<CoordinatorAction, InquiryState, CoordinatorRefusal> Refused => new()
    {
        { CoordinatorAction.Close, InquiryState.Closed, CoordinatorRefusal.AlreadyDone },
        { CoordinatorAction.AskPatient, InquiryState.Closed, CoordinatorRefusal.Closed },
        { CoordinatorAction.Offer, InquiryState.Closed, CoordinatorRefusal.Closed },
        { CoordinatorAction.Reopen, InquiryState.Held, CoordinatorRefusal.NotClosed },
        { CoordinatorAction.Release, InquiryState.Referred, CoordinatorRefusal.NotWaiting },
        { CoordinatorAction.AskPatient, InquiryState.Quarantined, CoordinatorRefusal.Quarantined },
        { CoordinatorAction.Offer, InquiryState.Quarantined, CoordinatorRefusal.Quarantined },
        { CoordinatorAction.Offer, InquiryState.Accepted, CoordinatorRefusal.InHand },
        { CoordinatorAction.Offer, InquiryState.Booked, CoordinatorRefusal.InHand },
        { CoordinatorAction.Offer, InquiryState.Screened, CoordinatorRefusal.NotMatched },
        { CoordinatorAction.Note, InquiryState.Erased, CoordinatorRefusal.Erased },
        { CoordinatorAction.Erase, InquiryState.Erased, CoordinatorRefusal.AlreadyDone },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Each_refusal_says_why(CoordinatorAction action, InquiryState state, CoordinatorRefusal why) =>
        Assert.Equal(why, CoordinatorActions.WhyNot(action, Facts(state)));

    [Theory]
    [InlineData(CoordinatorAction.Release)]
    [InlineData(CoordinatorAction.Offer)]
    public void Without_the_patients_consent_no_clinic_gets_it(CoordinatorAction action) =>
        Assert.Equal(CoordinatorRefusal.NoConsent, CoordinatorActions.WhyNot(action, Facts(InquiryState.Held) with { Shares = false }));

    [Fact]
    public void What_was_never_matched_is_released_before_it_is_offered() =>
        Assert.Equal(
            CoordinatorRefusal.NotMatched, CoordinatorActions.WhyNot(CoordinatorAction.Offer, Facts(InquiryState.Held) with { WasMatched = false }));

    private static string Possible(CoordinatorFacts facts) =>
        string.Join(' ', Enum.GetValues<CoordinatorAction>().Where(CoordinatorActions.Possible(facts).Contains));

    private static CoordinatorFacts Facts(InquiryState state, ReferralState? referral = null) => new()
    {
        State = state, Shares = true, WasMatched = true,
        Referrals = referral is { } at
            ? new Dictionary<string, ReferralState>(StringComparer.Ordinal) { ["MX-1"] = at }
            : new Dictionary<string, ReferralState>(StringComparer.Ordinal),
    };
}
