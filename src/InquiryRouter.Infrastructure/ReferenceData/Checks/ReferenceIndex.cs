using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>The codes of a file, for the rows of others that name them.</summary>
/// <param name="codes">Null: the file cannot be read, which is a problem of its own; then nothing is unknown.</param>
internal sealed class KnownCodes(IReadOnlySet<string>? codes, string allowed)
{
    public string Allowed { get; } = allowed;

    public bool Contains(string code) => codes is null || codes.Contains(code);
}

/// <summary>What the rows of all files are called, found without asking whether they are right.</summary>
internal sealed class ReferenceIndex
{
    private readonly Dictionary<string, RawValue> _files;

    public ReferenceIndex(Dictionary<string, RawValue> files)
    {
        _files = files;
        Countries = Codes("countries", "The two capital letters of a country in the list of countries, such as MX.");
        Languages = Codes("languages", "The two small letters of a language in the list of languages, such as en.");
        Currencies = Codes("currencies", "The three capital letters of a currency in the list of currencies, such as USD.");
        Specialties = Codes("specialties");
        Scopes = Codes("scopes");
        ClinicalScopes = Codes("scopes", where: r => r["clinical"]?.Kind == RawKind.True);
        Conditions = Codes("conditions", where: r => Text(r, "code") != Core.Intake.ReferenceLists.OtherCondition);
        Treatments = Codes("treatments", where: r => Text(r, "kind") == "treatment");
        Bodies = Codes("accreditation-bodies");
        Rated = new KnownCodes(Set("exchange-rates", "currency", _ => true), "A currency with a row in exchange-rates.");
    }

    public KnownCodes Countries { get; }

    public KnownCodes Languages { get; }

    public KnownCodes Currencies { get; }

    /// <summary>Currencies with a rate.</summary>
    public KnownCodes Rated { get; }

    public KnownCodes Specialties { get; }

    public KnownCodes Scopes { get; }

    public KnownCodes ClinicalScopes { get; }

    /// <summary>Without "another condition", which is what a patient may say, not what a rule can be about.</summary>
    public KnownCodes Conditions { get; }

    /// <summary>Those a clinic can offer: no families.</summary>
    public KnownCodes Treatments { get; }

    public KnownCodes Bodies { get; }

    /// <summary>The rows of a file that are objects; none when it cannot be read.</summary>
    public IEnumerable<RawValue> Rows(string name) =>
        _files.GetValueOrDefault(name)?["rows"]?.Items.Where(r => r.Kind == RawKind.Record) ?? [];

    /// <summary>The row with this code, whatever else is wrong with it.</summary>
    public RawValue? Row(string name, string code) => Rows(name).FirstOrDefault(r => Text(r, "code") == code);

    public static string? Text(RawValue row, string field) => row[field] is { Kind: RawKind.Text } value ? value.Text : null;

    public static IEnumerable<string> Texts(RawValue row, string field) =>
        row[field]?.Items.Where(v => v.Kind == RawKind.Text).Select(v => v.Text) ?? [];

    private KnownCodes Codes(string name, string? allowed = null, Func<RawValue, bool>? where = null)
    {
        var codes = Set(name, "code", where ?? (_ => true));
        return new KnownCodes(codes, allowed ?? $"One of: {string.Join(", ", (codes ?? []).Order(StringComparer.Ordinal))}.");
    }

    private HashSet<string>? Set(string name, string field, Func<RawValue, bool> where) =>
        _files.ContainsKey(name) ? Rows(name).Where(where).Select(r => Text(r, field)).OfType<string>().ToHashSet(StringComparer.Ordinal) : null;
}
