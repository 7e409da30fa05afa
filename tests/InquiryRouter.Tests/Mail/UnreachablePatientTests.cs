using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.Mail;

public sealed class UnreachablePatientTests
{
    [Theory]
    [InlineData(InquiryState.Received, UnreachableStep.Hold)]
    [InlineData(InquiryState.Held, UnreachableStep.Hold)]
    [InlineData(InquiryState.AwaitingPatient, UnreachableStep.Hold)]
    [InlineData(InquiryState.Matched, UnreachableStep.Hold)]
    [InlineData(InquiryState.Referred, UnreachableStep.Hold)]
    [InlineData(InquiryState.Accepted, UnreachableStep.Tell)]
    [InlineData(InquiryState.Booked, UnreachableStep.Tell)]
    [InlineData(InquiryState.Quarantined, UnreachableStep.Nothing)]
    [InlineData(InquiryState.Closed, UnreachableStep.Nothing)]
    [InlineData(InquiryState.Erased, UnreachableStep.Nothing)]
    public void A_person_calls_unless_it_is_over_or_a_clinic_has_them(InquiryState state, UnreachableStep step) =>
        Assert.Equal(step, UnreachablePatient.Step(state, [ReferralState.Declined, ReferralState.Offered]));

    [Fact]
    public void A_hold_is_possible_wherever_it_is_asked_for() => Assert.All(
        Enum.GetValues<InquiryState>().Where(s => UnreachablePatient.Step(s, []) == UnreachableStep.Hold),
        state => Assert.Equal(InquiryState.Held, InquiryTransitions.Next(state, InquiryTrigger.Hold)));

    [Fact]
    public void A_clinic_that_has_quoted_has_it_in_hand() =>
        Assert.Equal(UnreachableStep.Tell, UnreachablePatient.Step(InquiryState.Referred, [ReferralState.Declined, ReferralState.Quoted]));

    [Fact]
    public void What_screening_found_stays_a_reason_and_what_routing_waited_for_is_asked_again()
    {
        var reasons = UnreachablePatient.Reasons([HoldReason.Minor, HoldReason.WaitsForCapacity, HoldReason.PatientUnreachable]);

        Assert.Equal([HoldReason.PatientUnreachable, HoldReason.Minor], reasons);
        Assert.Equal([HoldReason.Minor], UnreachablePatient.ReasonsLeft(reasons));
    }

    [Fact]
    public void The_sentence_says_that_the_next_step_is_the_phone() => Assert.Contains("Call them", HoldReason.Of("patient-unreachable").Sentence, StringComparison.Ordinal);
}
