using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

/// <summary>Which clinics concern a patient, and which of them are told what the patient writes.</summary>
public sealed class PatientFactsTests
{
    private static readonly PatientReferral s_accepted = new()
    {
        N = 1, State = ReferralState.Accepted, Reason = null, IsAccepted = true, IsDisclosed = true, WasDisclosed = true, Choice = null,
    };

    private static readonly PatientFacts s_facts = new()
    {
        State = InquiryState.Accepted, Reasons = [], Urgent = false, AwaitsScreening = false, Shares = true, Referrals = [],
    };

    [Fact]
    public void Of_an_open_inquiry_clinics_that_are_asked_or_have_it_concern_the_patient()
    {
        ReferralState[] current =
            [ReferralState.Offered, ReferralState.Viewed, ReferralState.Accepted, ReferralState.Quoted, ReferralState.Booked];

        Assert.Equal(
            current.Order(), Enum.GetValues<ReferralState>().Where(state => s_facts.Concerns(s_accepted with { State = state })).Order());
    }

    [Fact]
    public void Of_one_that_has_ended_only_the_clinic_that_treated_them_and_was_shown_who_they_are()
    {
        var ended = s_facts with { State = InquiryState.Closed };

        Assert.Equal(
            [ReferralState.Completed], Enum.GetValues<ReferralState>().Where(state => ended.Concerns(s_accepted with { State = state })));
        Assert.False(ended.Concerns(s_accepted with { State = ReferralState.Completed, IsDisclosed = false }));
    }

    [Fact]
    public void Information_is_told_to_clinics_that_have_it_in_hand_and_to_those_that_can_answer_their_offer()
    {
        var referred = s_facts with { State = InquiryState.Referred };

        Assert.True(s_facts.ReadsInformation(s_accepted));
        Assert.True(referred.ReadsInformation(s_accepted with { State = ReferralState.Viewed, IsDisclosed = false }));
        Assert.True(s_facts.ReadsInformation(s_accepted with { State = ReferralState.Quoted, IsDisclosed = false }));
        Assert.False(s_facts.ReadsInformation(s_accepted with { State = ReferralState.Viewed }));
        Assert.False((s_facts with { State = InquiryState.Held }).ReadsInformation(s_accepted with { State = ReferralState.Viewed }));
        Assert.False(referred.ReadsInformation(s_accepted with { State = ReferralState.Expired }));
        Assert.False((s_facts with { Shares = false }).ReadsInformation(s_accepted));
    }

    [Fact]
    public void An_answer_is_told_to_who_asked_as_long_as_they_may_act_on_it()
    {
        Assert.True(s_facts.ReadsAnswer(s_accepted with { State = ReferralState.Viewed, IsDisclosed = false }));
        Assert.False(s_facts.ReadsAnswer(s_accepted with { State = ReferralState.Expired }));
        Assert.False((s_facts with { Shares = false }).ReadsAnswer(s_accepted));
    }
}
