using InquiryRouter.Application.Steps;

namespace InquiryRouter.Application;

/// <summary>Says what makes an outcome so.</summary>
public static class DecidedExtensions
{
    /// <summary>The outcome, once these steps are committed.</summary>
    public static Decided<TOutcome> By<TOutcome>(this TOutcome outcome, params IReadOnlyList<Step?> steps) => new(outcome, steps);
}
