using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>A word as it is compared.</summary>
internal sealed class Token
{
    /// <summary>What a number is looked up by.</summary>
    public const string NumberKey = "#";

    /// <summary>So much of a word is looked up by; of one that a phrase gives less of, that.</summary>
    public const int BeginningLength = 3;

    // "Like" must not be taken from "was", nor "the" from "now"; what follows "and" may be short.
    private const int ShortestRest = 3;
    private const int ShortestAfterAnd = 2;

    private Token(string text, int clause)
    {
        (Text, Clause, Forms) = (text, clause, FormsOf(text));
        Keys =
        [
            .. Forms, .. Forms.Select(BeginningOf), .. Forms.Where(f => f.Length >= BeginningLength).Select(f => BeginningOf(f[..(BeginningLength - 1)])),
            .. char.IsAsciiDigit(text[0]) ? [NumberKey] : (string[])[],
        ];
    }

    /// <summary>Folded by <see cref="PlainText"/>.</summary>
    public string Text { get; }

    /// <summary>Itself; of an Arabic word also without "and", "in", "the" and the like, which are written onto it.</summary>
    public IReadOnlyList<string> Forms { get; }

    /// <summary>Counts the pieces between commas.</summary>
    public int Clause { get; }

    /// <summary>What phrases that begin with this word are looked up by: the word, and how it begins.</summary>
    public IReadOnlyList<string> Keys { get; }

    public static Token Of(string text, int clause) => new(text, clause);

    /// <summary>What phrases are looked up by whose first word only begins so, or may have a slip.</summary>
    public static string BeginningOf(string word) => string.Concat(word.AsSpan(0, Math.Min(BeginningLength, word.Length)), "*");

    /// <summary>An Arabic word without "the"; any other as it is.</summary>
    public static string WithoutThe(string word) => Without(word, "ال") ?? word;

    private static string[] FormsOf(string word)
    {
        if (word[0] is < '\u0600' or > '\u06ff')
        {
            return [word];
        }

        List<string?> forms = [word, Without(word, "و", ShortestAfterAnd) ?? Without(word, "ف", ShortestAfterAnd)];
        forms.AddRange(forms.ToList().Select(f => f is null ? null : Without(f, "ب") ?? Without(f, "لل") ?? Without(f, "ل") ?? Without(f, "ك")));
        forms.AddRange(forms.ToList().Select(f => f is null ? null : Without(f, "ال")));
        return [.. forms.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static string? Without(string word, string prefix, int shortest = ShortestRest) =>
        word.Length - prefix.Length >= shortest && word.StartsWith(prefix, StringComparison.Ordinal) ? word[prefix.Length..] : null;
}

/// <summary>A message as words: escapes undone, cut into sentences, each into pieces between commas.</summary>
internal static partial class EmergencyText
{
    // Milliseconds. None of them looks back further than a tag is long.
    private const int Longest = 1000;

    /// <summary>The words of each sentence.</summary>
    public static IEnumerable<List<Token>> Sentences(string message)
    {
        var plain = Unescape(Typed.WellFormed(message)).Replace("😂", " haha ", StringComparison.Ordinal).Replace("🤣", " haha ", StringComparison.Ordinal);
        foreach (var sentence in SentenceEnd().Split(plain))
        {
            var words = new List<Token>();
            foreach (var (clause, text) in ClauseEnd().Split(sentence).Index())
            {
                words.AddRange(PlainText.Words(text).Select(w => Token.Of(Shorten(w), clause)));
            }

            if (words.Count > 0)
            {
                yield return words;
            }
        }
    }

    /// <summary>The sentences of a text that do not stand in another, each apart.</summary>
    public static string Added(string text, string before) => string.Join("\n\n", Split(text).Except(Split(before), StringComparer.Ordinal));

    private static IEnumerable<string> Split(string text) => SentenceEnd().Split(Typed.WellFormed(text)).Select(s => s.Trim());

    // As pages and programs pass it on: can&#39;t, chest&nbsp;pain, <b>chest</b>, can\'t.
    private static string Unescape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<\\") < 0)
        {
            return text;
        }

        text = WebUtility.HtmlDecode(WebUtility.HtmlDecode(text));
        text = Block().Replace(text, "\n");
        text = Tag().Replace(text, string.Empty);
        text = EscapedLetter().Replace(text, m => ((char)Convert.ToInt32(m.Groups["code"].Value, 16)).ToString());
        return EscapedSpace().Replace(text, "\n").Replace("\\", string.Empty, StringComparison.Ordinal);
    }

    // "Nooo", "pleeease": a letter three times or more is one.
    private static string Shorten(string word) => word.Length < 3 ? word : Repeated().Replace(word, "${letter}");

    [GeneratedRegex("""[!?؟;؛]+|\.(?!\d)|\n\s*\n""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("""[,،:()\[\]–—\r\n]+|\s-+\s""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex ClauseEnd();

    [GeneratedRegex("""</?(?:br|p|div|li|ul|ol|tr|td|h[1-6])\b[^<>]{0,200}>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex Block();

    [GeneratedRegex("</?[a-z][^<>]{0,200}>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex Tag();

    [GeneratedRegex("""\\u(?<code>[0-9a-f]{4})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex EscapedLetter();

    [GeneratedRegex("""\\[nrt](?![a-z])|\\[nr]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex EscapedSpace();

    [GeneratedRegex("""(?<letter>\p{L})\k<letter>{2,}""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex Repeated();
}
