namespace InquiryRouter.Core.Mail;

/// <summary>What the attempt to hand a mail to the server came to.</summary>
public enum SendOutcome
{
    Delivered,

    /// <summary>Certainly not taken, and the server has not said why: the connection ended, or it was too slow.</summary>
    TryAgain,

    /// <summary>There is no connection, or the server does not know us: nothing of the mail was handed over, and no other mail would be.</summary>
    Unreachable,

    /// <summary>The server ends the conversation and takes nothing at this moment, from us or from anybody: all mails slow down.</summary>
    TurnedAway,

    /// <summary>The server has said no to this mail, for a reason that passes.</summary>
    Deferred,

    /// <summary>The server refused the address for good.</summary>
    HardBounce,

    /// <summary>The server refused the mail for good for another reason.</summary>
    Refused,

    /// <summary>The whole mail was sent and no answer came: it may or may not have been taken.</summary>
    Unknown,
}

/// <summary>What becomes of a mail after an attempt.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="DeferredSince">Since when the server has been saying "not now" to it; null: it has not.</param>
public sealed record MailStep(MailState State, DateTimeOffset? NextAt = null, DateTimeOffset? DeferredSince = null);

/// <summary>
/// The rules of resending: nothing is sent a second time unless the first outcome was truly unknown, and then once, with the same
/// bytes and the same Message-ID. Reminders and check-ins never are. What no server has refused is never given up on: whether it is
/// still true is asked each time.
/// </summary>
public static class MailRetry
{
    /// <summary>How long a server may say "not now" to a mail before a person must look.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(48);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_longestUnrefused = TimeSpan.FromMinutes(15);

    /// <summary>How many unknown outcomes a mail of a kind bears: one, and none for what may never come twice (a reminder, a question how it is going).</summary>
    public static int UnknownsBorne(MailKind kind) => kind is MailKind.OfferReminder or MailKind.CheckIn ? 0 : 1;

    /// <param name="kind">Which mail.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="attempts">Attempts made, this one included.</param>
    /// <param name="unknowns">Attempts with an unknown outcome, this one included.</param>
    /// <param name="deferredSince">As it was before this attempt.</param>
    /// <param name="now">The moment of the failure.</param>
    public static MailStep After(MailKind kind, SendOutcome outcome, int attempts, int unknowns, DateTimeOffset? deferredSince, DateTimeOffset now)
    {
        var since = outcome == SendOutcome.Deferred ? deferredSince ?? now : deferredSince;
        return outcome switch
        {
            SendOutcome.Delivered => new(MailState.Sent),
            SendOutcome.HardBounce => new(MailState.Failed),
            SendOutcome.Refused => new(MailState.Parked),
            SendOutcome.Unknown when unknowns > UnknownsBorne(kind) => new(MailState.Unconfirmed),
            SendOutcome.Unknown => new(MailState.Queued, now + s_first, since),
            SendOutcome.Deferred when now - since >= GiveUpAfter => new(MailState.Parked),
            SendOutcome.Deferred => new(MailState.Queued, now + Backoff.Delay(attempts, s_first, s_longest), since),
            SendOutcome.Unreachable => new(MailState.Queued, now, since),
            _ => new(MailState.Queued, now + Backoff.Delay(attempts, s_first, s_longestUnrefused), since),
        };
    }
}
