using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;

namespace InquiryRouter.Tests.Messaging;

public sealed class AwaitedEventTests
{
    private const int Version = 4;

    /// <summary>What an inquiry at version 4 waits for in each state; in others it waits for a person or for nothing.</summary>
    private static readonly Dictionary<InquiryState, string[]> s_awaited = new()
    {
        [InquiryState.Received] = [nameof(InquiryReceived)],
        [InquiryState.Screened] = [nameof(InquiryCleared)],
        [InquiryState.Matched] = [nameof(InquiryMatched), nameof(ReferralAnswered)],
        [InquiryState.Referred] = [nameof(ReferralAnswered)],
    };

    public static TheoryData<InquiryState> States => new(Enum.GetValues<InquiryState>());

    [Theory]
    [MemberData(nameof(States))]
    public void An_inquiry_waits_for_what_moves_it_on_and_for_nothing_else_from(InquiryState state) =>
        Assert.Equal(
            s_awaited.GetValueOrDefault(state, []).Order(StringComparer.Ordinal),
            Events(Version)
                .Where(e => AwaitedEvent.IsAwaited(e, state, Version))
                .Select(e => e.GetType().Name)
                .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(States))]
    public void An_event_of_another_version_is_awaited_by_nobody_in(InquiryState state) =>
        Assert.All(
            Events(Version - 1).Concat(Events(Version + 1)).Where(e => e is not ReferralAnswered),
            e => Assert.False(AwaitedEvent.IsAwaited(e, state, Version)));

    private static IEvent[] Events(int version) =>
    [
        new InquiryReceived { InquiryId = InquiryId.None, Version = version },
        new InquiryCleared { InquiryId = InquiryId.None, Version = version },
        new InquiryHeld { InquiryId = InquiryId.None, Version = version },
        new InquiryMatched { InquiryId = InquiryId.None, Version = version, MatchId = Guid.Empty },
        new ReferralAnswered { InquiryId = InquiryId.None, ReferralId = default, Version = 2 },
        new FollowUpDue { InquiryId = InquiryId.None, FollowUpId = Guid.Empty },
    ];
}
