using System.Globalization;

namespace InquiryRouter.Core.Screening.Spam;

/// <summary>One thing that programs do and people seldom: a code that is stored with its points, and the sentence a coordinator reads.</summary>
public sealed record SpamReason(string Code, int Points, string Sentence)
{
    private const string Links = "links";

    public static readonly SpamReason Honeypot = new("honeypot", 60, "The field that people do not see was filled in.");

    public static readonly SpamReason TooFast = new("too-fast", 30, "The form was sent within seconds of being opened.");

    public static readonly SpamReason PageNotOpened = new("page-not-opened", 30, "The form was sent without having been opened.");

    public static readonly SpamReason ManyLinks = new("many-links", 40, "The message has four links or more.") { Signal = Links };

    public static readonly SpamReason MostlyLinks =
        new("mostly-links", 25, "The message is hardly more than its links.") { Signal = Links };

    public static readonly SpamReason LinkInName = new("link-in-name", 60, "The name has a web address in it.");

    public static readonly SpamReason Markup =
        new("markup", 60, "The message has the markup that forums and pages turn into links.") { Signal = Links };

    public static readonly SpamReason Advertising = new("advertising", 25, "The message has words of advertising to website owners.");

    public static readonly SpamReason LittleText = new("little-text", 20, "The message has hardly any letters.");

    public static readonly SpamReason SentBefore = new("sent-before", 40, "The same long message has come several times within a day.");

    private static readonly SpamReason[] s_all =
        [Honeypot, TooFast, PageNotOpened, ManyLinks, MostlyLinks, LinkInName, Markup, Advertising, LittleText, SentBefore];

    /// <summary>Of which signal it is: many links in a short message are two reasons and one signal.</summary>
    public string Signal { get; init; } = Code;

    /// <summary>As it is stored: <c>many-links:40</c>.</summary>
    public string Stored => string.Create(CultureInfo.InvariantCulture, $"{Code}:{Points}");

    /// <summary>What was stored, with the points of its time; a code of a newer version explains itself by its name.</summary>
    public static SpamReason Of(string stored)
    {
        var parts = stored.Split(':');
        var points = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var known = Array.Find(s_all, r => r.Code == parts[0]) ?? new SpamReason(parts[0], points, parts[0]);
        return known with { Points = points };
    }
}

/// <summary>How much of an inquiry is as programs write it, and every reason for it.</summary>
public sealed record SpamVerdict(int Score, IReadOnlyList<SpamReason> Reasons)
{
    public static readonly SpamVerdict None = new(0, []);

    /// <summary>
    /// Whether it is taken for spam: enough points, of two signals or more. One alone a person may give: a password manager fills the
    /// hidden field in, a patient has five records to show.
    /// </summary>
    public bool IsSpam(int threshold) => Score >= threshold && Reasons.Select(r => r.Signal).Distinct(StringComparer.Ordinal).Count() > 1;

    public static SpamVerdict Of(IReadOnlyList<SpamReason> reasons) => reasons.Count == 0 ? None : new(reasons.Sum(r => r.Points), reasons);
}
