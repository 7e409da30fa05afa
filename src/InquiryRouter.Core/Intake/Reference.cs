using System.Security.Cryptography;

namespace InquiryRouter.Core.Intake;

/// <summary>
/// The name a person uses for an inquiry: <c>IR-7K3M-9Q2P</c>. Seven random Crockford base32 characters and
/// Crockford's own check character (mod 37), so that one wrong or two swapped characters are noticed.
/// Numbers whose check character would be outside the 32 letters and digits are not issued.
/// Source: crockford.com/base32.html.
/// </summary>
public static class Reference
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Digits = 7;

    // Of a million references thirty begin alike.
    private const int ShortestBeginning = 3;

    public static string New()
    {
        Span<byte> random = stackalloc byte[8];
        while (true)
        {
            RandomNumberGenerator.Fill(random);
            var number = BitConverter.ToUInt64(random) & ((1UL << (5 * Digits)) - 1);
            var check = (int)(number % 37);
            if (check < Alphabet.Length)
            {
                return Format(number, check);
            }
        }
    }

    /// <summary>
    /// Reads what a person typed: case, spaces, hyphens, a missing "IR", and O/I/L for 0/1/1 are forgiven.
    /// False when the length, a character or the check character is wrong.
    /// </summary>
    public static bool TryParse(string? typed, out string reference)
    {
        reference = string.Empty;
        Span<char> kept = stackalloc char[Digits + 1];
        var text = Typed.Number(typed).AsSpan();
        if (text.StartsWith("IR", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        var length = 0;
        foreach (var raw in text)
        {
            if (raw is '-' or ' ')
            {
                continue;
            }

            if (length == kept.Length)
            {
                return false;
            }

            kept[length++] = char.ToUpperInvariant(raw) switch { 'O' => '0', 'I' or 'L' => '1', var c => c };
        }

        if (length != kept.Length)
        {
            return false;
        }

        ulong number = 0;
        for (var i = 0; i < Digits; i++)
        {
            var digit = Alphabet.IndexOf(kept[i], StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            number = (number << 5) | (uint)digit;
        }

        var check = Alphabet.IndexOf(kept[Digits], StringComparison.Ordinal);
        if (check < 0 || (int)(number % 37) != check)
        {
            return false;
        }

        reference = Format(number, check);
        return true;
    }

    /// <summary>
    /// Reads the beginning of a reference, as forgiving as <see cref="TryParse"/>: the first and the last reference that begins so. Null: it is none, or
    /// says too little.
    /// </summary>
    public static (string First, string Last)? ReadBeginning(string? typed)
    {
        var text = Typed.Number(typed).AsSpan();
        if (text.StartsWith("IR", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        var kept = new List<char>(Digits + 1);
        foreach (var raw in text)
        {
            if (raw is '-' or ' ')
            {
                continue;
            }

            var letter = char.ToUpperInvariant(raw) switch { 'O' => '0', 'I' or 'L' => '1', var c => c };
            if (kept.Count == Digits + 1 || !Alphabet.Contains(letter, StringComparison.Ordinal))
            {
                return null;
            }

            kept.Add(letter);
        }

        return kept.Count < ShortestBeginning ? null : (Filled(Alphabet[0]), Filled(Alphabet[^1]));

        string Filled(char with)
        {
            var all = new string([.. kept]).PadRight(Digits + 1, with);
            return $"IR-{all[..4]}-{all[4..]}";
        }
    }

    private static string Format(ulong number, int check) =>
        string.Create(12, (number, check), static (text, value) =>
        {
            text[0] = 'I';
            text[1] = 'R';
            text[2] = '-';
            text[7] = '-';
            text[11] = Alphabet[value.check];
            var rest = value.number;
            for (var i = Digits - 1; i >= 0; i--)
            {
                text[i < 4 ? i + 3 : i + 4] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
}
