namespace InquiryRouter.Web.Embed;

/// <summary>What is answered in the frame when an inquiry was taken: the patient's own page refuses to be in one.</summary>
/// <param name="StatusUrl">Opens the patient's page, by its own.</param>
public sealed record SentModel(string Reference, string StatusUrl);
