using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Reports;

/// <summary>What the reports count of an inquiry: codes and moments, nothing of who it is.</summary>
public sealed record CountedInquiry
{
    public required InquiryState State { get; init; }

    /// <summary>As it stores them: codes with a space between.</summary>
    public required string Reasons { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Its last move.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public required string Condition { get; init; }

    public required string Country { get; init; }

    public string? Page { get; init; }

    public string? Campaign { get; init; }

    /// <summary>Codes.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];

    public IReadOnlyList<CountedReferral> Referrals { get; init; } = [];

    /// <summary>Its history, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, HistoryEvent Said)> History { get; init; } = [];

    /// <summary>When the mail went out that says we have it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>What needed a person.</summary>
    public IReadOnlyList<(DateTimeOffset DueAt, DateTimeOffset? ClosedAt)> Work { get; init; } = [];

    public IReadOnlyList<(DateTimeOffset DueAt, DateTimeOffset? SentAt)> CheckIns { get; init; } = [];

    /// <summary>Codes of the gates that stopped clinics in its newest decision; only of those that no clinic fitted.</summary>
    public IReadOnlyCollection<string> Stopped { get; init; } = [];
}

/// <summary>An offer to a clinic, as far as it is counted.</summary>
public sealed record CountedReferral(
    ReferralState State, DateTimeOffset OfferedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? AcceptedAt);
