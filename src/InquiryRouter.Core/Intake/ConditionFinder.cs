using System.Collections.Frozen;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Intake;

/// <param name="Condition">Code of the condition.</param>
/// <param name="Type">Code of its type; null: the words name none.</param>
public readonly record struct ConditionMeaning(string Condition, string? Type);

/// <summary>
/// Understands what people write for a condition ("SLE", "lupus eritematoso sistémico", "الذئبة"). Only whole names are understood: a guess about
/// a disease is worse than a question.
/// </summary>
public sealed class ConditionFinder
{
    /// <summary>In characters; what is longer is a story, not a name.</summary>
    public const int LongestName = 120;

    private const string ArabicArticle = "ال";

    private readonly FrozenDictionary<string, ConditionMeaning> _codes;
    private readonly FrozenDictionary<string, ConditionMeaning> _names;

    public ConditionFinder(IEnumerable<Condition> conditions)
    {
        var known = conditions.ToList();
        _codes = known.ToFrozenDictionary(c => c.Code, c => new ConditionMeaning(c.Code, null), StringComparer.OrdinalIgnoreCase);

        // Words that mean two things mean neither.
        _names = known.SelectMany(Names)
            .GroupBy(n => n.Text, n => n.Meaning, StringComparer.Ordinal)
            .Where(g => g.Key.Length > 0 && g.Distinct().Count() == 1)
            .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>What <paramref name="typed"/> means: a code, a name or a synonym; null when it is not known or means two things.</summary>
    public ConditionMeaning? Find(string? typed)
    {
        if (Typed.Line(typed) is not { Length: <= LongestName } text)
        {
            return null;
        }

        return _codes.TryGetValue(text, out var coded) ? coded
            : _names.TryGetValue(Fold(text), out var named) ? named
            : null;
    }

    /// <summary>Two ways to write one name are the same text afterwards: folded like all text (<see cref="PlainText.Normalise"/>), and without the Arabic article.</summary>
    public static string Fold(string text) => string.Join(' ', PlainText.Words(text).Select(WithoutArticle));

    private static IEnumerable<(string Text, ConditionMeaning Meaning)> Names(Condition condition)
    {
        yield return (Fold(condition.Name), new ConditionMeaning(condition.Code, null));
        yield return (Fold(condition.Code), new ConditionMeaning(condition.Code, null));
        foreach (var type in condition.Types)
        {
            yield return (Fold(type.Name), new ConditionMeaning(condition.Code, type.Code));
        }

        foreach (var synonym in condition.Synonyms)
        {
            yield return (Fold(synonym.Text), new ConditionMeaning(condition.Code, synonym.Type));
        }
    }

    private static string WithoutArticle(string word) =>
        word.Length > 4 && word.StartsWith(ArabicArticle, StringComparison.Ordinal) ? word[ArabicArticle.Length..] : word;
}
