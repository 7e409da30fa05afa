using System.Text;

namespace InquiryRouter.Core.Screening.Duplicates;

public enum NameLikeness
{
    Different,

    /// <summary>May well be the same name: a middle name or an initial more or less, another spelling, a slip of the finger.</summary>
    Similar,

    Same,
}

/// <summary>
/// A name as it is compared: folded, without titles, in any order of its words. Names of different scripts are different: nobody can say
/// that they are not.
/// </summary>
public sealed class PersonName
{
    // Shorter words differ by one letter too easily (Ana, Ane, Ava).
    private const int ShortestForASlip = 5;

    private static readonly string[] s_titles =
        ["mr", "mrs", "ms", "miss", "dr", "prof", "sr", "sra", "srta", "jr", "السيد", "السيده", "الدكتور", "الدكتوره"];

    private readonly string[] _words;

    private PersonName(string[] words) => _words = words;

    /// <summary>
    /// Equal for names that are spelled alike: full words only, doubled and silent letters folded, sorted. Empty when there is nothing to compare.
    /// </summary>
    public string Key => string.Join(' ', _words.Where(w => w.Length > 1).Select(Spelling).Where(w => w.Length > 0).Order(StringComparer.Ordinal));

    /// <summary>What it is searched by: its full words as they are heard, each once, in their order.</summary>
    public IReadOnlyList<string> Heard =>
        [.. _words.Where(w => w.Length > 1).Select(Spelling).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Nothing to compare.</summary>
    public bool IsEmpty => _words.Length == 0;

    public static PersonName Of(string name)
    {
        var all = PlainText.Words(name);
        var words = Array.FindAll(all, w => !s_titles.Contains(w, StringComparer.Ordinal));
        return new PersonName(words.Length > 0 ? words : all);
    }

    /// <summary>
    /// Whether somebody who asks for it by these words means this name: each is one of its words, spelled alike, or an initial of one.
    /// </summary>
    public bool IsMeantBy(PersonName asked)
    {
        var left = _words.ToList();
        foreach (var word in asked._words.OrderByDescending(w => w.Length))
        {
            var at = word.Length > 1
                ? left.FindIndex(w => w.Length > 1 && Spelling(w) == Spelling(word))
                : left.FindIndex(w => w[0] == word[0]);
            if (at < 0)
            {
                return false;
            }

            left.RemoveAt(at);
        }

        return asked._words.Length > 0;
    }

    public NameLikeness CompareTo(PersonName other)
    {
        if (_words.Length == 0 || other._words.Length == 0)
        {
            return NameLikeness.Different;
        }

        if (_words.Order(StringComparer.Ordinal).SequenceEqual(other._words.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            return NameLikeness.Same;
        }

        var (shorter, longer) = _words.Length <= other._words.Length ? (_words, other._words) : (other._words, _words);
        return shorter.Length == 1 ? OneWord(shorter[0], longer) : AllFound(shorter, longer);
    }

    // One word is a given name: with a family name alone, all of the family would be one person.
    private static NameLikeness OneWord(string word, string[] other) =>
        word.Length > 1 && IsAlike(word, other[0]) ? NameLikeness.Similar : NameLikeness.Different;

    private static NameLikeness AllFound(string[] shorter, string[] longer)
    {
        var left = longer.ToList();
        var full = 0;
        foreach (var word in shorter.OrderByDescending(w => w.Length))
        {
            var at = left.FindIndex(w => w.Length > 1 && word.Length > 1 && IsAlike(word, w));
            if (at >= 0)
            {
                full++;
            }
            else
            {
                // A. Example, Ana Example.
                at = left.FindIndex(w => w[0] == word[0] && (w.Length == 1 || word.Length == 1));
            }

            if (at < 0)
            {
                return NameLikeness.Different;
            }

            left.RemoveAt(at);
        }

        return full > 0 ? NameLikeness.Similar : NameLikeness.Different;
    }

    private static bool IsAlike(string a, string b) => a == b || Spelling(a) == Spelling(b) || IsASlip(a, b);

    /// <summary>One letter more, less, other, or two swapped; but not Mario and Maria, who may be twins.</summary>
    private static bool IsASlip(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < ShortestForASlip || Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        var (restA, restB) = (a[start..^end], b[start..^end]);
        if (end == 0 && restA.Length <= 1 && restB.Length <= 1)
        {
            // The last letter tells brother and sister apart in many languages.
            return false;
        }

        return restA.Length <= 1 && restB.Length <= 1 ? true : restA.Length == 2 && restB.Length == 2 && restA[0] == restB[1] && restA[1] == restB[0];
    }

    // Only what is heard alike in all three form languages; vowels stay, or too many names would be one.
    private static string Spelling(string word)
    {
        var result = new StringBuilder(word.Length);
        var text = word.Replace("ph", "f", StringComparison.Ordinal);
        foreach (var c in text)
        {
            var heard = c switch
            {
                'c' or 'q' => 'k',
                'z' => 's',
                'y' => 'i',
                _ => c,
            };
            if (heard != 'h' && (result.Length == 0 || result[^1] != heard))
            {
                result.Append(heard);
            }
        }

        return result.ToString();
    }
}
