using System.Collections.Frozen;

namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>A phrase with what it stands for.</summary>
/// <param name="Group">A kind of emergency, or a sense of time.</param>
/// <param name="IsEvent">It can be long past.</param>
internal sealed record Phrase(EmergencyPattern Pattern, string Group, bool IsEvent = false)
{
    /// <summary>Of a phrase whose parts must all be found: which, and which part; null: it is whole.</summary>
    public (int Whole, int Part)? PartOf { get; init; }
}

/// <summary>
/// Phrases by how they begin, and by a rare word of each: one is looked for only where it may begin, in a sentence that has that word. Thousands
/// of them, one by one at each word, would cost more than all the rest of screening.
/// </summary>
internal sealed class PhraseIndex
{
    private readonly Phrase[] _phrases;
    private readonly FrozenDictionary<string, int[]> _byFirst;
    private readonly FrozenDictionary<string, int[]> _byNeeded;

    public PhraseIndex(IEnumerable<Phrase> phrases)
    {
        _phrases = [.. phrases];
        (_byFirst, _byNeeded) = (Index(p => p.FirstKeys), Index(p => p.NeededKeys));
    }

    /// <summary>Every phrase that stands among some words of a sentence.</summary>
    /// <param name="words">The sentence.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="limit">Where to end.</param>
    public List<(Phrase Phrase, int Start, int End)> In(List<Token> words, int start, int limit)
    {
        var found = new List<(Phrase, int, int)>();
        var mayBe = new bool[_phrases.Length];
        for (var at = start; at < limit; at++)
        {
            foreach (var number in Numbers(_byNeeded, words[at]))
            {
                mayBe[number] = true;
            }
        }

        for (var at = start; at < limit; at++)
        {
            foreach (var number in Numbers(_byFirst, words[at]))
            {
                if (mayBe[number] && _phrases[number].Pattern.EndAt(words, at, limit) is { } end)
                {
                    found.Add((_phrases[number], at, end));
                }
            }
        }

        return found;
    }

    private static IEnumerable<int> Numbers(FrozenDictionary<string, int[]> index, Token word)
    {
        foreach (var key in word.Keys)
        {
            if (index.TryGetValue(key, out var numbers))
            {
                foreach (var number in numbers)
                {
                    yield return number;
                }
            }
        }
    }

    private FrozenDictionary<string, int[]> Index(Func<EmergencyPattern, IEnumerable<string>> keys) => _phrases
        .SelectMany((p, n) => keys(p.Pattern).Select(k => (Key: k, Number: n)))
        .GroupBy(p => p.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Number).ToArray(), StringComparer.Ordinal);
}
