using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.Referral;

/// <summary>What a patient can do, by where their inquiry and its referrals stand.</summary>
public sealed class PatientActionsTests
{
    private static readonly PatientReferral s_offered = new()
    {
        N = 1, State = ReferralState.Offered, Reason = null, IsAccepted = false, IsDisclosed = false, WasDisclosed = false, Choice = null,
    };

    private static readonly PatientReferral s_quoted = s_offered with { State = ReferralState.Quoted };

    private static readonly PatientReferral s_accepted =
        s_offered with { State = ReferralState.Accepted, IsAccepted = true, IsDisclosed = true, WasDisclosed = true };

    private static readonly PatientFacts s_referred = new()
    {
        State = InquiryState.Referred, Reasons = [], Urgent = false, AwaitsScreening = false, Shares = true, Referrals = [s_offered],
    };

    private static readonly PatientFacts s_closed = s_referred with { State = InquiryState.Closed, Referrals = [] };

    [Fact]
    public void While_it_is_open_it_can_be_written_to_corrected_and_withdrawn()
    {
        PatientAction[] actions =
            [PatientAction.Write, PatientAction.CorrectContact, PatientAction.CorrectRequest, PatientAction.WithdrawInquiry];

        foreach (var state in Enum.GetValues<InquiryState>().Except([InquiryState.Closed, InquiryState.Erased]))
        {
            Assert.All(actions, action => Assert.Null(PatientActions.WhyNot(action, s_referred with { State = state })));
        }
    }

    [Fact]
    public void When_it_is_over_nothing_can_be_done_with_it()
    {
        foreach (var state in new[] { InquiryState.Closed, InquiryState.Erased })
        {
            var over = s_referred with { State = state, Referrals = [s_quoted] };
            Assert.All(Enum.GetValues<PatientAction>(), action => Assert.Equal(Refusal.Ended, PatientActions.WhyNot(action, over, 1)));
        }
    }

    [Fact]
    public void Withdrawn_it_has_been_withdrawn_already() =>
        Assert.Equal(Refusal.AlreadyDone, Why(PatientAction.WithdrawInquiry, s_closed with { Reasons = [HoldReason.PatientWithdrew] }));

    [Fact]
    public void In_the_hands_of_a_clinic_only_how_they_are_reached_is_corrected()
    {
        var accepted = s_referred with { State = InquiryState.Accepted, Referrals = [s_accepted] };

        Assert.False(PatientActions.Can(PatientAction.CorrectRequest, accepted));
        Assert.False(PatientActions.Can(PatientAction.CorrectRequest, s_referred with { Referrals = [s_quoted] }));
        Assert.True(PatientActions.Can(PatientAction.CorrectContact, accepted));
    }

    [Fact]
    public void How_it_is_going_is_asked_about_a_clinic_that_has_said_yes_and_has_them_still()
    {
        Assert.False(PatientActions.Can(PatientAction.CheckIn, s_referred));
        Assert.False(PatientActions.Can(PatientAction.CheckIn, s_referred with { Referrals = [s_quoted] }));
        Assert.True(PatientActions.Can(PatientAction.CheckIn, s_referred with { Referrals = [s_offered, s_accepted with { N = 2 }] }));
        Assert.False(PatientActions.Can(PatientAction.CheckIn, With(s_accepted with { State = ReferralState.Returned })));
    }

    [Fact]
    public void Consent_is_given_where_there_is_none_and_withdrawn_where_there_is()
    {
        var without = s_referred with { Shares = false };

        Assert.Equal(Refusal.AlreadyDone, Why(PatientAction.GiveConsent, s_referred));
        Assert.Null(Why(PatientAction.WithdrawConsent, s_referred));
        Assert.Null(Why(PatientAction.GiveConsent, without));
        Assert.Equal(Refusal.AlreadyDone, Why(PatientAction.WithdrawConsent, without));
    }

    [Fact]
    public void What_has_ended_is_not_agreed_to_anew_but_taken_back_from_whoever_has_seen_the_patient()
    {
        var treated = s_closed with { Referrals = [s_accepted with { State = ReferralState.Completed }] };
        var undone = s_closed with { Referrals = [s_offered with { State = ReferralState.Withdrawn, WasDisclosed = true }] };

        Assert.Null(Why(PatientAction.WithdrawConsent, treated));
        Assert.Null(Why(PatientAction.WithdrawConsent, undone));
        Assert.Equal(Refusal.Ended, Why(PatientAction.WithdrawConsent, s_closed));
        Assert.Equal(Refusal.Ended, Why(PatientAction.GiveConsent, treated with { Shares = false }));
    }

    [Fact]
    public void A_clinic_is_asked_from_the_moment_it_can_answer_until_it_has_the_inquiry_no_more()
    {
        Assert.Null(PatientActions.WhyNot(PatientAction.AskClinic, s_referred, 1));
        Assert.Null(PatientActions.WhyNot(PatientAction.AskClinic, With(s_accepted), 1));
        Assert.Equal(Refusal.Ended, PatientActions.WhyNot(PatientAction.AskClinic, s_referred with { State = InquiryState.Held }, 1));
        Assert.Equal(Refusal.Ended, PatientActions.WhyNot(PatientAction.AskClinic, With(s_offered with { State = ReferralState.Declined }), 1));
        Assert.Equal(Refusal.Ended, PatientActions.WhyNot(PatientAction.AskClinic, s_referred, 2));
        Assert.Equal(Refusal.NoConsent, PatientActions.WhyNot(PatientAction.AskClinic, s_referred with { Shares = false }, 1));
    }

    [Fact]
    public void A_booking_and_a_treatment_are_disputed_once_also_when_it_is_over()
    {
        var treated = s_closed with { Referrals = [s_accepted with { State = ReferralState.Completed }] };

        Assert.Null(PatientActions.WhyNot(PatientAction.Dispute, treated, 1));
        Assert.Null(PatientActions.WhyNot(PatientAction.Dispute, With(s_accepted with { State = ReferralState.Booked }), 1));
        Assert.Equal(Refusal.Ended, PatientActions.WhyNot(PatientAction.Dispute, With(s_accepted), 1));
        Assert.Equal(Refusal.AlreadyDone, PatientActions.WhyNot(
            PatientAction.Dispute, treated with { Referrals = [treated.Referrals[0] with { IsDisputed = true }] }, 1));
    }

    [Fact]
    public void Only_a_quote_that_waits_is_declined_and_once()
    {
        foreach (var state in Enum.GetValues<ReferralState>())
        {
            Assert.Equal(state == ReferralState.Quoted, PatientActions.Can(PatientAction.DeclineQuote, With(s_offered with { State = state }), 1));
        }

        var declined = s_quoted with { State = ReferralState.Withdrawn, Reason = WithdrawReason.PatientDeclined };
        Assert.Equal(Refusal.AlreadyDone, PatientActions.WhyNot(PatientAction.DeclineQuote, s_referred with { Referrals = [declined] }, 1));
        Assert.Equal(Refusal.Ended, PatientActions.WhyNot(PatientAction.DeclineQuote, s_referred with { Referrals = [s_quoted] }, 2));
    }

    [Fact]
    public void A_clinic_that_is_asked_will_see_them_with_its_yes_unless_they_say_no()
    {
        Assert.Equal((Refusal.AlreadyDone, null), Choices(s_referred));
        Assert.Equal((null, Refusal.AlreadyDone), Choices(With(s_offered with { Choice = false })));
        Assert.Equal((Refusal.AlreadyDone, null), Choices(With(s_offered with { Choice = true })));
    }

    [Fact]
    public void A_clinic_that_has_said_yes_sees_them_unless_they_take_it_back()
    {
        Assert.Equal((Refusal.AlreadyDone, null), Choices(With(s_accepted)));
        Assert.Equal((null, Refusal.AlreadyDone), Choices(With(s_accepted with { Choice = false })));
        Assert.Equal((null, Refusal.Ended), Choices(With(s_accepted with { IsDisclosed = false })));
    }

    [Theory]
    [InlineData(InquiryState.Referred, true)]
    [InlineData(InquiryState.Accepted, true)]
    [InlineData(InquiryState.Booked, true)]
    [InlineData(InquiryState.Held, false)]
    [InlineData(InquiryState.AwaitingPatient, false)]
    [InlineData(InquiryState.Received, false)]
    public void A_clinic_that_has_only_quoted_is_chosen_by_it_unless_the_inquiry_waits_for_somebody(InquiryState state, bool possible) =>
        Assert.Equal((possible ? null : Refusal.Ended, (Refusal?)Refusal.Ended), Choices(With(s_quoted) with { State = state }));

    [Fact]
    public void Without_consent_there_is_nothing_to_show_or_hide()
    {
        Assert.Equal((Refusal.NoConsent, Refusal.NoConsent), Choices(With(s_accepted) with { Shares = false }));
        Assert.Equal((Refusal.NoConsent, Refusal.NoConsent), Choices(s_referred with { Shares = false }));
    }

    [Fact]
    public void After_the_treatment_what_the_clinic_sees_is_taken_back_and_not_shown_anew()
    {
        var treated = s_closed with { Referrals = [s_accepted with { State = ReferralState.Completed }] };

        Assert.Equal((Refusal.Ended, null), Choices(treated));
        Assert.Equal(
            (Refusal.Ended, Refusal.AlreadyDone), Choices(treated with { Referrals = [treated.Referrals[0] with { Choice = false }] }));
    }

    [Fact]
    public void A_clinic_that_has_let_go_has_nothing_to_be_shown()
    {
        ReferralState[] over =
            [ReferralState.Declined, ReferralState.Expired, ReferralState.Withdrawn, ReferralState.Returned, ReferralState.Completed];

        foreach (var state in over)
        {
            Assert.Equal((Refusal.Ended, Refusal.Ended), Choices(With(s_accepted with { State = state })));
        }
    }

    private static PatientFacts With(PatientReferral referral) => s_referred with { State = InquiryState.Accepted, Referrals = [referral] };

    private static Refusal? Why(PatientAction action, PatientFacts facts) => PatientActions.WhyNot(action, facts);

    private static (Refusal? Show, Refusal? Hide) Choices(PatientFacts facts) =>
        (PatientActions.WhyNot(PatientAction.ShowIdentity, facts, 1), PatientActions.WhyNot(PatientAction.HideIdentity, facts, 1));
}
