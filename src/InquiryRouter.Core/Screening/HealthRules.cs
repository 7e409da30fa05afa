using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening;

/// <summary>What a patient's answers about their health mean for whether their inquiry goes on by itself.</summary>
public static class HealthRules
{
    /// <summary>Why a person must look first. An illness of before holds nothing: clinics read it and decide.</summary>
    /// <param name="health">Null: none were given.</param>
    /// <param name="facts">Of the inquiry.</param>
    public static IEnumerable<HoldReason> Reasons(HealthAnswers? health, InquiryFacts facts)
    {
        if (health?.Pregnant is HealthAnswers.Yes or HealthAnswers.Unsure)
        {
            yield return HoldReason.Pregnant;
        }

        if (health?.Flies == HealthAnswers.No)
        {
            yield return HoldReason.CannotFly;
        }

        if (MayBeDrugInduced(health, facts))
        {
            yield return HoldReason.DrugInduced;
        }
    }

    /// <summary>They chose that type, or a physician has said so.</summary>
    public static bool MayBeDrugInduced(HealthAnswers? health, InquiryFacts facts) =>
        facts.IsDrugInduced || (facts.Condition == "lupus" && health?.DrugInduced == HealthAnswers.Yes);

    /// <summary>
    /// Medicines that can cause the condition, of those that texts name. So many people take some of them that to name one is a question,
    /// and holds nothing.
    /// </summary>
    public static IReadOnlyList<CausingMedicine> NamedIn(Condition? condition, params IEnumerable<string?> texts)
    {
        if (condition is not { CausedBy.Count: > 0 })
        {
            return [];
        }

        var said = string.Join(" ", texts.OfType<string>().SelectMany(t => new[] { PlainText.Normalise(t), WithoutArticles(t) }));
        return
        [
            .. condition.CausedBy.Where(m => m.Words.Append(m.Name).Any(w => said.Contains(PlainText.Normalise(w), StringComparison.Ordinal))),
        ];
    }

    // وأوميبرازول, الأوميبرازول: "and", "with" and "the" are written with the word.
    private static string WithoutArticles(string text) => $" {string.Join(' ', PlainText.Words(text).Select(WithoutArticle))} ";

    private static string WithoutArticle(string word)
    {
        var bare = word.TrimStart('و', 'ب');
        return bare.StartsWith("ال", StringComparison.Ordinal) ? bare[2..] : bare;
    }
}
