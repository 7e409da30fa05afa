using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Messages;

/// <summary>
/// Something that has happened to an inquiry. Carries ids and versions only: what a patient wrote stays in the
/// database, because brokers keep bodies in their error queues.
/// </summary>
public interface IEvent
{
    InquiryId InquiryId { get; }
}

/// <summary>An inquiry was committed by the intake; the patient has their 202.</summary>
public sealed record InquiryReceived : IEvent
{
    public required InquiryId InquiryId { get; init; }

    /// <summary>Version of the inquiry after the change this event reports.</summary>
    public required int Version { get; init; }
}

/// <summary>Screening found nothing that needs a person, or a coordinator released the inquiry.</summary>
public sealed record InquiryCleared : IEvent
{
    public required InquiryId InquiryId { get; init; }

    public required int Version { get; init; }
}

/// <summary>The inquiry waits for a coordinator; the reasons are in the database.</summary>
public sealed record InquiryHeld : IEvent
{
    public required InquiryId InquiryId { get; init; }

    public required int Version { get; init; }
}

/// <summary>At least one clinic may be offered the inquiry; <see cref="MatchId"/> names the stored decision.</summary>
public sealed record InquiryMatched : IEvent
{
    public required InquiryId InquiryId { get; init; }

    public required int Version { get; init; }

    public required Guid MatchId { get; init; }
}

/// <summary>A clinic accepted, declined or returned a referral.</summary>
public sealed record ReferralAnswered : IEvent
{
    public required InquiryId InquiryId { get; init; }

    public required ReferralId ReferralId { get; init; }

    /// <summary>Version of the referral after the answer.</summary>
    public required int Version { get; init; }
}

/// <summary>A mail to a patient or a clinic has failed for good: its address is dead. What it was about is in the database.</summary>
public sealed record MailFailed : IEvent
{
    /// <summary>Empty: it is about no inquiry.</summary>
    public required InquiryId InquiryId { get; init; }

    public required Guid MailId { get; init; }
}

/// <summary>The time in which a coordinator could undo what they had begun is over.</summary>
public sealed record ActionDue : IEvent
{
    public required InquiryId InquiryId { get; init; }

    public required Guid ActionId { get; init; }
}

/// <summary>A promised moment has come.</summary>
public sealed record FollowUpDue : IEvent
{
    public required InquiryId InquiryId { get; init; }

    public required Guid FollowUpId { get; init; }
}
