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
/// Phrases by how they begin: each is looked for only where its first word stands. Thousands of them, one by one at each word, would cost
/// more than all the rest of screening.
/// </summary>
internal sealed class PhraseIndex(IEnumerable<Phrase> phrases)
{
    private readonly FrozenDictionary<string, Phrase[]> _byKey = phrases
        .SelectMany(p => p.Pattern.Keys.Select(k => (Key: k, Phrase: p)))
        .GroupBy(p => p.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Phrase).ToArray(), StringComparer.Ordinal);

    /// <summary>Every phrase that stands among some words.</summary>
    public IEnumerable<(Phrase Phrase, int Start, int End)> In(List<Token> words, int start, int limit)
    {
        for (var at = start; at < limit; at++)
        {
            foreach (var key in words[at].Keys)
            {
                if (_byKey.TryGetValue(key, out var phrases))
                {
                    foreach (var phrase in phrases)
                    {
                        if (phrase.Pattern.EndAt(words, at, limit) is { } end)
                        {
                            yield return (phrase, at, end);
                        }
                    }
                }
            }
        }
    }
}
