namespace InquiryRouter.Core.Mail;

/// <summary>What the attempt to hand a mail to the server came to.</summary>
public enum SendOutcome
{
    Delivered,

    /// <summary>Certainly not taken, and another try may succeed.</summary>
    TryAgain,

    /// <summary>The server refused the address for good.</summary>
    HardBounce,

    /// <summary>The server refused the mail for good for another reason.</summary>
    Refused,

    /// <summary>The whole mail was sent and no answer came: it may or may not have been taken.</summary>
    Unknown,
}

/// <summary>What becomes of a mail after an attempt.</summary>
public sealed record MailStep(MailState State, DateTimeOffset? NextAt = null);

/// <summary>
/// The rules of resending: nothing is sent a second time unless the first outcome was truly unknown, and then once, with the same
/// bytes and the same Message-ID. Reminders and check-ins never are.
/// </summary>
public static class MailRetry
{
    /// <summary>How long temporary failures are retried before a person must look.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(48);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>How many unknown outcomes a mail of a kind bears: one, and none for what may never come twice (a reminder, a question how it is going).</summary>
    public static int UnknownsBorne(MailKind kind) => kind is MailKind.OfferReminder or MailKind.CheckIn ? 0 : 1;

    /// <param name="kind">Which mail.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="attempts">Attempts made, this one included.</param>
    /// <param name="unknowns">Attempts with an unknown outcome, this one included.</param>
    /// <param name="createdAt">When the mail was decided on.</param>
    /// <param name="now">The moment of the failure.</param>
    public static MailStep After(MailKind kind, SendOutcome outcome, int attempts, int unknowns, DateTimeOffset createdAt, DateTimeOffset now) => outcome switch
    {
        SendOutcome.Delivered => new(MailState.Sent),
        SendOutcome.HardBounce => new(MailState.Failed),
        SendOutcome.Refused => new(MailState.Parked),
        SendOutcome.Unknown when unknowns > UnknownsBorne(kind) => new(MailState.Unconfirmed),
        SendOutcome.Unknown => new(MailState.Queued, now + s_first),
        _ when now - createdAt >= GiveUpAfter => new(MailState.Parked),
        _ => new(MailState.Queued, now + Backoff.Delay(attempts, s_first, s_longest)),
    };
}
