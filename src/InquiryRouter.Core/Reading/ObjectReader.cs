using System.Globalization;
using System.Numerics;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Reading;

/// <summary>Where problems go, and what is said of names.</summary>
/// <param name="Add">
/// Takes a problem: its place (<c>treatments[2].priceCurrency</c>), what stands there, and a sentence or code of what may.
/// </param>
public sealed record Reporting(Action<string, RawValue, string> Add)
{
    /// <summary>Of a name that is not among those known.</summary>
    public Func<IReadOnlyList<string>, string> Unknown { get; init; } =
        known => $"Not a field here. The fields are: {string.Join(", ", known)}.";

    /// <summary>Whether words are cleaned before they are looked at (<see cref="Typed.Code"/>); otherwise they count as they stand.</summary>
    public bool CleansWords { get; init; }

    /// <summary>Of a name that stands once more.</summary>
    public string Twice { get; init; } = "A field stands once; this one stands twice.";
}

/// <summary>
/// The fields of one object: all problems at once; unknown and repeated names are refused. A method that finds a field wrong reports it and
/// returns null or an empty text or list, so that one mistake is reported once.
/// </summary>
public sealed class ObjectReader
{
    private const string DateFormat = "yyyy-MM-dd";

    // Below this many, looking through them costs less than a set.
    private const int Few = 16;

    private readonly RawValue _record;
    private readonly Reporting _reporting;
    private readonly string[] _known;
    private readonly string _place;
    private readonly RawValue?[] _values;

    /// <param name="record">An object, or one that was reported as none: then its fields are not missed.</param>
    /// <param name="reporting">Takes the problems.</param>
    /// <param name="known">The fields it may have.</param>
    /// <param name="place">What stands before a field's name, such as <c>treatments[2].</c>.</param>
    public ObjectReader(RawValue record, Reporting reporting, string[] known, string place = "")
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(known);
        (_record, _reporting, _known, _place) = (record, reporting, known, place);
        _values = new RawValue?[known.Length];
        foreach (var (name, value) in record.Fields)
        {
            var i = Array.IndexOf(known, name);
            if (i < 0)
            {
                Add(name.Length > 0 ? name : "\"\"", value, reporting.Unknown(known));
            }
            else if (_values[i] is not null)
            {
                Add(name, value, reporting.Twice);
            }
            else
            {
                _values[i] = value;
            }
        }
    }

    public RawValue this[string name]
    {
        get
        {
            var i = Array.IndexOf(_known, name);
            return i < 0 ? throw new ArgumentException("Not a field of the object.", nameof(name))
                : _values[i] ??= new RawValue(_record.Line, _record.Kind == RawKind.Record ? RawKind.Nothing : RawKind.Reported);
        }
    }

    public bool Has(string name) => this[name].IsGiven;

    public void Add(string name, string allowed) => Add(name, this[name], allowed);

    public void Add(string name, string value, string allowed) => Add(name, new RawValue(_record.Line, RawKind.Text, value), allowed);

    public void Add(string name, RawValue value, string allowed)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Kind != RawKind.Reported)
        {
            _reporting.Add(_place + name, value, allowed);
        }
    }

    /// <summary>Free text of one line, cleaned (<see cref="Typed.Line"/>).</summary>
    public string Text(string name, int longest)
    {
        if (this[name] is { Kind: RawKind.Text } value
            && Typed.Line(value.Text) is { } text && text.Length <= longest && Typed.IsShowable(text))
        {
            return text;
        }

        Add(name, FormattableString.Invariant($"A text of 1 to {longest} characters, without line breaks and other control characters."));
        return string.Empty;
    }

    public string? OptionalText(string name, int longest) => Has(name) ? Text(name, longest) : null;

    /// <summary>A text that <paramref name="isAllowed"/> knows.</summary>
    public string Word(string name, Func<string, bool> isAllowed, string allowed)
    {
        if (this[name] is { Kind: RawKind.Text } value && WordOf(value) is var word && isAllowed(word))
        {
            return word;
        }

        Add(name, allowed);
        return string.Empty;
    }

    public string? OptionalWord(string name, Func<string, bool> isAllowed, string allowed) =>
        Has(name) ? Word(name, isAllowed, allowed) : null;

    public string OneOf(string name, params string[] words) =>
        Word(name, w => Array.IndexOf(words, w) >= 0, $"One of: {string.Join(", ", words)}.");

    /// <summary>A list of words, each kept once.</summary>
    /// <param name="allowed">Of a word that is wrong.</param>
    /// <param name="listAllowed">Of what is no list of so many.</param>
    /// <param name="atLeast">The fewest.</param>
    /// <param name="twice">Of a word that stands once more; null: that is no mistake.</param>
    public IReadOnlyList<string> Words(
        string name, Func<string, bool> isAllowed, string allowed, string listAllowed, int atLeast = 0, string? twice = null)
    {
        var value = this[name];
        if (value.Kind != RawKind.List || value.Items.Count < atLeast)
        {
            Add(name, listAllowed);
            return [];
        }

        var words = new List<string>(value.Items.Count);
        var seen = value.Items.Count > Few ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var item in value.Items)
        {
            var word = item.Kind == RawKind.Text ? WordOf(item) : string.Empty;
            if (item.Kind != RawKind.Text || !isAllowed(word))
            {
                Add(name, item, allowed);
            }
            else if (seen?.Add(word) ?? !words.Contains(word, StringComparer.Ordinal))
            {
                words.Add(word);
            }
            else if (twice is not null)
            {
                Add(name, item, twice);
            }
        }

        return words;
    }

    /// <summary>Only <c>true</c> and <c>false</c> themselves; a cell's other words for them are translated before.</summary>
    public bool? TrueOrFalse(string name, string allowed = "true or false.")
    {
        if (this[name].Kind is RawKind.True or RawKind.False)
        {
            return this[name].Kind == RawKind.True;
        }

        Add(name, allowed);
        return null;
    }

    public bool? OptionalTrueOrFalse(string name, string allowed = "true or false.") => Has(name) ? TrueOrFalse(name, allowed) : null;

    /// <summary>A number, not a text of digits. A whole one has neither point nor exponent.</summary>
    public T? Number<T>(string name, Func<T, bool> isAllowed, string allowed)
        where T : struct, INumber<T>
    {
        var style = typeof(T) == typeof(int) ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (this[name] is { Kind: RawKind.Number } value
            && T.TryParse(value.Text, style, CultureInfo.InvariantCulture, out var number) && isAllowed(number))
        {
            return number;
        }

        Add(name, allowed);
        return null;
    }

    public T? OptionalNumber<T>(string name, Func<T, bool> isAllowed, string allowed)
        where T : struct, INumber<T> => Has(name) ? Number(name, isAllowed, allowed) : null;

    /// <summary>A whole number between two bounds (both included).</summary>
    public int? Whole(string name, int least, int most) =>
        Number<int>(name, n => n >= least && n <= most, FormattableString.Invariant($"A whole number from {least} to {most}."));

    public TimeOnly? Time(string name)
    {
        if (this[name] is { Kind: RawKind.Text } value
            && TimeOnly.TryParseExact(WordOf(value), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Add(name, "A time of day as HH:mm, such as 09:00.");
        return null;
    }

    public DateOnly? Date(string name)
    {
        if (this[name] is { Kind: RawKind.Text } value && TryDate(WordOf(value), out var date))
        {
            return date;
        }

        Add(name, "A date as yyyy-MM-dd, such as 2026-05-31.");
        return null;
    }

    public DateOnly? OptionalDate(string name) => Has(name) ? Date(name) : null;

    /// <summary>A day that is not before that of another field.</summary>
    public DateOnly? DateFrom(string first, DateOnly? from, string name, bool optional = false)
    {
        var date = optional ? OptionalDate(name) : Date(name);
        if (date < from)
        {
            var a = optional ? "Nothing, or a" : "A";
            Add(name, FormattableString.Invariant($"{a} date as yyyy-MM-dd, not before {first}, which is {from:yyyy-MM-dd}."));
        }

        return date;
    }

    /// <summary>Two days, the second not before the first; both belong to the period.</summary>
    public (DateOnly? From, DateOnly? To) Period(string first, string second, bool optional = false)
    {
        var from = optional ? OptionalDate(first) : Date(first);
        return (from, DateFrom(first, from, second, optional));
    }

    /// <summary>The fields of an object within; they are not missed when it is none.</summary>
    public ObjectReader Within(string name, string[] known, string allowed, bool optional = false)
    {
        var value = this[name];
        if (optional && !value.IsGiven)
        {
            value = RawValue.Record(value.Line, []);
        }
        else if (value.Kind != RawKind.Record)
        {
            Add(name, allowed);
            value = new RawValue(value.Line, RawKind.Reported);
        }

        return new ObjectReader(value, _reporting, known, $"{_place}{name}.");
    }

    /// <summary>The entries of a list of objects, while they are asked for.</summary>
    /// <param name="optional">The list may be left out.</param>
    public IEnumerable<ObjectReader> Entries(string name, string[] known, bool optional = false)
    {
        var value = this[name];
        if (value.Kind != RawKind.List)
        {
            if (!optional || value.IsGiven)
            {
                Add(name, "A list of entries; it may be empty.");
            }

            yield break;
        }

        for (var i = 0; i < value.Items.Count; i++)
        {
            var place = FormattableString.Invariant($"{name}[{i + 1}]");
            if (value.Items[i].Kind == RawKind.Record)
            {
                yield return new ObjectReader(value.Items[i], _reporting, known, $"{_place}{place}.");
            }
            else
            {
                Add(place, value.Items[i], $"An entry with {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>What <paramref name="read"/> makes of the entries of a list; null: nothing.</summary>
    public IReadOnlyList<T> Entries<T>(string name, string[] known, Func<ObjectReader, T?> read, bool optional = false)
        where T : class => [.. Entries(name, known, optional).Select(read).OfType<T>()];

    private string WordOf(RawValue value) => _reporting.CleansWords ? Typed.Code(value.Text) ?? string.Empty : value.Text;

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
