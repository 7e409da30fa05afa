using InquiryRouter.Core.Intake;

namespace InquiryRouter.Tests.Intake;

public sealed class InquiryTransitionsTests
{
    /// <summary>Every step that is allowed; what is not here is not.</summary>
    private static readonly Dictionary<InquiryState, string[]> s_allowed = new()
    {
        [InquiryState.Received] =
        [
            "Clear -> Screened", "Hold -> Held", "AskPatient -> AwaitingPatient", "Quarantine -> Quarantined", "Correct -> Received", "Close -> Closed", "Erase -> Erased",
        ],
        [InquiryState.Screened] =
            ["Match -> Matched", "Hold -> Held", "AskPatient -> AwaitingPatient", "Correct -> Received", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Held] = ["Hold -> Held", "Offer -> Referred", "Approve -> Matched", "AskPatient -> AwaitingPatient", "Release -> Screened", "Correct -> Received", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.AwaitingPatient] = ["Hold -> Held", "Approve -> Matched", "Offer -> Referred", "Correct -> Received", "Release -> Screened", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Quarantined] = ["Hold -> Held", "Correct -> Received", "Release -> Screened", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Matched] = ["Correct -> Received", "AskPatient -> AwaitingPatient", "Hold -> Held", "Offer -> Referred", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Referred] = ["Correct -> Received", "Rematch -> Screened", "AskPatient -> AwaitingPatient", "Hold -> Held", "Offer -> Referred", "Decline -> Referred", "Accept -> Accepted", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Accepted] = ["Decline -> Referred", "Undo -> Referred", "Hold -> Held", "Return -> Matched", "Book -> Booked", "ClinicLapse -> Accepted", "ClinicRecovery -> Accepted", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Booked] = ["Hold -> Held", "Return -> Matched", "ClinicLapse -> Booked", "ClinicRecovery -> Booked", "Close -> Closed", "Erase -> Erased"],
        [InquiryState.Closed] = ["Reopen -> Held", "Resume -> Screened", "Erase -> Erased"],
        [InquiryState.Erased] = [],
    };

    public static TheoryData<InquiryState> States => new(Enum.GetValues<InquiryState>());

    [Theory]
    [MemberData(nameof(States))]
    public void Exactly_the_steps_of_the_table_are_allowed_from(InquiryState state)
    {
        var allowed = Enum.GetValues<InquiryTrigger>()
            .Select(trigger => (Trigger: trigger, Next: InquiryTransitions.Next(state, trigger)))
            .Where(step => step.Next is not null)
            .Select(step => $"{step.Trigger} -> {step.Next}");

        Assert.Equal(s_allowed[state].Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Erased_is_final() =>
        Assert.All(Enum.GetValues<InquiryTrigger>(), trigger => Assert.Null(InquiryTransitions.Next(InquiryState.Erased, trigger)));

    [Fact]
    public void Erasure_is_possible_from_every_other_state() =>
        Assert.All(
            Enum.GetValues<InquiryState>().Where(s => s != InquiryState.Erased),
            state => Assert.Equal(InquiryState.Erased, InquiryTransitions.Next(state, InquiryTrigger.Erase)));
}
