using System.Globalization;
using System.Text;

namespace InquiryRouter.Core.Intake;

/// <summary>
/// The one cleaning of what people type: in a form, through the API, in a clinic file, on the command line. What is removed, and what is
/// replaced, is said here and nowhere else. To compare texts is another matter (<see cref="Screening.PlainText"/>).
/// </summary>
public static class Typed
{
    /// <summary>
    /// A text of one line: whole characters in Unicode's composed form, without what is not seen (<see cref="Invisible"/>) and without the
    /// space around it; null when nothing that is seen is left. Line ends and other control characters stay, for a field to refuse.
    /// </summary>
    public static string? Line(string? typed) =>
        Trimmed(Composed(typed, Invisible.Meaningful)) is { } text && Invisible.IsSeen(text) ? text : null;

    /// <summary>A text of several lines: the same, and every end of a line is one <c>\n</c>, as a browser counts them.</summary>
    /// <param name="onlyShowable">Leaves out what <see cref="IsShowable"/> refuses: a pasted report is full of it.</param>
    public static string? Lines(string? typed, bool onlyShowable = false)
    {
        var text = Composed(typed, Invisible.Meaningful)?.ReplaceLineEndings("\n");
        return Trimmed(onlyShowable && text is not null ? string.Concat(text.Where(c => IsOfLines(c) || !IsUnshowable(c))) : text);
    }

    /// <summary>
    /// An address, a code, a name that must be found again as it stands: a line with nothing in it that is not seen, except the joiners
    /// that spell a word (a Persian domain may have one).
    /// </summary>
    public static string? Code(string? typed) => Trimmed(Composed(typed, Invisible.Spelling));

    /// <summary>
    /// A number as keyboards of other scripts type it (١٩٨٤ and ۱۹۸۴ are 1984): a code with the digits 0 to 9, with point and comma
    /// for their Arabic forms, plain spaces for thin and narrow ones and plain hyphens for typographic ones.
    /// </summary>
    public static string? Number(string? typed)
    {
        var text = Composed(typed, Invisible.Nothing);
        if (text is null || Ascii.IsValid(text))
        {
            return Trimmed(text);
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                result.Append((int)Rune.GetNumericValue(rune));
            }
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation)
            {
                result.Append(Rune.IsWhiteSpace(rune) ? ' ' : '-');
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.EnclosingMark)
            {
                result.Append(rune.Value switch { '٫' => ".", '٬' or '،' => ",", '＋' => "+", '−' => "-", _ => rune.ToString() });
            }
        }

        return Trimmed(result.ToString());
    }

    /// <summary>False when there is a control character; in a text of several lines <c>\n</c> and <c>\t</c> are none.</summary>
    public static bool IsShowable(string text, bool lines = false) => !text.Any(c => IsUnshowable(c) && !(lines && IsOfLines(c)));

    /// <summary>A control character, or what ends a line without being one.</summary>
    public static bool IsUnshowable(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    /// <summary>Half of a surrogate pair can be neither composed nor stored as UTF-8; it becomes U+FFFD.</summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool IsOfLines(char c) => c is '\n' or '\t';

    private static string? Trimmed(string? text) =>
        text is null ? null : (Ascii.IsValid(text) ? text.Trim() : Invisible.Trim(text)) is { Length: > 0 } left ? left : null;

    private static string? Composed(string? typed, Func<Rune?, Rune, Rune?, bool> stays) =>
        typed is null || Ascii.IsValid(typed) ? typed : Invisible.Without(WellFormed(typed), stays).Normalize(NormalizationForm.FormC);
}
