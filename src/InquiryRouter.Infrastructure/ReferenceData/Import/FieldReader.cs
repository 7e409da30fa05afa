using System.Globalization;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>
/// The fields of one object of a file. A method that finds a field wrong adds the problem and returns a value nobody may use:
/// the caller compares the number of problems before and after.
/// </summary>
internal sealed class FieldReader
{
    // More digits than any field needs, and few enough that decimal rounds none away.
    private const int LongestNumber = 28;

    private const int VerifiedByLength = 100;
    private const string DateFormat = "yyyy-MM-dd";

    private readonly RawValue?[] _values;
    private readonly string[] _known;
    private readonly RawValue _record;
    private readonly string _place;
    private readonly ProblemList _problems;

    /// <param name="record">An object; unknown and repeated fields of it become problems here.</param>
    /// <param name="place">What stands before a field's name, such as <c>treatments[2].</c>.</param>
    /// <param name="known">The fields it may have.</param>
    public FieldReader(RawValue record, string place, string[] known, ProblemList problems)
    {
        (_record, _place, _known, _problems) = (record, place, known, problems);
        _values = new RawValue?[known.Length];
        foreach (var (name, value) in record.Fields)
        {
            var i = Array.IndexOf(known, name);
            if (i < 0)
            {
                Add(name.Length > 0 ? name : "\"\"", value, $"Not a field here. The fields are: {string.Join(", ", known)}.");
            }
            else if (_values[i] is not null)
            {
                Add(name, value, "A field stands once; this one stands twice.");
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
            return _values[i] ??= new RawValue(_record.Line, RawKind.Nothing);
        }
    }

    public static bool IsControl(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    public void Add(string name, RawValue value, string allowed)
    {
        if (value.Kind != RawKind.Reported)
        {
            _problems.Add(value.Line, _place + name, value.ToString(), allowed);
        }
    }

    public bool Has(string name) => this[name].Kind != RawKind.Nothing;

    /// <summary>Free text, without the spaces around it.</summary>
    public string Text(string name, int longest)
    {
        var value = this[name];
        var text = value.Text.Trim();
        if (value.Kind == RawKind.Text && text.Length >= 1 && text.Length <= longest && !text.Any(IsControl))
        {
            return text;
        }

        Add(name, value, string.Create(CultureInfo.InvariantCulture, $"A text of 1 to {longest} characters, without line breaks and other control characters."));
        return string.Empty;
    }

    public string? OptionalText(string name, int longest) => Has(name) ? Text(name, longest) : null;

    /// <summary>A text that <paramref name="isAllowed"/> knows, as it stands.</summary>
    public string Word(string name, Func<string, bool> isAllowed, string allowed)
    {
        var value = this[name];
        if (value.Kind == RawKind.Text && isAllowed(value.Text))
        {
            return value.Text;
        }

        Add(name, value, allowed);
        return string.Empty;
    }

    public string? OptionalWord(string name, Func<string, bool> isAllowed, string allowed) => Has(name) ? Word(name, isAllowed, allowed) : null;

    /// <summary>A list of words, each kept once.</summary>
    /// <param name="longest">Of the words together, with a space between them: so they are stored.</param>
    /// <param name="atLeast">The fewest; a list that may be empty may also be left out.</param>
    public IReadOnlyList<string> Words(string name, Func<string, bool> isAllowed, string allowed, int longest, int atLeast = 1)
    {
        var value = this[name];
        if (value.Kind != RawKind.List)
        {
            if (atLeast > 0 || value.Kind != RawKind.Nothing)
            {
                Add(name, value, Listed(allowed, atLeast));
            }

            return [];
        }

        var words = new List<string>(value.Items.Count);
        var seen = value.Items.Count > 16 ? new HashSet<string>(StringComparer.Ordinal) : null;
        var length = 0;
        foreach (var item in value.Items)
        {
            if (item.Kind != RawKind.Text || !isAllowed(item.Text))
            {
                Add(name, item, Listed(allowed, atLeast));
            }
            else if (seen?.Add(item.Text) ?? !words.Contains(item.Text, StringComparer.Ordinal))
            {
                words.Add(item.Text);
                length += item.Text.Length + 1;
            }
        }

        if (value.Items.Count < atLeast)
        {
            Add(name, new RawValue(value.Line, RawKind.Nothing), Listed(allowed, atLeast));
        }
        else if (length - 1 > longest)
        {
            Add(name, value, string.Create(CultureInfo.InvariantCulture, $"At most {longest:N0} characters together, with a space between two; these are {length - 1:N0}."));
        }

        return words;
    }

    /// <summary>Only <c>true</c> and <c>false</c> themselves; a cell's other words for them are translated before.</summary>
    public bool TrueOrFalse(string name, bool whenAbsent)
    {
        var value = this[name];
        switch (value.Kind)
        {
            case RawKind.True:
                return true;
            case RawKind.False:
                return false;
            case RawKind.Nothing:
                return whenAbsent;
            default:
                Add(name, value, "true or false; in a CSV cell also yes, no, 1 or 0.");
                return whenAbsent;
        }
    }

    /// <summary>A number in digits, as a number or as text, between two bounds (both included).</summary>
    public decimal Number(string name, decimal least, decimal most, int decimals, string allowed)
    {
        var value = this[name];
        if (value.Kind is RawKind.Number or RawKind.Text
            && value.Text.Length <= LongestNumber
            && decimal.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most && decimal.Round(number, decimals) == number)
        {
            return number;
        }

        Add(name, value, allowed);
        return least;
    }

    /// <summary>A whole number between two bounds (both included), or nothing.</summary>
    public int? OptionalNumber(string name, int least, int most, string allowed) => Has(name) ? (int)Number(name, least, most, decimals: 0, allowed) : null;

    public TimeOnly? Time(string name)
    {
        var value = this[name];
        if (value.Kind == RawKind.Text && TimeOnly.TryParseExact(value.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Add(name, value, "A time of day as HH:mm, such as 09:00.");
        return null;
    }

    public DateOnly? Date(string name)
    {
        var value = this[name];
        if (value.Kind == RawKind.Text && TryDate(value.Text, out var date))
        {
            return date;
        }

        Add(name, value, "A date as yyyy-MM-dd, such as 2026-05-31.");
        return null;
    }

    /// <summary>Days, each kept once; none when the field is left out.</summary>
    public IReadOnlyList<DateOnly> Dates(string name, int longest) =>
        [.. Words(name, d => TryDate(d, out _), "a date as yyyy-MM-dd, such as 2026-12-25.", longest, atLeast: 0)
            .Select(d => DateOnly.ParseExact(d, DateFormat, CultureInfo.InvariantCulture))];

    public DateOnly? OptionalDate(string name) => Has(name) ? Date(name) : null;

    /// <summary>Two days, the second not before the first.</summary>
    public (DateOnly From, DateOnly To) Period(string first, string second)
    {
        var from = Date(first);
        var to = Date(second);
        if (to < from)
        {
            Add(second, this[second], string.Create(CultureInfo.InvariantCulture, $"A date as yyyy-MM-dd, not before {first}, which is {from:yyyy-MM-dd}."));
        }

        return (from.GetValueOrDefault(), to.GetValueOrDefault());
    }

    /// <summary>Who checked something with its issuer, and when: a check without a name or a day is no check.</summary>
    public (string? By, DateOnly? At) Verification()
    {
        if (Has("verifiedBy") && !Has("verifiedAt"))
        {
            Add("verifiedAt", this["verifiedAt"], "A date as yyyy-MM-dd, because verifiedBy is given: both or neither.");
        }
        else if (Has("verifiedAt") && !Has("verifiedBy"))
        {
            Add("verifiedBy", this["verifiedBy"], "Who checked it, because verifiedAt is given: both or neither.");
        }

        return (OptionalText("verifiedBy", VerifiedByLength), OptionalDate("verifiedAt"));
    }

    /// <summary>The entries of a list of objects.</summary>
    /// <param name="required">The list must stand there: a clinic is replaced whole, so a lost list would delete its entries.</param>
    public IReadOnlyList<T> Entries<T>(string name, string[] known, Func<FieldReader, T?> read, bool required = true)
        where T : class
    {
        var value = this[name];
        if (!required && value.Kind == RawKind.Nothing)
        {
            return [];
        }

        if (value.Kind != RawKind.List)
        {
            Add(name, value, "A list of entries; it may be empty.");
            return [];
        }

        var entries = new List<T>(value.Items.Count);
        for (var i = 0; i < value.Items.Count; i++)
        {
            var item = value.Items[i];
            var entry = string.Create(CultureInfo.InvariantCulture, $"{name}[{i + 1}]");
            if (item.Kind != RawKind.Object)
            {
                Add(entry, item, $"An entry with {string.Join(", ", known)}.");
            }
            else if (read(new FieldReader(item, _place + entry + ".", known, _problems)) is { } made)
            {
                entries.Add(made);
            }
        }

        return entries;
    }

    private static bool TryDate(string text, out DateOnly date) => DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static string Listed(string allowed, int atLeast) => atLeast > 0 ? "At least one, each " + allowed : "Each " + allowed;
}
