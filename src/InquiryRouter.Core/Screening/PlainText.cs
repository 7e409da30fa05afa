using System.Globalization;
using System.Text;

namespace InquiryRouter.Core.Screening;

/// <summary>Text as it is compared: what people write in more than one way becomes one.</summary>
public static class PlainText
{
    private const char Tatweel = 'ـ';

    /// <summary>
    /// Lower case, accents and Arabic vowel marks removed, Arabic letters that are written for one another made one (hamza on its seats, taa marbuta,
    /// alef maqsura, the Persian yeh and kaf), every run of anything but letters and digits one space, a space at both ends.
    /// </summary>
    public static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append(' ');
        var source = Ascii.IsValid(text) ? text : WellFormed(text).Normalize(NormalizationForm.FormKD);
        foreach (var c in source)
        {
            if (c < 128 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c) && c != Tatweel)
            {
                Append(result, c);
            }
            else if (result[^1] != ' ' && !IsInsideWord(c))
            {
                result.Append(' ');
            }
        }

        if (result[^1] != ' ')
        {
            result.Append(' ');
        }

        return result.ToString();
    }

    /// <summary>The words of <see cref="Normalise"/>, in their order.</summary>
    public static string[] Words(string text) => Normalise(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Append(StringBuilder result, char c)
    {
        switch (c)
        {
            case 'ة': result.Append('ه'); break;
            case 'ى' or 'ی': result.Append('ي'); break;
            case 'ک': result.Append('ك'); break;
            case 'ٱ': result.Append('ا'); break;
            case 'ß': result.Append("ss"); break;
            case 'ø' or 'Ø': result.Append('o'); break;
            case 'ł' or 'Ł': result.Append('l'); break;
            case 'đ' or 'Đ' or 'ð' or 'Ð': result.Append('d'); break;
            case 'æ' or 'Æ': result.Append("ae"); break;
            case 'œ' or 'Œ': result.Append("oe"); break;
            case 'þ' or 'Þ': result.Append("th"); break;
            case 'ı': result.Append('i'); break;
            default: result.Append(char.ToLowerInvariant(c)); break;
        }
    }

    // An apostrophe (can't), an accent, a stretched or an invisible character does not end a word.
    private static bool IsInsideWord(char c) =>
        c is '\'' or '’' or 'ʼ' or Tatweel
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    // A lone surrogate cannot be normalised.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
