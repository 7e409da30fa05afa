using System.Collections.Frozen;

namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>
/// Finds words of an emergency, in any language of the table: people do not write in the language of the page. Old events, figures of
/// speech and what is only asked about are none. "No chest pain" is one all the same: a "no" that was misread could cost a life.
/// </summary>
public sealed class EmergencyFinder
{
    private const int SignsEnough = 2;

    private readonly PhraseIndex _emergencies;
    private readonly PhraseIndex _senses;
    private readonly PhraseIndex _signs;
    private readonly FrozenDictionary<string, string[]> _spellings;

    /// <summary>The group of each phrase whose parts must all be found, and how many parts it has.</summary>
    private readonly List<(string Group, int Parts)> _wholes = [];

    private int _signsRead;

    /// <param name="words">The table.</param>
    /// <exception cref="FormatException">A phrase is not written as <see cref="EmergencyPattern"/> says.</exception>
    public EmergencyFinder(IEnumerable<EmergencyWords> words)
    {
        var table = words.ToList();
        _spellings = table.Where(r => r.Group == TimeSense.Same).SelectMany(r => r.Phrases).Select(SpellingOf)
            .DistinctBy(s => s.Written, StringComparer.Ordinal)
            .ToFrozenDictionary(s => s.Written, s => s.Meant, StringComparer.Ordinal);
        _senses = new PhraseIndex(table
            .Where(r => r.Group is not (TimeSense.Same or TimeSense.Sign) && TimeSense.IsOne(r.Group))
            .SelectMany(r => r.Phrases.SelectMany(EmergencyPattern.Read).SelectMany(p => p).Select(p => new Phrase(p, r.Group))));
        _signs = new PhraseIndex([.. table.Where(r => r.Group == TimeSense.Sign).SelectMany(r => r.Phrases.SelectMany(ReadSign))]);
        _emergencies = new PhraseIndex(
            [.. table.Where(r => !TimeSense.IsOne(r.Group))
                .SelectMany(r => r.Phrases.SelectMany(p => Read(p, r.Group, false)).Concat(r.Events.SelectMany(p => Read(p, r.Group, true))))]);
    }

    /// <summary>Why a phrase cannot be read; null: it can.</summary>
    /// <param name="group">The group it is to stand in.</param>
    /// <param name="phrase">As it is written in the table.</param>
    public static string? WhyNot(string group, string phrase)
    {
        try
        {
            if (group == TimeSense.Same)
            {
                SpellingOf(phrase);
            }
            else
            {
                EmergencyPattern.Read(phrase);
            }

            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The kinds of emergency a message speaks of, in the order of <see cref="EmergencyGroup.All"/>; none: it speaks of none.</summary>
    public IReadOnlyList<string> Find(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return [];
        }

        var groups = new HashSet<string>(StringComparer.Ordinal);
        var parts = new HashSet<(int Whole, int Part)>();
        var signs = new HashSet<int>();
        var justNow = false;
        foreach (var thought in EmergencyText.Sentences(message).SelectMany(s => Thoughts(Respell(s))))
        {
            foreach (var phrase in Meant(_emergencies, thought))
            {
                if (phrase.PartOf is { } part)
                {
                    parts.Add(part);
                }
                else
                {
                    groups.Add(phrase.Group);
                }
            }

            List<int> seen = [.. Meant(_signs, thought).Select(p => p.PartOf!.Value.Whole)];
            signs.UnionWith(seen);
            justNow |= seen.Count > 0 && thought.Senses.Any(s => s.Group == TimeSense.Now);
        }

        if (justNow && signs.Count >= SignsEnough)
        {
            groups.Add(EmergencyGroup.Other);
        }

        if (parts.Count > 0)
        {
            groups.UnionWith(parts.GroupBy(p => p.Whole).Where(w => w.Count() == _wholes[w.Key].Parts).Select(w => _wholes[w.Key].Group));
        }

        return groups.Count == 0 ? [] : [.. EmergencyGroup.All.Where(groups.Contains)];
    }

    private static IEnumerable<Phrase> Meant(PhraseIndex index, Thought thought) => index.In(thought.Words, thought.Start, thought.End)
        .Where(f => IsMeant(f.Phrase, thought, thought.Words[f.Start].Clause, thought.Words[f.End - 1].Clause)).Select(f => f.Phrase);

    private IEnumerable<Phrase> ReadSign(string text)
    {
        var sign = _signsRead++;
        return EmergencyPattern.Read(text).SelectMany(p => p).Select(p => new Phrase(p, TimeSense.Sign) { PartOf = (sign, 0) }).ToList();
    }

    private IEnumerable<Phrase> Read(string text, string group, bool isEvent)
    {
        var parts = EmergencyPattern.Read(text);
        if (parts.Count == 1)
        {
            return parts[0].Select(p => new Phrase(p, group, isEvent));
        }

        _wholes.Add((group, parts.Count));
        return parts.SelectMany((ways, part) => ways.Select(w => new Phrase(w, group, isEvent) { PartOf = (_wholes.Count - 1, part) })).ToList();
    }

    // Not long past, nor the same for years, nor only asked about: "lupus for ten years, and now I can't breathe" is meant.
    private static bool IsMeant(Phrase phrase, Thought thought, int from, int to)
    {
        bool Beside(string group) => thought.Senses.Any(s => s.Group == group && s.From <= to && s.To >= from);
        if (thought.Senses.Count == 0)
        {
            return true;
        }

        if (Beside(TimeSense.NotMeant))
        {
            return false;
        }

        // Whoever has wanted to die for years is in danger today.
        return Beside(TimeSense.Now)
            || (phrase.Group == EmergencyGroup.SelfHarm ? !Beside(TimeSense.Past)
                : phrase.IsEvent ? !Beside(TimeSense.Asked) && !thought.Senses.Any(s => s.Group is TimeSense.Past or TimeSense.Lasting)
                : !Beside(TimeSense.Past) && !Beside(TimeSense.Lasting) && !Beside(TimeSense.Asked));
    }

    // A sentence ends a thought, and so does "but": what was long ago before it is not so after it.
    private IEnumerable<Thought> Thoughts(List<Token> words)
    {
        var found = _senses.In(words, 0, words.Count);
        var longs = found.Where(s => s.Phrase.Group == TimeSense.Lasting).ToList();
        var starts = found.Where(s => s.Phrase.Group == TimeSense.Turn).Select(s => s.Start).Append(0).Distinct().Order().Append(words.Count).ToList();
        for (var i = 0; i + 1 < starts.Count; i++)
        {
            var (start, end) = (starts[i], starts[i + 1]);
            if (start < end)
            {
                // "Desde hace años" has "hace años" in it.
                yield return new Thought(
                    words, start, end,
                    [
                        .. found.Where(s => s.Start >= start && s.End <= end)
                            .Where(s => s.Phrase.Group != TimeSense.Past || !longs.Any(l => l.Start <= s.Start && l.End >= s.End))
                            .Select(s => SenseOf(s.Phrase.Group, s.Start, s.End, words)),
                    ]);
            }
        }
    }

    // "In 2019, I had a stroke": a piece that says little else speaks of those beside it; at the beginning, of all that follow.
    private static Sense SenseOf(string group, int start, int end, List<Token> words)
    {
        var (from, to) = (words[start].Clause, words[end - 1].Clause);
        var saysLittleElse = 2 * (end - start) >= words.Count(w => w.Clause >= from && w.Clause <= to);
        return !saysLittleElse ? new Sense(group, from, to)
            : from == words[0].Clause ? new Sense(group, from, int.MaxValue)
            : new Sense(group, from - 1, to + 1);
    }

    private List<Token> Respell(List<Token> words)
    {
        var result = new List<Token>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var clause = words[i].Clause;
            if (i + 1 < words.Count && _spellings.TryGetValue($"{words[i].Text} {words[i + 1].Text}", out var meant))
            {
                result.AddRange(meant.Select(w => Token.Of(w, clause)));
                i++;
            }
            else if (_spellings.TryGetValue(words[i].Text, out meant))
            {
                result.AddRange(meant.Select(w => Token.Of(w, clause)));
            }
            else
            {
                result.Add(words[i]);
            }
        }

        return result;
    }

    private static (string Written, string[] Meant) SpellingOf(string phrase) =>
        phrase.Split(" = ") is [var written, var meant] && PlainText.Words(written) is { Length: 1 or 2 } words && PlainText.Words(meant) is { Length: > 0 } means
            ? (string.Join(' ', words), means)
            : throw new FormatException("One or two words, ' = ', and what they stand for.");

    /// <param name="From">The first piece of its sentence that it speaks of.</param>
    /// <param name="To">The last.</param>
    private sealed record Sense(string Group, int From, int To);

    /// <summary>Words that belong together, with what they say of time.</summary>
    private sealed record Thought(List<Token> Words, int Start, int End, IReadOnlyList<Sense> Senses);
}
