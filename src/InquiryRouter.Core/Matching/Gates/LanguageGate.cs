namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does somebody at the clinic speak the patient's language?</summary>
internal sealed class LanguageGate() : InquiryGate(Gate.Language, "language")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        offering.Clinic.Languages.Contains(asking.Facts.Language, StringComparer.Ordinal) ? null
        : $"Nobody at the clinic speaks the patient's language ({asking.LanguageName}).";
}
