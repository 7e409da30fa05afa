namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does somebody at the clinic speak the patient's language, or another one that they read?</summary>
internal sealed class LanguageGate() : InquiryGate(Gate.Language, "language")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        asking.Reads.Any(l => offering.Clinic.Languages.Contains(l, StringComparer.Ordinal)) ? null
        : asking.Facts.AlsoReads.Count == 0 ? $"Nobody at the clinic speaks the patient's language ({asking.LanguageName})."
        : $"Nobody at the clinic speaks a language that the patient reads ({string.Join(", ", asking.Reads.Select(asking.NameOfLanguage))}).";

    protected override Fact WhyYes(Offering offering, Asking asking)
    {
        var main = offering.Clinic.Languages[0];
        return new(
            asking.Reads.Contains(main, StringComparer.Ordinal) ? $"The clinic works in {asking.NameOfLanguage(main)}."
            : $"Somebody at the clinic speaks {asking.NameOfLanguage(
                asking.Reads.First(l => offering.Clinic.Languages.Contains(l, StringComparer.Ordinal)))}.");
    }
}
