using InquiryRouter.Core.Screening.Spam;

namespace InquiryRouter.Core.Screening;

/// <summary>What an operator may set about screening.</summary>
public sealed record ScreeningPolicy
{
    /// <summary>Points of <see cref="SpamScore"/> from which an inquiry is quarantined, when they are of two signals or more.</summary>
    public int SpamThreshold { get; init; } = SpamScore.DefaultThreshold;

    /// <summary>How long an open inquiry holds back a second one of the same patient; later ones are only pointed out.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromDays(180);
}
