using System.Globalization;
using System.Text;

namespace InquiryRouter.Core.Mail;

/// <summary>
/// The name that somebody typed, as a mail may say it: anybody can write a stranger's address beside a name of their choice, so a name is one
/// short line of words and never a message, a link or a number to call.
/// </summary>
public static class MailNames
{
    /// <summary>Characters as people count them; a longer name is cut.</summary>
    public const int Longest = 60;

    private const int MostWords = 8;
    private const char Cut = '…';

    /// <returns>Empty when nothing of it is a name.</returns>
    public static string Line(string name)
    {
        var words = Clean(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var line = new StringBuilder();
        var length = 0;
        foreach (var word in words.Take(MostWords))
        {
            var more = new StringInfo(word).LengthInTextElements + (length == 0 ? 0 : 1);
            if (length + more > Longest)
            {
                return length == 0
                    ? new StringInfo(word).SubstringByTextElements(0, Longest - 1) + Cut
                    : line.Append(Cut).ToString();
            }

            line.Append(length == 0 ? string.Empty : " ").Append(word);
            length += more;
        }

        return words.Length > MostWords ? line.Append(Cut).ToString() : line.ToString();
    }

    // Letters with what belongs to them, and what joins parts of names. Without "/", ":", "@" and a dot inside a word no mail program makes a link.
    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        var runes = name.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            if (runes[i].Value == '.')
            {
                clean.Append(i > 0 && Rune.IsLetter(runes[i - 1]) ? ". " : " ");
            }
            else if (IsOfAName(runes[i]))
            {
                clean.Append(runes[i].ToString());
            }
            else
            {
                clean.Append(' ');
            }
        }

        return clean.ToString();
    }

    private static bool IsOfAName(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || rune.Value is '\'' or '’' or 'ʼ' or '-' or '‐' or '·' or ',' or 0x200C or 0x200D;
}
