namespace InquiryRouter.Core.Coordination;

/// <summary>What is known of somebody who has taken work.</summary>
/// <param name="Active">They may sign in.</param>
/// <param name="AwayFrom">Since when they are away, or will be; null: they are not.</param>
/// <param name="AwayUntil">Until when; null with a beginning: nobody knows.</param>
/// <param name="LastSeenAt">When they last did anything; null: that is not known.</param>
public sealed record OwnerState(bool Active, DateTimeOffset? AwayFrom, DateTimeOffset? AwayUntil, DateTimeOffset? LastSeenAt);

/// <summary>Why what somebody had taken is everyone's again.</summary>
public enum OwnerGone
{
    /// <summary>It is still theirs.</summary>
    No,

    /// <summary>They may not sign in any more, or there is no such person.</summary>
    Disabled,

    Away,

    /// <summary>Half of the time there is for it has passed without a sign of them.</summary>
    Silent,
}

/// <summary>Whose work is: nobody's can wait with somebody who is not there.</summary>
public static class Ownership
{
    /// <summary>Nobody is silent sooner than this, however short the time for a piece of work is.</summary>
    public static readonly TimeSpan ShortestSilence = TimeSpan.FromMinutes(30);

    /// <param name="owner">Who has taken it; null: there is no such person.</param>
    /// <param name="ownedAt">When it became theirs.</param>
    /// <param name="time">How much time there is for it, from the beginning.</param>
    /// <param name="now">This moment.</param>
    public static OwnerGone Judge(OwnerState? owner, DateTimeOffset ownedAt, TimeSpan time, DateTimeOffset now)
    {
        if (owner is not { Active: true })
        {
            return OwnerGone.Disabled;
        }

        if (IsAway(owner, now))
        {
            return OwnerGone.Away;
        }

        var seen = owner.LastSeenAt is { } last && last > ownedAt ? last : ownedAt;
        var patience = time / 2 > ShortestSilence ? time / 2 : ShortestSilence;
        return now - seen > patience ? OwnerGone.Silent : OwnerGone.No;
    }

    /// <summary>They are away at this moment.</summary>
    public static bool IsAway(OwnerState owner, DateTimeOffset now) =>
        owner.AwayFrom is { } from && from <= now && !(owner.AwayUntil is { } until && until <= now);
}
