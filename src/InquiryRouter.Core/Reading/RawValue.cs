using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Reading;

public enum RawKind
{
    /// <summary>Nothing stands there: no field, an empty cell.</summary>
    Nothing,

    /// <summary>A JSON null: as good as nothing, except where a file must say so.</summary>
    Null,
    Text,
    Number,
    True,
    False,
    List,
    Record,

    /// <summary>Text that cannot be read, such as half of a surrogate pair.</summary>
    Broken,

    /// <summary>Its problem has been reported.</summary>
    Reported,
}

public readonly record struct RawField(string Name, RawValue Value);

/// <summary>What stands in a file, before any rule. JSON and CSV both become this, so that the rules are written once.</summary>
public sealed class RawValue(long line, RawKind kind, string text = "")
{
    /// <summary>As many characters of a value are shown.</summary>
    public const int LongestShown = 80;

    /// <summary>From 1.</summary>
    public long Line { get; } = line;

    public RawKind Kind { get; } = kind;

    public bool IsGiven => Kind is not (RawKind.Nothing or RawKind.Null);

    /// <summary>Of a text without its quotes, of a number as it is written.</summary>
    public string Text { get; } = text;

    public IReadOnlyList<RawValue> Items { get; private init; } = [];

    /// <summary>In the order of the file; a name may stand twice.</summary>
    public IReadOnlyList<RawField> Fields { get; private init; } = [];

    /// <summary>The first field of this name.</summary>
    public RawValue? this[string name] => Fields.FirstOrDefault(f => f.Name == name).Value;

    public static RawValue List(long line, IReadOnlyList<RawValue> items) => new(line, RawKind.List) { Items = items };

    public static RawValue Record(long line, IReadOnlyList<RawField> fields) => new(line, RawKind.Record) { Fields = fields };

    /// <summary>How a problem shows it.</summary>
    public override string ToString() => Kind switch
    {
        RawKind.True => "true",
        RawKind.False => "false",
        RawKind.List => Items.Count == 0 ? "[]" : "[…]",
        RawKind.Record => Fields.Count == 0 ? "{}" : "{…}",
        _ => Text,
    };

    /// <summary>
    /// A text as a problem shows it: at most <see cref="LongestShown"/> characters. Files come from outside and problems are printed on a
    /// terminal, so no control character is among them.
    /// </summary>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int kept = LongestShown - 1;
        var cut = text.Length <= LongestShown ? text
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept), "…");
        return cut.Any(Typed.IsUnshowable) ? string.Concat(cut.Select(c => Typed.IsUnshowable(c) ? '\uFFFD' : c)) : cut;
    }
}
