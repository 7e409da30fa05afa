namespace InquiryRouter.Infrastructure.ReferenceData.Import;

internal enum RawKind
{
    /// <summary>Nothing stands there: no field, an empty cell, a JSON null.</summary>
    Nothing,
    Text,
    Number,
    True,
    False,
    List,
    Object,

    /// <summary>Text that cannot be read, such as half of a surrogate pair.</summary>
    Broken,

    /// <summary>Its problem is already in the list.</summary>
    Reported,
}

internal readonly record struct RawField(string Name, RawValue Value);

/// <summary>What stands in a file, before any rule: both formats become this, so that the rules are written once.</summary>
internal sealed class RawValue(long line, RawKind kind, string text = "")
{
    /// <summary>From 1.</summary>
    public long Line { get; } = line;

    public RawKind Kind { get; } = kind;

    /// <summary>Of a text without its quotes, of a number as it is written.</summary>
    public string Text { get; } = text;

    public IReadOnlyList<RawValue> Items { get; private init; } = [];

    /// <summary>In the order of the file; a name may stand twice.</summary>
    public IReadOnlyList<RawField> Fields { get; private init; } = [];

    public static RawValue List(long line, IReadOnlyList<RawValue> items) => new(line, RawKind.List) { Items = items };

    public static RawValue Object(long line, IReadOnlyList<RawField> fields) => new(line, RawKind.Object) { Fields = fields };

    /// <summary>How a problem shows it.</summary>
    public override string ToString() => Kind switch
    {
        RawKind.True => "true",
        RawKind.False => "false",
        RawKind.List => "[…]",
        RawKind.Object => "{…}",
        _ => Text,
    };
}
