namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does somebody at the clinic speak the patient's language?</summary>
internal sealed class LanguageGate() : InquiryGate(Gate.Language, "language")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        offering.Clinic.Languages.Contains(asking.Facts.Language, StringComparer.Ordinal) ? null
        : $"Nobody at the clinic speaks the patient's language ({asking.LanguageName}).";

    protected override Fact WhyYes(Offering offering, Asking asking) => new(
        offering.Clinic.Languages[0] == asking.Facts.Language ? $"The clinic works in {asking.LanguageName}."
        : $"Somebody at the clinic speaks {asking.LanguageName}.");
}
