using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Coordination;

/// <summary>
/// Whether a text says the name of somebody: compared as everything of this program is compared (<see cref="PlainText"/>), so that neither
/// an accent, an
/// apostrophe, a hyphen, a space nor a capital letter hides it. A name that is an everyday word counts only where it is written like a
/// name.
/// </summary>
public static class NamesInText
{
    // O Neill, de la Cruz Lopez.
    private const int MostWords = 4;

    // Two words that happen to make a short name together are a sentence.
    private const int ShortestOfSeveral = 5;

    // Part of many names, and name nobody.
    private static readonly HashSet<string> s_particles = new(StringComparer.Ordinal)
    {
        "de", "la", "las", "los", "del", "du", "des", "le", "van", "von", "der", "den", "di", "da", "do", "dos", "das", "al", "el", "bin",
        "ibn", "bint",
        "abu", "ben", "st", "san", "mr", "mrs", "ms", "miss", "dr", "prof", "sr", "sra", "srta", "jr", "and", "و", "ال", "بن",
        "ابن", "بنت", "ابو",
        "عبد", "السيد", "السيده", "الدكتور", "الدكتوره",
    };

    // Names that are words, too: in small letters they are words.
    private static readonly HashSet<string> s_everyday = new(StringComparer.Ordinal)
    {
        "an", "as", "in", "so", "he", "my", "to", "no", "be", "see", "can", "may", "will", "mark", "rose", "hope", "grant", "grace",
        "joy", "faith", "art",
        "bill", "sun", "sunny", "summer", "april", "june", "august", "miles", "price", "long", "young", "brown", "white", "black",
        "green", "gray", "small",
        "short", "little", "day", "page", "west", "east", "north", "south", "wood", "stone", "field", "hill", "rice", "hand", "foot",
        "bone", "head",
        "good", "best", "love", "case", "major", "mason", "cook", "baker", "carter", "hunter", "nurse", "sage", "guy", "pat", "rob",
        "sue", "drew", "jack",
        "mercy", "patience", "constant", "sol", "luz", "paz", "flor", "cruz", "mar", "cielo", "esperanza", "consuelo", "dolores",
        "remedios", "salud",
        "milagros", "example", "angel", "rico", "bueno", "blanco", "delgado", "moreno", "rubio", "calvo", "leal", "luna", "casa", "campo",
        "rey", "pilar",
    };

    // As they are written: على folds to the name علي.
    private static readonly HashSet<string> s_arabicWords = new(StringComparer.Ordinal) { "على", "إلى", "الى" };

    /// <param name="text">What is about to be sent.</param>
    /// <param name="names">Of the people it must not name; a null names nobody.</param>
    public static bool Has(string text, params IEnumerable<string?> names) => Find(text, names).Any();

    /// <summary>Where it does: each piece is whole between its spaces.</summary>
    /// <inheritdoc cref="Has"/>
    public static IEnumerable<TextPlace> Find(string text, params IEnumerable<string?> names)
    {
        var keys = names.OfType<string>().SelectMany(KeysOf).ToHashSet(StringComparer.Ordinal);
        var words = keys.Count == 0 ? [] : WordsOf(text);
        for (var first = 0; first < words.Count; first++)
        {
            var run = string.Empty;
            for (var more = 0; more < MostWords && first + more < words.Count; more++)
            {
                run += words[first + more].Folded;
                if (keys.Contains(run) && (more == 0 ? words[first].MayBeName : run.Length >= ShortestOfSeveral))
                {
                    yield return new TextPlace(words[first].At.Start, words[first + more].At.End - words[first].At.Start);
                }
            }
        }
    }

    // Each word of a name, and those beside each other written as one.
    private static IEnumerable<string> KeysOf(string name)
    {
        var words = PlainText.Words(name);
        for (var first = 0; first < words.Length; first++)
        {
            for (var number = 1; number <= words.Length - first; number++)
            {
                var run = words[first..(first + number)];
                var key = string.Concat(run);
                if (key.Length > 1 && !Array.TrueForAll(run, s_particles.Contains))
                {
                    yield return key;
                }
            }
        }
    }

    private static List<(string Folded, bool MayBeName, TextPlace At)> WordsOf(string text)
    {
        var words = new List<(string, bool, TextPlace)>();
        foreach (var at in Chunks(text))
        {
            var chunk = text.Substring(at.Start, at.Length);

            // Ana's: an apostrophe is left out, and the letter behind it is no part of the name.
            var end = chunk.AsSpan().TrimEnd(".,;:!?)]}\"”»").Length;
            var written = end > 2 && chunk[end - 1] is 's' or 'S' && chunk[end - 2] is '\'' or '’' ? chunk[..(end - 2)] : chunk;
            var isSmall = written.Any(char.IsLower) && !written.Any(char.IsUpper);
            var isWord = s_arabicWords.Contains(written[..Math.Min(end, written.Length)]);
            foreach (var word in PlainText.Words(written))
            {
                words.Add((word, !isWord && !(isSmall && s_everyday.Contains(word)), new TextPlace(at.Start, end)));
            }
        }

        return words;
    }

    private static IEnumerable<TextPlace> Chunks(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = 0;
            while (start + length < text.Length && !char.IsWhiteSpace(text[start + length]))
            {
                length++;
            }

            if (length > 0)
            {
                yield return new TextPlace(start, length);
            }

            start += length + 1;
        }
    }
}
