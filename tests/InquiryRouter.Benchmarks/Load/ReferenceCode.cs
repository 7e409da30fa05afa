using System.Buffers.Binary;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>Finds an inquiry's reference (<c>IR-XXXX-XXXX</c>) in raw bytes, as a number that is never 0.</summary>
internal static class ReferenceCode
{
    private static ReadOnlySpan<byte> SoftBreak => "=\r\n"u8;

    public static bool TryFind(ReadOnlySpan<byte> text, out ulong reference)
    {
        var rest = text;
        for (int at; (at = rest.IndexOf("IR-"u8)) >= 0;)
        {
            rest = rest[(at + 3)..];
            if (TryRead(rest, out reference))
            {
                return true;
            }
        }

        return TryFindSplit(text, out reference);
    }

    /// <summary>Quoted-printable may break a line inside the first three characters, where the search above is blind.</summary>
    private static bool TryFindSplit(ReadOnlySpan<byte> text, out ulong reference)
    {
        for (var from = 0; ;)
        {
            var at = text[from..].IndexOf(SoftBreak);
            if (at < 0)
            {
                reference = 0;
                return false;
            }

            var before = text[..(from + at)];
            var after = text[(from + at + SoftBreak.Length)..];
            if ((before.EndsWith("I"u8) && after.StartsWith("R-"u8) && TryRead(after[2..], out reference))
                || (before.EndsWith("IR"u8) && after.StartsWith("-"u8) && TryRead(after[1..], out reference)))
            {
                return true;
            }

            from += at + SoftBreak.Length;
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out ulong reference)
    {
        Span<byte> code = stackalloc byte[9];
        var length = 0;
        for (var i = 0; i < text.Length && length < code.Length; i++)
        {
            if (text[i] == (byte)'=' && text[i..].StartsWith(SoftBreak))
            {
                i += SoftBreak.Length - 1;
                continue;
            }

            var fits = length == 4 ? text[i] == (byte)'-' : char.IsAsciiLetterUpper((char)text[i]) || char.IsAsciiDigit((char)text[i]);
            if (!fits)
            {
                break;
            }

            code[length++] = text[i];
        }

        if (length < code.Length)
        {
            reference = 0;
            return false;
        }

        code[5..].CopyTo(code[4..]);
        reference = BinaryPrimitives.ReadUInt64BigEndian(code);
        return true;
    }
}
