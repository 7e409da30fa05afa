using System.Globalization;
using System.Text.Json;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>
/// The fields of one object of a reference file. A method that finds a field wrong adds the problem and returns null or nothing; only what is
/// right is returned, so that one mistake is reported once.
/// </summary>
internal sealed class RowReader
{
    public const int NameLength = 200;
    public const int TextLength = 1000;
    private const string WordAllowed = "A code of 2 to 40 of a to z, 0 to 9 and -.";

    private readonly JsonElement _row;
    private readonly string _place;
    private readonly string[] _known;

    public RowReader(JsonElement row, string file, int number, ReferenceProblems problems, string place, params string[] known)
    {
        (_row, File, Number, Problems, _place, _known) = (row, file, number, problems, place, known);
        foreach (var field in row.EnumerateObject().Where(f => Array.IndexOf(known, f.Name) < 0))
        {
            Add(field.Name, field.Value, $"Not a field here. The fields are: {string.Join(", ", known)}.");
        }
    }

    public string File { get; }

    public int Number { get; }

    public ReferenceProblems Problems { get; }

    public JsonElement this[string name] => Array.IndexOf(_known, name) < 0 ? throw new ArgumentException("Not a field of the row.", nameof(name))
        : _row.TryGetProperty(name, out var value) ? value : default;

    public void Add(string field, JsonElement value, string allowed) => Add(field, ReferenceProblems.Show(value), allowed);

    public void Add(string field, string value, string allowed) => Problems.Add(File, Number, _place + field, value, allowed);

    public bool Has(string name) => this[name].ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public string? Text(string name, int longest = NameLength)
    {
        var value = this[name];
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            && text.Trim().Length is > 0 and var length && length <= longest && !text.Any(c => char.IsControl(c)))
        {
            return text;
        }

        Add(name, value, string.Create(CultureInfo.InvariantCulture, $"A text of 1 to {longest} characters, without line breaks and other control characters."));
        return null;
    }

    public string? OptionalText(string name, int longest = NameLength) => Has(name) ? Text(name, longest) : null;

    /// <summary>A text that <paramref name="isAllowed"/> knows.</summary>
    public string? Code(string name, Func<string, bool> isAllowed, string allowed)
    {
        var value = this[name];
        if (value.ValueKind == JsonValueKind.String && isAllowed(value.GetString()!))
        {
            return value.GetString();
        }

        Add(name, value, allowed);
        return null;
    }

    public string? OptionalCode(string name, Func<string, bool> isAllowed, string allowed) => Has(name) ? Code(name, isAllowed, allowed) : null;

    /// <summary>A code of another file.</summary>
    public string? Reference(string name, KnownCodes known) => Code(name, known.Contains, known.Allowed);

    public string? OptionalReference(string name, KnownCodes known) => OptionalCode(name, known.Contains, "Nothing, or: " + known.Allowed);

    /// <summary>A new code: small letters, digits and hyphens.</summary>
    public string? Word(string name) => Code(name, IsWord, WordAllowed);

    public static bool IsWord(string text) =>
        text.Length is >= 2 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public string? OneOf(string name, params string[] words) =>
        Code(name, w => Array.IndexOf(words, w) >= 0, $"One of: {string.Join(", ", words)}.");

    /// <summary>A list of texts, each once; those that are not allowed are reported and left out.</summary>
    public IReadOnlyList<string> Words(string name, Func<string, bool> isAllowed, string allowed, int atLeast)
    {
        var value = this[name];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < atLeast)
        {
            Add(name, value, atLeast > 0 ? $"A list of at least {atLeast}. {allowed}" : $"A list; it may be empty. {allowed}");
            return [];
        }

        var words = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !isAllowed(item.GetString()!))
            {
                Add(name, item, allowed);
            }
            else if (words.Contains(item.GetString()!, StringComparer.Ordinal))
            {
                Add(name, item, "Each once; this one stands twice.");
            }
            else
            {
                words.Add(item.GetString()!);
            }
        }

        return words;
    }

    public IReadOnlyList<string> References(string name, KnownCodes known, int atLeast) => Words(name, known.Contains, known.Allowed, atLeast);

    public bool? TrueOrFalse(string name)
    {
        var value = this[name];
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Add(name, value, "true or false.");
        return null;
    }

    public DateOnly? Date(string name)
    {
        var value = this[name];
        if (value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Add(name, value, "A date as yyyy-MM-dd, such as 2026-05-31.");
        return null;
    }

    /// <summary>Two dates, each of which may be null: from the first to the second, both included.</summary>
    public (DateOnly? From, DateOnly? To) Period(string fromName, string toName)
    {
        DateOnly? from = Has(fromName) ? Date(fromName) : null;
        DateOnly? to = Has(toName) ? Date(toName) : null;
        if (to < from)
        {
            Add(toName, this[toName], string.Create(CultureInfo.InvariantCulture, $"Nothing, or a date not before {fromName}, which is {from:yyyy-MM-dd}."));
        }

        return (from, to);
    }

    /// <summary>A number above zero.</summary>
    public decimal? Amount(string name, decimal most)
    {
        var value = this[name];
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number > 0 && number <= most)
        {
            return number;
        }

        Add(name, value, string.Create(CultureInfo.InvariantCulture, $"A number above 0 and up to {most:#,0}."));
        return null;
    }

    /// <summary>The objects of a list.</summary>
    public IEnumerable<RowReader> Entries(string name, params string[] known)
    {
        var value = this[name];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(name, value, "A list; it may be empty.");
            yield break;
        }

        var n = 0;
        foreach (var item in value.EnumerateArray())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}[{++n}]");
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return new RowReader(item, File, Number, Problems, _place + place + ".", known);
            }
            else
            {
                Add(place, item, $"An entry with {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>Where the row is from: facts about medicine and law carry it each, lists of standards once for the file.</summary>
    public void Provenance()
    {
        Text("source", TextLength);
        Date("asOf");
        TrueOrFalse("reviewed");
    }
}
