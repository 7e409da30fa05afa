namespace InquiryRouter.Core.Users;

/// <summary>Whether a coordinator can be reached: what patients are told of people rests on it.</summary>
public static class Attendance
{
    /// <summary>Who did nothing in the console for so long, without saying that they are away, is not counted on: a week has a weekend in it.</summary>
    public static readonly TimeSpan LongestUnseen = TimeSpan.FromDays(7);

    /// <summary>Those who read what patients write.</summary>
    public const UserRoles Readers = UserRoles.Coordinator | UserRoles.Manager;

    /// <summary>Whether this person can be reached: reads, may sign in, is not away, and was seen lately.</summary>
    /// <param name="roles">What they are.</param>
    /// <param name="isThere">They may sign in, and are not away.</param>
    /// <param name="lastSeenAt">When they last did something; null: never, such as who was invited and did not come.</param>
    /// <param name="now">This moment.</param>
    public static bool IsReached(UserRoles roles, bool isThere, DateTimeOffset? lastSeenAt, DateTimeOffset now) =>
        isThere && (roles & Readers) != UserRoles.None && lastSeenAt is { } seen && now - seen <= LongestUnseen;
}
