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

/// <summary>The fields of a file; in CSV the clinic's are the columns, the others the parts of an entry, in this order.</summary>
internal static class ClinicFields
{
    public static readonly string[] File = ["source", "asOf", "reviewed", "clinics"];

    public static readonly string[] Clinic =
    [
        "code", "name", "active", "country", "city", "timeZone", "email", "contactName", "languages", "ageGroups",
        "weeklyCap", "opens", "closes", "workDays", "treatments", "credentials",
    ];

    /// <summary>Fields of the new model that are not read yet.</summary>
    public static readonly string[] Later =
    [
        "contacts", "sites", "dailyPace", "holidays", "leave", "offerWindowHours", "packages", "physicians", "site", "issuerRecognisedBy", "programme",
        "nextCheck", "evidenceHash",
    ];

    public static readonly string[] Treatment =
        ["condition", "conditionType", "treatment", "cellSources", "priceAmount", "priceCurrency", "includes"];

    public static readonly string[] Credential =
        ["body", "scope", "number", "validFrom", "validTo", "status", "verifiedBy", "verifiedAt", "sourceUrl"];
}
