using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Messages;

/// <summary>Which event an inquiry waits for that stands between two stages, and how long it may.</summary>
public static class AwaitedEvent
{
    /// <summary>How often an event that nobody handled is sent again, before a person is asked.</summary>
    public const int MostResends = 2;

    /// <summary>A stage takes milliseconds. What nobody has handled for so long after it was sent was lost.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(10);

    /// <summary>Does an inquiry that stands there wait for this event?</summary>
    /// <param name="sent">An event about it, from its last move or later.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="version">Its version.</param>
    public static bool IsAwaited(IEvent sent, InquiryState state, int version) => (state, sent) switch
    {
        (InquiryState.Received, InquiryReceived received) => received.Version == version,
        (InquiryState.Screened, InquiryCleared cleared) => cleared.Version == version,
        (InquiryState.Matched, InquiryMatched matched) => matched.Version == version,

        // Given back by the clinic that had it, or turned down by the last that was asked.
        (InquiryState.Matched or InquiryState.Referred, ReferralAnswered) => true,
        _ => false,
    };
}
