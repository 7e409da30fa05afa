using System.Collections.Frozen;
using System.Globalization;
using System.Text;

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
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > LongestName)
        {
            return null;
        }

        return _codes.TryGetValue(typed.Trim(), out var coded) ? coded
            : _names.TryGetValue(Fold(typed), out var named) ? named
            : null;
    }

    /// <summary>
    /// Two ways to write one name are the same text afterwards: without case, accents, apostrophes and vowel marks, with one space for other punctuation,
    /// with one form of the Arabic letters people write in several ways, and without the Arabic article.
    /// </summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Replace('´', '\'').Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsDigit(rune))
            {
                result.Append((int)Rune.GetNumericValue(rune));
            }
            else if (Rune.IsLetter(rune))
            {
                Append(result, rune);
            }
            else if (!IsSilent(rune) && result.Length > 0 && result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return string.Join(' ', result.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WithoutArticle));
    }

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

    private static void Append(StringBuilder result, Rune rune)
    {
        switch (rune.Value)
        {
            case 'ß':
                result.Append("ss");
                break;
            case 'ı':
                result.Append('i');
                break;
            case 'ø' or 'Ø':
                result.Append('o');
                break;
            case 'æ' or 'Æ':
                result.Append("ae");
                break;
            case 'œ' or 'Œ':
                result.Append("oe");
                break;
            case 'ة':
                result.Append('ه');
                break;
            case 'ى' or 'ی':
                result.Append('ي');
                break;
            case 'ک':
                result.Append('ك');
                break;
            case 'ٱ':
                result.Append('ا');
                break;

            // Tatweel only stretches a word.
            case 'ـ':
                break;
            default:
                result.Append(Rune.ToLowerInvariant(rune).ToString());
                break;
        }
    }

    // Accents and vowel marks, apostrophes, and marks of direction that come along when text is pasted.
    private static bool IsSilent(Rune rune) =>
        rune.Value is '\'' or '’' or '‘' or '`'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static string WithoutArticle(string word) =>
        word.Length > 4 && word.StartsWith(ArabicArticle, StringComparison.Ordinal) ? word[ArabicArticle.Length..] : word;

    // Half a surrogate pair cannot be normalised.
    private static string WellFormed(string text) => Ascii.IsValid(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
