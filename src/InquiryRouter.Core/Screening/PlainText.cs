using System.Globalization;
using System.Text;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening;

/// <summary>Text as it is compared: what people write in more than one way becomes one. The one folding of the program, of messages, names and conditions.</summary>
public static class PlainText
{
    private const char Tatweel = 'ـ';

    /// <summary>
    /// Lower case, accents and Arabic vowel marks removed, Arabic letters that are written for one another made one (hamza on its seats, taa marbuta,
    /// alef maqsura, the Persian yeh and kaf), digits of any script those of ASCII, what is not seen (zero-width and stretching characters, soft hyphens)
    /// and apostrophes left out, every run of anything but letters and digits one space, a space at both ends.
    /// </summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length + 2).Append(' ');
        if (Ascii.IsValid(text))
        {
            foreach (var c in text)
            {
                Append(result, c);
            }
        }
        else
        {
            // An acute accent alone would become a space and an accent.
            foreach (var rune in Typed.WellFormed(text).Replace('´', '\'').Normalize(NormalizationForm.FormKD).EnumerateRunes())
            {
                if (rune.IsAscii)
                {
                    Append(result, (char)rune.Value);
                }
                else
                {
                    Append(result, rune);
                }
            }
        }

        return Space(result).ToString();
    }

    /// <summary>The words of <see cref="Normalise"/>, in their order.</summary>
    public static string[] Words(string text) => Normalise(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Append(StringBuilder result, char ascii)
    {
        if (char.IsAsciiLetterOrDigit(ascii))
        {
            result.Append(char.ToLowerInvariant(ascii));
        }
        else if (ascii is not ('\'' or '`'))
        {
            Space(result);
        }
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        if (IsSilent(rune))
        {
            return;
        }

        if (Rune.IsDigit(rune))
        {
            result.Append((int)Rune.GetNumericValue(rune));
        }
        else if (Rune.IsLetter(rune))
        {
            AppendLetter(result, rune);
        }
        else
        {
            Space(result);
        }
    }

    private static void AppendLetter(StringBuilder result, Rune letter)
    {
        switch (letter.Value)
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
            default: result.Append(Rune.ToLowerInvariant(letter).ToString()); break;
        }
    }

    private static StringBuilder Space(StringBuilder result) => result[^1] == ' ' ? result : result.Append(' ');

    // Does not end a word: an apostrophe (can't), an accent, what stretches a word, and what nobody sees (by its category, or a letter without a shape).
    private static bool IsSilent(Rune rune) =>
        rune.Value is '’' or '‘' or 'ʼ' or Tatweel or 0x115F or 0x1160
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
}
