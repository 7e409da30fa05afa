using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace InquiryRouter.Core.Reading;

/// <summary>Reads JSON with the line of every value, which a document model does not keep.</summary>
public ref struct RawJson
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string? _streamed;
    private readonly Action<RawValue>? _take;
    private Utf8JsonReader _reader;
    private int _counted;
    private long _line = 1;

    private RawJson(ReadOnlySpan<byte> utf8, JsonReaderOptions options, string? streamed, Action<RawValue>? take)
    {
        (_streamed, _take) = (streamed, take);
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8, options);
    }

    /// <param name="utf8">A byte order mark in front of it is skipped.</param>
    /// <param name="options">How strict it is, and how deep.</param>
    /// <exception cref="NotUtf8Exception">It is in another encoding.</exception>
    /// <exception cref="JsonException">It is no JSON; the message quotes what stands there.</exception>
    public static RawValue Read(ReadOnlySpan<byte> utf8, JsonReaderOptions options = default) =>
        new RawJson(Text(utf8), options, null, null).ReadFile();

    /// <summary>The same, for a file with one long list: its items are handed over one by one and not kept.</summary>
    /// <param name="streamed">The field of the file's object that is the list; in the result it is <see cref="RawKind.Reported"/>.</param>
    /// <param name="take">Takes an item.</param>
    /// <exception cref="JsonException">It is no JSON. The items before that place were handed over.</exception>
    public static RawValue Read(ReadOnlySpan<byte> utf8, string streamed, Action<RawValue> take) =>
        new RawJson(Text(utf8), default, streamed, take).ReadFile();

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (Utf8.IsValid(text))
        {
            return text;
        }

        var good = 0;
        while (Rune.DecodeFromUtf8(text[good..], out _, out var taken) == OperationStatus.Done)
        {
            good += taken;
        }

        throw new NotUtf8Exception(text[..good].Count((byte)'\n'), good - 1 - text[..good].LastIndexOf((byte)'\n'));
    }

    private RawValue ReadFile()
    {
        _reader.Read();
        var file = ReadValue();

        // Anything but space behind the value is an error that the reader throws.
        while (_reader.Read())
        {
        }

        return file;
    }

    private RawValue ReadValue()
    {
        var line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(line);
            case JsonTokenType.StartArray:
                var items = new List<RawValue>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue());
                }

                return RawValue.List(line, items);
            case JsonTokenType.String:
                return TryGetText(out var text) ? new RawValue(line, RawKind.Text, text) : new RawValue(line, RawKind.Broken, text);
            case JsonTokenType.Number:
                return new RawValue(line, RawKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.True:
                return new RawValue(line, RawKind.True);
            case JsonTokenType.False:
                return new RawValue(line, RawKind.False);
            default:
                return new RawValue(line, RawKind.Null);
        }
    }

    private RawValue ReadObject(long line)
    {
        var isFile = _reader.CurrentDepth == 0;
        var fields = new List<RawField>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            TryGetText(out var name);
            _reader.Read();
            if (isFile && name == _streamed && _reader.TokenType == JsonTokenType.StartArray && !fields.Exists(f => f.Name == name))
            {
                fields.Add(new RawField(name, new RawValue(Line(), RawKind.Reported)));
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    _take!(ReadValue());
                }
            }
            else
            {
                fields.Add(new RawField(name, ReadValue()));
            }
        }

        return RawValue.Record(line, fields);
    }

    /// <summary>False for half of a surrogate pair: then the text is as it is written.</summary>
    private readonly bool TryGetText(out string text)
    {
        try
        {
            text = _reader.GetString() ?? string.Empty;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = Encoding.UTF8.GetString(_reader.ValueSpan);
            return false;
        }
    }

    private long Line()
    {
        var start = (int)_reader.TokenStartIndex;
        _line += _utf8[_counted..start].Count((byte)'\n');
        _counted = start;
        return _line;
    }
}
