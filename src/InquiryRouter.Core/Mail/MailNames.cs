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

    private const int MostWords = 12;
    private const char Cut = '…';

    /// <returns>Empty when nothing of it is a name, or when it has something that no name has: a mail then names the reference.</returns>
    public static string Line(string name)
    {
        if (IsAMessage(name))
        {
            return string.Empty;
        }

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

    // A number, an address, a price, a call: or words joined by a dot (evil.example), which initials (J.R.R.) and titles (Dr.Smith) are not.
    private static bool IsAMessage(string name) =>
        name.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.CurrencySymbol
            || r.Value is '/' or '\\' or ':' or '@' or '!' or '?' or '#' or '%' or '=' or '<')
        || name.Split(' ').SelectMany(w => w.Split('.').Skip(1)).Any(part => part is [_, _, ..] && !char.IsUpper(part[0]) && char.IsLetter(part[0]));

    // Letters with what belongs to them, and what joins parts of names. Without "/", ":", "@" and a dot inside a word no mail program makes a link.
    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        var runes = name.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            if (runes[i].Value == '.')
            {
                clean.Append(i > 0 && Rune.IsLetter(runes[i - 1]) ? IsInitial(runes, i) ? "." : ". " : " ");
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

    // Of a name that is written without a space after it: J.R.R.
    private static bool IsInitial(Rune[] runes, int dot) =>
        (dot < 2 || !Rune.IsLetter(runes[dot - 2])) && dot + 2 < runes.Length && Rune.IsLetter(runes[dot + 1]) && runes[dot + 2].Value == '.';

    private static bool IsOfAName(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || rune.Value is '\'' or '’' or 'ʼ' or '-' or '‐' or '·' or ',' or 0x200C or 0x200D;
}
