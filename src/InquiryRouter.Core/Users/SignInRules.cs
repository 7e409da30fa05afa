namespace InquiryRouter.Core.Users;

/// <summary>How long a sign-in lasts, and how often one may fail.</summary>
public static class SignInRules
{
    /// <summary>From the sign-in, whatever is done.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    /// <summary>Without anything a person does.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(30);

    /// <summary>How exactly it is known when somebody was there last: that is written no more often.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Of one person; the oldest makes room.</summary>
    public const int MostSessions = 10;

    /// <summary>How long a factor counts as just shown, for what needs one again.</summary>
    public static readonly TimeSpan FreshProof = TimeSpan.FromMinutes(10);

    /// <summary>Failures count for this long.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(15);

    /// <summary>With one user from devices they have not signed in on, all together; and from each device they have.</summary>
    public const int MostFailures = 10;

    /// <summary>From one address, whoever it tries to be.</summary>
    public const int MostFailuresOfAddress = 30;

    /// <summary>An invitation, and the link that sets a new password.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromHours(72);

    /// <summary>The link that a start in Development prints.</summary>
    public static readonly TimeSpan DemoLinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>A passkey's question.</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);
}
