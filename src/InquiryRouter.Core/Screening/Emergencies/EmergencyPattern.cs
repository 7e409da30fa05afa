using System.Globalization;

namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>
/// A phrase as it stands in the table. Words stand for themselves, in any spelling of case, accents and apostrophes, a slip in a long
/// word included; and:
/// <list type="bullet">
/// <item><c>breath*</c>: a word that begins so</item>
/// <item><c>(my|her|one of his)</c>: one of these; <c>[my|her]</c>: one of these, or none</item>
/// <item><c>...</c>: up to six other words, <c>..</c>: up to two; <c>.</c> at the end: nothing follows in the same piece of the sentence</item>
/// <item><c>lips + blue</c>: both near each other, in any order</item>
/// <item><c>fever &amp; chemo*</c>: both, anywhere in the message</item>
/// <item><c>#year</c>, <c>#number</c></item>
/// </list>
/// </summary>
internal sealed class EmergencyPattern
{
    private const int LongGap = 6;
    private const int ShortGap = 2;
    private const int MostWays = 2000;

    private readonly Element[] _elements;

    private readonly bool _endsPiece;

    private EmergencyPattern(IReadOnlyList<Element> elements)
    {
        _endsPiece = elements is [.., { IsEnd: true }];
        _elements = [.. _endsPiece ? elements.SkipLast(1) : elements];
        if (_elements is [] or [{ Gap: > 0 }, ..] or [.., { Gap: > 0 }] || _elements.All(e => e.IsOptional) || _elements.Any(e => e.IsEnd))
        {
            throw new FormatException("A phrase begins and ends with a word; a dot stands at its end.");
        }

        NeededKeys = _elements.Where(e => e is { IsOptional: false, Gap: 0 }).Select(e => e.Keys.Distinct(StringComparer.Ordinal).ToArray())
            .MinBy(keys => keys.Sum(CommonnessOf))!;
    }

    /// <summary>What its first word may be looked up by.</summary>
    public IEnumerable<string> FirstKeys =>
        _elements.Take(1 + _elements.TakeWhile(e => e.IsOptional).Count()).SelectMany(e => e.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>Of the word it cannot do without that is likely the rarest: without one of these in a sentence, it need not be looked for there.</summary>
    public IReadOnlyList<string> NeededKeys { get; }

    /// <summary>Reads a phrase: the parts that must all be found, each in all the ways it may be written.</summary>
    /// <exception cref="FormatException">It is not written as said above; the message says what is wrong.</exception>
    public static IReadOnlyList<IReadOnlyList<EmergencyPattern>> Read(string phrase) =>
        [.. phrase.Split(" & ").Select(part => part.Split(" + ") switch
        {
            [var one] => Ways(one),
            [var one, var other] => (IReadOnlyList<EmergencyPattern>)[.. Ways($"{one} ... {other}"), .. Ways($"{other} ... {one}")],
            _ => throw new FormatException("At most one + in a part."),
        })];

    /// <summary>Where it ends when it begins at a word; null: it does not stand there.</summary>
    public int? EndAt(List<Token> words, int start, int limit) => EndAt(words, start, limit, 0);

    // Short words stand in every sentence, and so do words that only begin alike.
    private static int CommonnessOf(string key) => key.Length > 3 ? 1 : key.EndsWith('*') ? 10 : 50;

    private static IReadOnlyList<EmergencyPattern> Ways(string text) => [.. new Reader(text).Read().Select(way => new EmergencyPattern(way))];

    private int? EndAt(List<Token> words, int at, int limit, int n)
    {
        if (n == _elements.Length)
        {
            return !_endsPiece || at == limit || words[at].Clause != words[at - 1].Clause ? at : null;
        }

        var element = _elements[n];
        if (element.Gap > 0)
        {
            for (var skipped = 0; skipped <= element.Gap && at + skipped < limit; skipped++)
            {
                if (EndAt(words, at + skipped, limit, n + 1) is { } end)
                {
                    return end;
                }
            }

            return null;
        }

        return at < limit && element.Matches(words[at]) && EndAt(words, at + 1, limit, n + 1) is { } found ? found
            : element.IsOptional ? EndAt(words, at, limit, n + 1)
            : null;
    }

    /// <summary>One of some words, or a gap.</summary>
    private sealed record Element(IReadOnlyList<Word> Words, bool IsOptional = false, int Gap = 0, bool IsEnd = false)
    {
        public static readonly Element End = new([], IsEnd: true);

        public IEnumerable<string> Keys => Words.SelectMany(w => w.Keys);

        public bool Matches(Token token)
        {
            foreach (var word in Words)
            {
                if (word.Matches(token))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Reads a phrase into every way it may be written. Choices of single words stay one element; longer ones are ways of their own.</summary>
    private sealed class Reader(string text)
    {
        private int _at;

        public List<List<Element>> Read()
        {
            var ways = Sequence();
            return _at < text.Length ? throw new FormatException($"'{text[_at]}' closes nothing.") : ways;
        }

        private List<List<Element>> Sequence()
        {
            List<List<Element>> ways = [[]];
            while (_at < text.Length && text[_at] is not ('|' or ')' or ']'))
            {
                var next = text[_at] switch
                {
                    ' ' => null,
                    '(' => Choice(')', isOptional: false),
                    '[' => Choice(']', isOptional: true),
                    _ => Words(),
                };
                if (next is null)
                {
                    _at++;
                    continue;
                }

                ways = [.. ways.SelectMany(way => next.Select(more => (List<Element>)[.. way, .. more]))];
                if (ways.Count > MostWays)
                {
                    throw new FormatException("Too many choices in one phrase.");
                }
            }

            return ways;
        }

        private List<List<Element>> Choice(char end, bool isOptional)
        {
            List<Word> single = [];
            List<List<Element>> ways = [];
            do
            {
                _at++;
                foreach (var way in Sequence())
                {
                    if (way is [{ IsOptional: false, Gap: 0, IsEnd: false } one])
                    {
                        single.AddRange(one.Words);
                    }
                    else
                    {
                        ways.Add(way);
                    }
                }
            }
            while (_at < text.Length && text[_at] == '|');

            if (_at == text.Length || text[_at] != end)
            {
                throw new FormatException($"A '{end}' is missing.");
            }

            _at++;
            if (ways.Count > 0 && isOptional)
            {
                ways.Add([]);
            }

            if (single.Count > 0)
            {
                ways.Insert(0, [new Element(single, isOptional && ways.Count == 0)]);
            }

            return ways;
        }

        private List<List<Element>> Words()
        {
            var start = _at;
            while (_at < text.Length && text[_at] is not (' ' or '(' or ')' or '[' or ']' or '|'))
            {
                _at++;
            }

            var read = text[start.._at];
            return read switch
            {
                "..." => [[new Element([], Gap: LongGap)]],
                ".." => [[new Element([], Gap: ShortGap)]],
                "." => [[Element.End]],
                "+" or "&" or "=" => throw new FormatException("A + or & stands between two parts, not within a choice."),
                ['#', ..] or [.., '*'] => [[new Element([Word.Of(read)])]],
                _ => [[.. PlainText.Words(read).Select(w => new Element([Word.Of(w)]))]],
            };
        }
    }

    private sealed record Word(string Text, string Bare, WordKind Kind)
    {
        private const int ShortestWithSlip = 6;

        public IEnumerable<string> Keys => Kind switch
        {
            WordKind.Year or WordKind.Number => [Token.NumberKey],
            WordKind.Beginning => [Token.BeginningOf(Text), Token.BeginningOf(Bare)],
            _ when MayHaveSlip => [Text, Token.BeginningOf(Text)],
            _ => [Text, Bare],
        };

        private bool MayHaveSlip => Text.Length >= ShortestWithSlip && char.IsAscii(Text[0]);

        public static Word Of(string text)
        {
            if (text is "#year" or "#number")
            {
                return new Word(text, text, text == "#year" ? WordKind.Year : WordKind.Number);
            }

            var begins = text.EndsWith('*');
            return PlainText.Words(begins ? text[..^1] : text) is [var word]
                ? new Word(word, Token.WithoutThe(word), begins ? WordKind.Beginning : WordKind.Whole)
                : throw new FormatException($"'{text}' is not one word.");
        }

        public bool Matches(Token token) => Kind switch
        {
            WordKind.Year => token.Text.Length == 4 && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                && year is > 1930 and < 2100,
            WordKind.Number => token.Text.All(char.IsAsciiDigit),
            WordKind.Beginning => Any(token, f => f.StartsWith(Text, StringComparison.Ordinal) || f.StartsWith(Bare, StringComparison.Ordinal)),
            _ => Any(token, f => f == Text || f == Bare) || IsSlip(token.Text),
        };

        private static bool Any(Token token, Func<string, bool> fits)
        {
            foreach (var form in token.Forms)
            {
                if (fits(form))
                {
                    return true;
                }
            }

            return false;
        }

        // One letter too many, too few, another, or two changed round; the first three are right.
        private bool IsSlip(string typed)
        {
            if (!MayHaveSlip || Math.Abs(Text.Length - typed.Length) > 1 || Text[0] != typed[0])
            {
                return false;
            }

            var same = Text.AsSpan().CommonPrefixLength(typed);
            if (same < Token.BeginningLength)
            {
                return false;
            }

            var left = Text.AsSpan(same);
            var right = typed.AsSpan(same);
            return left.Length == right.Length
                ? left.Length == 0 || left[1..].SequenceEqual(right[1..])
                    || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]))
                : left.Length > right.Length ? left[1..].SequenceEqual(right) : right[1..].SequenceEqual(left);
        }
    }

    private enum WordKind
    {
        Whole,
        Beginning,
        Year,
        Number,
    }
}
