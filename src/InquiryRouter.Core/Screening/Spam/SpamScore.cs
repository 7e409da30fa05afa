using System.Text.RegularExpressions;

namespace InquiryRouter.Core.Screening.Spam;

/// <summary>
/// Adds up what programs do and people seldom. One signal alone is never enough, whatever its points (<see cref="SpamVerdict.IsSpam"/>),
/// and a link in place of a message, from a form sent at once, still stays below <see cref="DefaultThreshold"/>. What reaches it is
/// quarantined, never dropped.
/// </summary>
public static partial class SpamScore
{
    /// <summary>What a coordinator reads first; <c>Screening:SpamThreshold</c> changes it.</summary>
    public const int DefaultThreshold = 60;

    /// <summary>So many inquiries with the same long message within <see cref="CopiesWithin"/> are a mailing.</summary>
    public const int ManyCopies = 5;

    public static readonly TimeSpan CopiesWithin = TimeSpan.FromDays(1);

    private const int ManyLinks = 4;
    private const int WordsALinkNeeds = 2;
    private const int FewLetters = 3;

    // Milliseconds. The patterns are bounded; it never comes to this.
    private const int LongestMatch = 10_000;

    private static readonly string[] s_advertising =
    [
        " backlink ", " backlinks ", " guest post ", " guest posts ", " seo ", " search engine optimization ", " search engine ranking ", " rank your website ",
        " first page of google ", " website traffic ", " casino ", " online betting ", " crypto investment ", " buy followers ", " web design services ",
        " posicionamiento web ", " posicionar su web ", " primera pagina de google ", " trafico web ", " apuestas en linea ", " casino en linea ",
        " تحسين محركات البحث ", " الصفحه الاولي في جوجل ", " زياده زوار موقعك ", " كازينو ", " باك لينك ",
    ];

    /// <param name="name">As it was typed.</param>
    /// <param name="message">As it was typed; null when there is none.</param>
    /// <param name="intakeFlags">What the intake noticed.</param>
    /// <param name="copies">How many other inquiries had this message lately; 0 when it is too short to be somebody's own.</param>
    public static SpamVerdict Of(string name, string? message, IReadOnlyList<string> intakeFlags, int copies)
    {
        var reasons = new List<SpamReason>();
        foreach (var flagged in (SpamReason[])[SpamReason.Honeypot, SpamReason.TooFast, SpamReason.PageNotOpened])
        {
            if (intakeFlags.Contains(flagged.Code, StringComparer.Ordinal))
            {
                reasons.Add(flagged);
            }
        }

        if (NameLink().IsMatch(name))
        {
            reasons.Add(SpamReason.LinkInName);
        }

        if (!string.IsNullOrWhiteSpace(message))
        {
            Read(message, reasons);
        }

        if (copies >= ManyCopies - 1)
        {
            reasons.Add(SpamReason.SentBefore);
        }

        return SpamVerdict.Of(reasons);
    }

    private static void Read(string message, List<SpamReason> reasons)
    {
        if (Markup().IsMatch(message))
        {
            reasons.Add(SpamReason.Markup);
        }

        var links = Link().Count(message);
        var rest = links == 0 ? message : Link().Replace(message, " ");
        if (links >= ManyLinks)
        {
            reasons.Add(SpamReason.ManyLinks);
        }

        var text = PlainText.Normalise(Markup().Replace(rest, " "));
        if (links > 0 && text.Count(c => c == ' ') - 1 <= links * WordsALinkNeeds)
        {
            reasons.Add(SpamReason.MostlyLinks);
        }
        else if (links == 0 && text.Count(char.IsLetter) < FewLetters)
        {
            // Of a question mark or a row of digits nothing can be learned; no language says anything in two letters.
            reasons.Add(SpamReason.LittleText);
        }

        if (Array.Exists(s_advertising, phrase => text.Contains(phrase, StringComparison.Ordinal)))
        {
            reasons.Add(SpamReason.Advertising);
        }
    }

    [GeneratedRegex("""(?:\bhttps?://|\bwww\.)[^\s<>\[\]"']+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: LongestMatch)]
    private static partial Regex Link();

    // A mail address in the name field is a slip of a person.
    [GeneratedRegex("""://|\bwww\.|(?<![@\w.-])[\w-]{3,}(?:\.[\w-]+)*\.(?:com|net|org|info|biz|ru|cn|xyz|top|site|online|shop|click|link|icu|club|vip)\b(?!@)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: LongestMatch)]
    private static partial Regex NameLink();

    [GeneratedRegex("""\[/?(?:url|link|img)\b|<\s{0,5}/?\s{0,5}(?:a\s[^>]{0,200}href|a\s{0,5}>|script|iframe|img\s)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: LongestMatch)]
    private static partial Regex Markup();
}
