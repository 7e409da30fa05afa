using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InquiryRouter.Infrastructure.Mail.Packing;

/// <summary>
/// What is sealed for a mail: its content as JSON, compressed (RFC 1951) as if a text of what all mails have in common had come before it.
/// Most of a mail is layout, so a twentieth of it is left.
/// </summary>
public static class MailPacking
{
    // The first byte says which text; content that was stored before there was any begins with the brace of its JSON.
    private const byte Current = 2;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // Sealed, never part of a page: escaping would hide from the compression what is the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // Stored mails refer to them: none may change. When layout or words have, another one stands beside them.
    private static readonly byte[][] s_texts = [.. Enumerable.Range(1, Current).Select(Load)];

    /// <summary>The bytes to be sealed.</summary>
    public static byte[] Pack(MailContent content)
    {
        var common = s_texts[Current - 1];
        using var packed = new MemoryStream(common.Length);
        int begins;
        // The fastest level: the best one takes twice its time to save 140 bytes a mail.
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(common);

            // Ends on a whole byte, so that what comes before can be left out here and put back when it is read.
            deflate.Flush();
            begins = (int)packed.Length;
            JsonSerializer.Serialize(deflate, content, s_json);
        }

        return [Current, .. packed.GetBuffer().AsSpan(begins, (int)packed.Length - begins)];
    }

    /// <summary>The content in what was sealed, whenever that was.</summary>
    /// <exception cref="InvalidDataException">A newer version of the program packed it.</exception>
    public static MailContent Unpack(ReadOnlySpan<byte> packed)
    {
        switch (packed)
        {
            case [(byte)'{', ..]:
                return JsonSerializer.Deserialize<MailContent>(packed, s_json)!;
            case [>= 1 and <= Current, ..]:
                break;
            default:
                throw new InvalidDataException("The content of a mail was stored by a newer version of this program.");
        }

        var common = s_texts[packed[0] - 1];
        using var deflated = new MemoryStream([.. AsBlock(common), .. packed[1..]]);
        using var inflate = new DeflateStream(deflated, CompressionMode.Decompress);
        inflate.ReadExactly(new byte[common.Length]);
        return JsonSerializer.Deserialize<MailContent>(inflate, s_json)!;
    }

    // A block that is not compressed: 00, its length, the length's complement, the bytes.
    private static byte[] AsBlock(byte[] bytes)
    {
        Span<byte> head = stackalloc byte[5];
        BinaryPrimitives.WriteUInt16LittleEndian(head[1..], checked((ushort)bytes.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~bytes.Length);
        return [.. head, .. bytes];
    }

    private static byte[] Load(int number)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"mail-packing/{number}.txt")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
