namespace InquiryRouter.Tests.Support;

/// <summary>The moment at which all tests play.</summary>
internal static class Moment
{
    /// <summary>A Wednesday, noon UTC.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
}
