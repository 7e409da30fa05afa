using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Intake;

/// <summary>Something like it was sent before: which of the two is meant?</summary>
/// <param name="Reference">Of the one that was sent.</param>
/// <param name="StatusUrl">Opens its page.</param>
/// <param name="CanCorrect">It can be changed still; else only a second one is possible.</param>
/// <param name="Fields">Everything that was typed, to be sent with the answer.</param>
public sealed record SentBeforeModel(string Reference, string StatusUrl, bool CanCorrect, IReadOnlyList<Choice> Fields);
