using InquiryRouter.Core.Coordination;

namespace InquiryRouter.Tests.Coordination;

/// <summary>Nobody's work waits with somebody who is not there.</summary>
public sealed class WhoseWorkItIs
{
    private static readonly DateTimeOffset s_taken = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);
    private static readonly OwnerState s_there = new(Active: true, AwayFrom: null, AwayUntil: null, LastSeenAt: null);

    private static readonly (string Because, OwnerState? Owner, double HoursLater, OwnerGone Gone)[] s_cases =
    [
        ("just taken", s_there, 0, OwnerGone.No),
        ("there is no such person", null, 0, OwnerGone.Disabled),
        ("may not sign in any more", s_there with { Active = false }, 0, OwnerGone.Disabled),
        ("half of the time is not over", s_there, 12, OwnerGone.No),
        ("half of the time passed without a sign", s_there, 12.01, OwnerGone.Silent),
        ("was seen since", s_there with { LastSeenAt = s_taken.AddHours(5) }, 16, OwnerGone.No),
        ("was seen, and not since then", s_there with { LastSeenAt = s_taken.AddHours(5) }, 17.01, OwnerGone.Silent),
        ("was last seen before they took it", s_there with { LastSeenAt = s_taken.AddHours(-5) }, 11, OwnerGone.No),
        ("is away", s_there with { AwayFrom = s_taken.AddHours(1) }, 2, OwnerGone.Away),
        ("goes away later", s_there with { AwayFrom = s_taken.AddHours(3) }, 2, OwnerGone.No),
        ("is away until later", s_there with { AwayFrom = s_taken, AwayUntil = s_taken.AddHours(3) }, 2, OwnerGone.Away),
        ("is back", s_there with { AwayFrom = s_taken, AwayUntil = s_taken.AddHours(2) }, 2, OwnerGone.No),
        ("is back, and silent", s_there with { AwayFrom = s_taken, AwayUntil = s_taken.AddHours(2) }, 13, OwnerGone.Silent),
    ];

    public static TheoryData<string> Cases => new(s_cases.Select(c => c.Because));

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_everyones_when_its_owner_is_not_there(string because)
    {
        var found = s_cases.Single(c => c.Because == because);

        Assert.Equal(found.Gone, Ownership.Judge(found.Owner, s_taken, s_day, s_taken.AddHours(found.HoursLater)));
    }

    [Fact]
    public void What_was_late_when_it_was_taken_is_not_taken_away_at_once()
    {
        Assert.Equal(OwnerGone.No, Ownership.Judge(s_there, s_taken, TimeSpan.Zero, s_taken.AddMinutes(30)));
        Assert.Equal(OwnerGone.Silent, Ownership.Judge(s_there, s_taken, TimeSpan.Zero, s_taken.AddMinutes(31)));
    }
}
