using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Coordination;

/// <summary>
/// A text as somebody reads it who does not know yet, or may not, who has written it. What was typed stays as it is stored, and is shown
/// without the names it says and without what leads around us: mail addresses, phone numbers, web addresses, names in other networks.
/// </summary>
/// <param name="rules">Know a phone number.</param>
public sealed partial class AnonymousText(IFieldRules rules)
{
    // Milliseconds. The patterns are bounded; it never comes to this.
    private const int LongestMatch = 10_000;

    // What clinics decide by, and what people are called too: antinuclear, anti-drug, antimitochondrial and nuclear antibodies, and
    // anaemia from want of iron.
    private static readonly FrozenSet<string> s_abbreviations = FrozenSet.Create(StringComparer.Ordinal, "ANA", "ADA", "AMA", "ENA", "IDA");

    /// <summary>Whether something would be left out.</summary>
    /// <inheritdoc cref="Without"/>
    public bool Hides(string? text, string? country, params IEnumerable<string?> names) =>
        !string.IsNullOrEmpty(text) && Places(text, country, names).Any();

    /// <param name="text">As it was typed.</param>
    /// <param name="country">Where a phone number without its country is from; null: nobody knows.</param>
    /// <param name="instead">What stands in the place of what is left out.</param>
    /// <param name="names">Of people it must not name.</param>
    public string Without(string text, string? country, string instead, params IEnumerable<string?> names)
    {
        var result = new StringBuilder(text.Length);
        var from = 0;
        foreach (var place in Places(text, country, names).OrderBy(p => p.Start).ThenByDescending(p => p.Length))
        {
            if (place.Start >= from)
            {
                result.Append(text, from, place.Start - from).Append(instead);
            }

            from = Math.Max(from, place.End);
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    private IEnumerable<TextPlace> Places(string text, string? country, IEnumerable<string?> names) =>
    [
        .. Of(Mail(), text), .. Of(Link(), text), .. Of(Handle(), text), .. Of(Called(), text), .. rules.PhonesIn(text, country),
        .. NamesInText.Find(text, names).Where(place => !IsAbbreviation(text, place)),
    ];

    // ANA is a blood test that a clinic decides by, and Ana a name. Where everything is written in capitals, it is a name.
    private static bool IsAbbreviation(string text, TextPlace place)
    {
        return s_abbreviations.Contains(text.Substring(place.Start, place.Length)) && text.Any(char.IsLower)
            && !Introduces().IsMatch(text[..place.Start]);
    }

    private static IEnumerable<TextPlace> Of(Regex pattern, string text) =>
        pattern.Matches(text).Select(m => m.Groups["it"] is { Success: true } it ? it : m).Select(c => new TextPlace(c.Index, c.Length));

    // Also as it is written to be overlooked: ana (at) x.org.
    [GeneratedRegex(
        """[\p{L}\p{N}._%+'-]{1,64}\s?(@|＠|[\[(]\s?(at|arroba)\s?[\])])\s?[\p{L}\p{N}-]{1,63}((\.|\s?[\[(]\s?(dot|punto)\s?[\])]\s?)[\p{L}\p{N}-]{1,63}){1,5}""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Mail();

    // Without http:// only endings that no sentence runs into when a space is forgotten ("dolor.me duele").
    [GeneratedRegex(
        """\b(https?://|www\.)\S+|\b(wa\.me|t\.me|m\.me|fb\.me|linktr\.ee)/\S+|(?<![\p{L}\p{N}@.-])([\p{L}\p{N}-]{2,63}\.){1,4}(com|net|org|info|biz|online|site)\b(/\S*)?""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Link();

    [GeneratedRegex(
        """(?<![\p{L}\p{N}._%+-])@[\p{L}_][\p{L}\p{N}_.]{2,40}""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Handle();

    // Whoever says who they are says a name.
    [GeneratedRegex(
        """(\bname(\s+is)?|\bi\s?am|\bi'm|\bcalled|\bsoy|\bllamo|\bllama|\bnombre(\s+es)?|اسمي|اسمها|اسمه|أنا)[\s:]*$""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Introduces();

    // A number that no table knows, behind a word that says what it is.
    [GeneratedRegex(
        """(?<!\p{L})(tel(efono)?|teléfono|phone|whats?app|telegram|viber|mobile|call|móvil|movil|celular|llám[ea]\w*|llam[ea]\w*|هاتف\w*|جوال\w*|موبايل\w*|واتس\s?\w*|رقمي|اتصل\w*)(\W{1,3}\w{1,6}){0,3}?\W{0,4}(?<it>\+?\p{Nd}[\p{Nd} ()./-]{4,18}\p{Nd})""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Called();
}
