using System.Text;

namespace InquiryRouter.Benchmarks.Sink;

/// <summary>Reads a mail's Message-ID as a 64-bit hash: wide enough that millions of mails meet no false double.</summary>
internal static class MessageId
{
    private static ReadOnlySpan<byte> Name => "message-id:"u8;

    /// <returns>0 when the mail has none.</returns>
    public static ulong Hash(ReadOnlySpan<byte> mail)
    {
        while (mail.Length > Name.Length && mail[0] != (byte)'\r')
        {
            if ((mail[0] | 0x20) == 'm' && Ascii.EqualsIgnoreCase(mail[..Name.Length], Name))
            {
                return HashOfValue(mail[Name.Length..]);
            }

            var lineEnd = mail.IndexOf((byte)'\n');
            if (lineEnd < 0)
            {
                break;
            }

            mail = mail[(lineEnd + 1)..];
        }

        return 0;
    }

    /// <summary>The value may stand on the next, folded line, so it is taken from bracket to bracket.</summary>
    private static ulong HashOfValue(ReadOnlySpan<byte> value)
    {
        var (start, end) = (value.IndexOf((byte)'<'), value.IndexOf((byte)'>'));
        if (start < 0 || end < start)
        {
            return 0;
        }

        // FNV-1a with a final mix.
        var hash = 14695981039346656037UL;
        foreach (var b in value[(start + 1)..end])
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        hash ^= hash >> 29;
        return hash == 0 ? 1 : hash;
    }
}
