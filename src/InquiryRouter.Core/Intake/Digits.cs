using System.Globalization;
using System.Text;

namespace InquiryRouter.Core.Intake;

/// <summary>Numbers as keyboards of other scripts type them: ١٩٨٤ (Arabic) and ۱۹۸۴ (Persian) are 1984.</summary>
public static class Digits
{
    /// <summary>
    /// The same text with the digits 0 to 9, with point and comma for their Arabic forms, and without the invisible marks of direction that come
    /// along when a number is pasted from a text that is written from right to left.
    /// </summary>
    public static string ToWestern(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (Ascii.IsValid(typed))
        {
            return typed;
        }

        var result = new StringBuilder(typed.Length);
        foreach (var c in typed)
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

        return result.ToString();
    }
}
