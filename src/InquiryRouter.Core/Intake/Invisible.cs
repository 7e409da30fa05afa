using System.Buffers;
using System.Globalization;
using System.Text;

namespace InquiryRouter.Core.Intake;

/// <summary>
/// Characters that nobody sees: they come along from a page, a contact card or a keyboard, and make two of one address. A few spell a
/// word or draw a picture where they stand; there, and in a text only, they stay. (Unicode Standard, 23.2 and 23.3; UAX 9; UTS 51.)
/// </summary>
internal static class Invisible
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;
    private const int BrailleBlank = 0x2800;

    /// <summary>None stays: in a number.</summary>
    public static bool Nothing(Rune? before, Rune rune, Rune? after) => false;

    /// <summary>What spells a word: a joiner between two letters of a script that joins them (Arabic, those of India).</summary>
    public static bool Spelling(Rune? before, Rune rune, Rune? after) =>
        rune.Value is NonJoiner or Joiner && before is { } a && after is { } b && IsJoined(a) && IsJoined(b);

    /// <summary>
    /// What has a meaning in a text: that, a picture's joiners, variants and tags, marks of direction, and the places where a line of
    /// Thai, Lao, Burmese or Khmer may break.
    /// </summary>
    public static bool Meaningful(Rune? before, Rune rune, Rune? after) =>
        before is { } a && (Spelling(before, rune, after) || rune.Value switch
    {
        Joiner => after is { } b && IsPicture(a) && IsPicture(b),
        0x200B => after is { } b && IsUnspaced(a) && IsUnspaced(b),
        0x200E or 0x200F or 0x061C => true,
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => !Rune.IsWhiteSpace(a) && !Rune.IsControl(a) && !IsOne(a),
        (>= 0x180B and <= 0x180F) => a.Value is >= 0x1820 and <= 0x18AA,
        BrailleBlank => a.Value is >= BrailleBlank and <= 0x28FF,
        >= 0xE0020 and <= 0xE007F => a.Value is BlackFlag or (>= 0xE0020 and <= 0xE007E),
        _ => false,
    });

    public static string Without(string text, Func<Rune?, Rune, Rune?, bool> stays)
    {
        if (!text.EnumerateRunes().Any(IsOne))
        {
            return text;
        }

        var runes = text.EnumerateRunes().ToList();
        var result = new StringBuilder(text.Length);
        Rune? before = null;
        for (var i = 0; i < runes.Count; i++)
        {
            if (!IsOne(runes[i]) || stays(before, runes[i], i + 1 < runes.Count ? runes[i + 1] : null))
            {
                result.Append(runes[i].ToString());
                before = runes[i];
            }
        }

        return result.ToString();
    }

    /// <summary>Without space and marks of direction at both ends, and without an accent that has no letter before it.</summary>
    public static string Trim(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to
            && Rune.DecodeFromUtf16(text.AsSpan(from, to - from), out var first, out var taken) == OperationStatus.Done
            && (IsEnd(first) || IsOne(first) || IsAccent(first)))
        {
            from += taken;
        }

        while (to > from
            && Rune.DecodeLastFromUtf16(text.AsSpan(from, to - from), out var last, out var taken) == OperationStatus.Done
            && IsEnd(last))
        {
            to -= taken;
        }

        return text[from..to];
    }

    /// <summary>
    /// False for accents alone, spacing ones (´) included, and for what no font has to have (private use, not assigned): they are no name.
    /// </summary>
    public static bool IsSeen(string text) => text.EnumerateRunes().Any(r =>
        !Rune.IsWhiteSpace(r) && !IsOne(r) && !IsAccent(r) && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && !(r.IsBmp && Rune.GetUnicodeCategory(r) == UnicodeCategory.ModifierSymbol));

    private static bool IsEnd(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0x200E or 0x200F or 0x061C or BrailleBlank;

    // Of the format characters, those that stand around a number of an Arabic or Syriac text are seen.
    private static bool IsOne(Rune rune) => rune.Value switch
    {
        (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => false,

        // Letters and marks without a shape: fillers of Hangul, vowels of Khmer, a note without its head, variants, what is reserved for more of them.
        BrailleBlank or 0x1D159 or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or 0xFFA0
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };

    private static bool IsAccent(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Arabic, Syriac, N'Ko, Mongolian, and the scripts of India and around it; not the parts of Hangul, which lie between.
    private static bool IsJoined(Rune rune) =>
        rune.Value is (>= 0x0600 and <= 0x10FF) or (>= 0x1700 and <= 0x1CFF) or (>= 0xA800 and <= 0xABFF) or (>= 0x10A00 and <= 0x11FFF)
            or (>= 0x1E900 and <= 0x1E95F)
        && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // Signs, pictures and the colours of skins, and the variant that makes a sign a picture.
    private static bool IsPicture(Rune rune) =>
        rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol
        || rune.Value is >= 0x1F000 and <= 0x1FAFF || Rune.GetUnicodeCategory(rune) is UnicodeCategory.MathSymbol;

    private static bool IsUnspaced(Rune rune) =>
        rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);
}
