using System.Globalization;
using System.Text;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>
/// Complete HTTP requests, built once, with fixed-width gaps for what must differ from inquiry to inquiry. Filling one is a
/// copy and a few digits, so the client leaves its cores to the server.
/// </summary>
internal sealed class InquiryRequests
{
    /// <summary>Digits of the number in a patient's address: <c>p000000000042@load.example</c>.</summary>
    public const int NumberDigits = 12;

    private const int PhoneDigits = 7;
    private const int WordLetters = 6;
    private const string NumberGap = "{number....}";
    private const string PhoneGap = "{phone}";
    private const string WordGap = "{word}";

    private readonly Template[] _templates;

    public InquiryRequests(string host)
    {
        _templates = new Template[InquiryTexts.Variants];
        for (var i = 0; i < _templates.Length; i++)
        {
            var body = InquiryTexts.Body(i, NumberGap, PhoneGap, WordGap);
            _templates[i] = new Template(string.Create(CultureInfo.InvariantCulture, $"""
                POST /api/inquiries HTTP/1.1
                Host: {host}
                Content-Type: application/json
                Accept: application/json
                Content-Length: {Encoding.UTF8.GetByteCount(body)}


                """).ReplaceLineEndings("\r\n") + body);
        }

        Longest = _templates.Max(t => t.Bytes.Length);
    }

    /// <summary>Bytes of the longest request.</summary>
    public int Longest { get; }

    /// <summary>Writes the request of inquiry <paramref name="number"/> (0 or more) and returns its length.</summary>
    public int Write(long number, Span<byte> target)
    {
        var template = _templates[number % _templates.Length];
        template.Bytes.CopyTo(target);
        WriteDigits(target.Slice(template.NumberAt, NumberDigits), number);
        WritePhone(target.Slice(template.PhoneAt, PhoneDigits), number);
        foreach (var at in template.WordsAt)
        {
            WriteWord(target.Slice(at, WordLetters), number);
        }

        return template.Bytes.Length;
    }

    private static void WriteDigits(Span<byte> target, long value)
    {
        for (var i = target.Length - 1; i >= 0; i--, value /= 10)
        {
            target[i] = (byte)('0' + (value % 10));
        }
    }

    /// <summary>Seven digits behind the area code; the exchange starts at 6 and has no service code (N11) or 555.</summary>
    private static void WritePhone(Span<byte> target, long number)
    {
        WriteDigits(target[3..], number % 10_000);
        var exchange = number / 10_000 % (4 * 80);
        target[0] = (byte)('6' + (exchange / 80));
        target[1] = (byte)('2' + (exchange % 80 / 10));
        target[2] = (byte)('0' + (exchange % 10));
    }

    /// <summary>A middle name one can pronounce, another for each of a million inquiries: the same name twice is a duplicate to the server.</summary>
    private static void WriteWord(Span<byte> target, long number)
    {
        var consonants = "bcdfghjklmnprstvwxyz"u8;
        var vowels = "aeiou"u8;
        for (var i = target.Length - 2; i >= 0; i -= 2)
        {
            target[i] = consonants[(int)(number % consonants.Length)];
            number /= consonants.Length;
            target[i + 1] = vowels[(int)(number % vowels.Length)];
            number /= vowels.Length;
        }

        target[0] -= 'a' - 'A';
    }

    private sealed class Template
    {
        public Template(string request)
        {
            Bytes = Encoding.UTF8.GetBytes(request);
            NumberAt = At(NumberGap, 0);
            PhoneAt = At(PhoneGap, 0);
            var first = At(WordGap, 0);
            WordsAt = [first, At(WordGap, first + WordLetters)];
        }

        public byte[] Bytes { get; }

        public int NumberAt { get; }

        public int PhoneAt { get; }

        public int[] WordsAt { get; }

        private int At(string gap, int from) => from + Bytes.AsSpan(from).IndexOf(Encoding.UTF8.GetBytes(gap));
    }
}
