using System.Buffers.Text;
using System.Text;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>What came back for one post. Status 0: no answer at all; the reference is 0 when the answer held none.</summary>
internal readonly record struct HttpAnswer(int Status, ulong Reference, bool KeepAlive, int BodyStart)
{
    public static readonly HttpAnswer None = new(0, 0, KeepAlive: false, 0);

    /// <summary>Reads an answer once it is complete; false while bytes are still missing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpAnswer answer)
    {
        answer = None;
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var head = bytes[..(headEnd + 2)];
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new InvalidDataException("The answer is not HTTP/1.1.");
        }

        var (length, chunked, keepAlive) = ReadHeaders(head);
        var body = bytes[(headEnd + 4)..];
        if (chunked ? !HasLastChunk(body) : body.Length < length)
        {
            return false;
        }

        // The chunk sizes stay in: a server writes so short a body as one chunk.
        _ = ReferenceCode.TryFind(body, out var reference);
        answer = new HttpAnswer(status, reference, keepAlive, headEnd + 4);
        return true;
    }

    private static (int Length, bool Chunked, bool KeepAlive) ReadHeaders(ReadOnlySpan<byte> head)
    {
        var (length, chunked, keepAlive) = (0, false, true);
        while (head.Length > 0)
        {
            var lineEnd = head.IndexOf((byte)'\n');
            var line = head[..lineEnd].TrimEnd((byte)'\r');
            head = head[(lineEnd + 1)..];
            if (TryValue(line, "content-length:"u8, out var value))
            {
                _ = Utf8Parser.TryParse(value, out length, out _);
            }
            else if (TryValue(line, "transfer-encoding:"u8, out value))
            {
                chunked = value.EndsWith("chunked"u8);
            }
            else if (TryValue(line, "connection:"u8, out value))
            {
                keepAlive = !value.StartsWith("close"u8);
            }
        }

        return (length, chunked, keepAlive);
    }

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length < name.Length || !Ascii.EqualsIgnoreCase(line[..name.Length], name))
        {
            return false;
        }

        value = line[name.Length..].Trim((byte)' ');
        return true;
    }

    private static bool HasLastChunk(ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var lineEnd = body.IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                return false;
            }

            if (!Utf8Parser.TryParse(body[..lineEnd], out int size, out _, 'x') || size < 0)
            {
                throw new InvalidDataException("A chunk of the answer has no size.");
            }

            var next = lineEnd + 2 + size + 2;
            if (body.Length < next)
            {
                return false;
            }

            if (size == 0)
            {
                return true;
            }

            body = body[next..];
        }
    }
}
