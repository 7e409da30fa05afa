using System.Text;
using System.Text.Json;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Reads the JSON form clinic by clinic, with the line of every value, which a document model does not keep.</summary>
internal ref struct JsonClinicFile
{
    private const int SourceLength = 200;

    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private int _counted;
    private long _line;

    private JsonClinicFile(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8);
        _line = 1;
    }

    /// <summary>Hands over every clinic and returns the file's source; what is wrong with the file itself becomes problems.</summary>
    public static string Read(ReadOnlySpan<byte> utf8, ProblemList problems, Action<RawValue> clinic)
    {
        try
        {
            return new JsonClinicFile(utf8).ReadFile(problems, clinic);
        }
        catch (JsonException e)
        {
            AddSyntaxError(utf8, e, problems);
            return string.Empty;
        }
    }

    private string ReadFile(ProblemList problems, Action<RawValue> clinic)
    {
        _reader.Read();
        var file = _reader.TokenType == JsonTokenType.StartObject ? ReadObject(clinic) : ReadValue();

        // Reads what follows the value: anything but space is an error the reader throws.
        while (_reader.Read())
        {
        }

        if (file.Kind != RawKind.Object)
        {
            problems.Add(file.Line, ProblemList.File, file.ToString(), $"An object with {string.Join(", ", ClinicFields.File)}.");
            return string.Empty;
        }

        var fields = new FieldReader(file, string.Empty, ClinicFields.File, problems);
        var source = fields.Text("source", SourceLength);
        fields.OptionalDate("asOf");
        fields.TrueOrFalse("reviewed", whenAbsent: false);
        fields.Add("clinics", fields["clinics"], "A list of clinics.");
        return source;
    }

    private RawValue ReadValue()
    {
        var line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(clinic: null);
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
                return new RawValue(line, RawKind.Nothing);
        }
    }

    /// <param name="clinic">Given for the object that is the file: takes the items of its clinics, so that they are not all held at once.</param>
    private RawValue ReadObject(Action<RawValue>? clinic)
    {
        var line = Line();
        var fields = new List<RawField>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            TryGetText(out var name);
            _reader.Read();
            if (clinic is null || name != "clinics" || _reader.TokenType != JsonTokenType.StartArray || fields.Exists(f => f.Name == "clinics"))
            {
                fields.Add(new RawField(name, ReadValue()));
                continue;
            }

            fields.Add(new RawField(name, new RawValue(Line(), RawKind.Reported)));
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                clinic(ReadValue());
            }
        }

        return RawValue.Object(line, fields);
    }

    /// <summary>False for an escaped half of a surrogate pair, which no string may hold: then as it is written in the file.</summary>
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

    private static void AddSyntaxError(ReadOnlySpan<byte> utf8, JsonException error, ProblemList problems)
    {
        var rest = utf8;
        for (var skipped = 0L; skipped < error.LineNumber && rest.IndexOf((byte)'\n') is >= 0 and var end; skipped++)
        {
            rest = rest[(end + 1)..];
        }

        var line = rest.IndexOf((byte)'\n') is >= 0 and var length ? rest[..length] : rest;
        var at = (int)Math.Min(error.BytePositionInLine ?? 0, line.Length);
        problems.Add((error.LineNumber ?? 0) + 1, ProblemList.File, Encoding.UTF8.GetString(line[at..]), $"JSON. {Why(error.Message)} What follows is not read.");
    }

    /// <summary>
    /// The reader's sentence without the place, which it counts from 0, and without what it quotes: that may be the rest of the file, with
    /// every control character in it.
    /// </summary>
    private static string Why(string message)
    {
        const string after = "' is ";
        var place = message.LastIndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = place < 0 ? message : message[..place];
        var quoted = sentence.StartsWith('\'') ? sentence.LastIndexOf(after, StringComparison.Ordinal) : -1;
        return quoted < 0 ? sentence : "This" + sentence[(quoted + 1)..];
    }
}
