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
    /// A text of one line: whole characters in Unicode's composed form, without marks that turn the order of what follows and
    /// without the space around it; null when nothing is left. Line ends and other control characters stay, for a field to refuse.
    /// </summary>
    public static string? Line(string? typed) => Trimmed(Composed(typed));

    /// <summary>A text of several lines: the same, and every end of a line is one <c>\n</c>, as a browser counts them.</summary>
    /// <param name="onlyShowable">Leaves out what <see cref="IsShowable"/> refuses: a pasted report is full of it.</param>
    public static string? Lines(string? typed, bool onlyShowable = false)
    {
        var text = Composed(typed)?.ReplaceLineEndings("\n");
        return Trimmed(onlyShowable && text is not null ? string.Concat(text.Where(c => IsOfLines(c) || !IsUnshowable(c))) : text);
    }

    /// <summary>
    /// A number as keyboards of other scripts type it (١٩٨٤ and ۱۹۸۴ are 1984): a line with the digits 0 to 9, with point and comma
    /// for their Arabic forms, and without the invisible marks that come along from a text that is written from right to left.
    /// </summary>
    public static string? Number(string? typed)
    {
        var text = Line(typed);
        if (text is null || Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit)
            {
                result.Append((char)('0' + digit));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                result.Append(c switch { '٫' => '.', '٬' or '،' => ',', _ => c });
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

    private static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } left ? left : null;

    private static string? Composed(string? typed) =>
        typed is null || Ascii.IsValid(typed) ? typed : WithoutOverrides(WellFormed(typed)).Normalize(NormalizationForm.FormC);

    // A name with one would rewrite the line it stands in (Unicode Standard Annex 9, explicit formatting characters).
    private static string WithoutOverrides(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') < 0 ? text : string.Concat(text.Where(c => c is < '\u202A' or > '\u202E'));
}
