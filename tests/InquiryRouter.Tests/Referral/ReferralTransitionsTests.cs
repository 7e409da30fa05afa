using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

public sealed class ReferralTransitionsTests
{
    /// <summary>Every step that is allowed; what is not here is not.</summary>
    private static readonly Dictionary<ReferralState, string[]> s_allowed = new()
    {
        [ReferralState.Offered] =
            ["View -> Viewed", "Accept -> Accepted", "Decline -> Declined", "Expire -> Expired", "Quote -> Quoted", "Withdraw -> Withdrawn"],
        [ReferralState.Viewed] = ["Accept -> Accepted", "Decline -> Declined", "Expire -> Expired", "Quote -> Quoted", "Withdraw -> Withdrawn"],
        [ReferralState.Accepted] =
            ["Undo -> Viewed", "Quote -> Quoted", "Book -> Booked", "Complete -> Completed", "Return -> Returned", "Withdraw -> Withdrawn"],
        [ReferralState.Quoted] =
            ["Accept -> Quoted", "Quote -> Quoted", "Book -> Booked", "Complete -> Completed", "Return -> Returned", "Withdraw -> Withdrawn"],
        [ReferralState.Booked] = ["Complete -> Completed", "Return -> Returned", "Withdraw -> Withdrawn"],
        [ReferralState.Declined] = ["Reopen -> Viewed"],
        [ReferralState.Expired] = ["Reopen -> Viewed"],
        [ReferralState.Withdrawn] = [],
        [ReferralState.Returned] = [],
        [ReferralState.Completed] = [],
    };

    public static TheoryData<ReferralState> States => new(Enum.GetValues<ReferralState>());

    [Theory]
    [MemberData(nameof(States))]
    public void Exactly_the_steps_of_the_table_are_allowed_from(ReferralState state)
    {
        var allowed = Enum.GetValues<ReferralTrigger>()
            .Select(trigger => (Trigger: trigger, Next: ReferralTransitions.Next(state, trigger)))
            .Where(step => step.Next is not null)
            .Select(step => $"{step.Trigger} -> {step.Next}");

        Assert.Equal(s_allowed[state].Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_an_offer_without_an_answer_is_open()
    {
        var open = Enum.GetValues<ReferralState>().Where(ReferralTransitions.IsOpen);

        Assert.Equal([ReferralState.Offered, ReferralState.Viewed], open);
    }

    [Fact]
    public void An_offer_without_an_answer_and_a_quote_without_a_decision_take_a_place()
    {
        var awaited = Enum.GetValues<ReferralState>().Where(ReferralTransitions.IsAwaited);

        Assert.Equal([ReferralState.Offered, ReferralState.Viewed, ReferralState.Quoted], awaited);
    }

    [Fact]
    public void Only_an_open_offer_can_expire() =>
        Assert.All(
            Enum.GetValues<ReferralState>(),
            state => Assert.Equal(ReferralTransitions.IsOpen(state), ReferralTransitions.Next(state, ReferralTrigger.Expire) is not null));
}
