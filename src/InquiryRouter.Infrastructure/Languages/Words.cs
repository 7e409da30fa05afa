using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Languages;

/// <summary>Which list a code of the reference data is in; named as in the language files.</summary>
public enum NameKind
{
    Countries,
    Regions,
    Currencies,
    Languages,
    Conditions,
    ConditionTypes,
    Treatments,
    CellSources,
    Timeframes,
    Specialties,
    Symptoms,
    Triggers,

    /// <summary>Medicines that can cause a condition.</summary>
    Medicines,

    /// <summary>What is known of a treatment, in a plain sentence or two.</summary>
    Facts,

    /// <summary>Of countries that have more than one, by IANA name.</summary>
    TimeZones,

    /// <summary>A condition as it stands in a sentence, behind "for".</summary>
    ConditionPhrases,

    /// <summary>What a condition is, in a few plain sentences.</summary>
    ConditionTexts,
    ConditionTypeTexts,

    /// <summary>What a treatment is, in a few plain sentences.</summary>
    TreatmentTexts,
}

/// <summary>
/// Everything people read, in one language: sentences by key, names by code, dates and money in the language's own form. Pages, mails
/// and errors take their words from here only.
/// </summary>
public sealed class Words
{
    /// <summary>How the key of a sentence ends that is said in place of another when no coordinator can be reached.</summary>
    public const string NobodySuffix = ".nobody";

    private readonly FrozenDictionary<string, string> _texts;
    private readonly FrozenDictionary<(NameKind, string), string> _names;
    private readonly string _day;
    private readonly string _month;
    private readonly string _moment;
    private readonly string _listSeparator;

    internal Words(LanguageFile file, bool isAttended = true)
    {
        WhenNobodyReads = isAttended ? new Words(file, isAttended: false) : this;
        Code = file.Code;
        OwnName = file.Name;
        IsRightToLeft = file.Direction == "rtl";
        Culture = new CultureInfo(file.Culture, useUserOverride: false);
        Culture.DateTimeFormat.Calendar = new GregorianCalendar();
        _day = file.Formats.Day;
        _month = file.Formats.Month;
        _moment = file.Formats.Moment;
        _listSeparator = file.Formats.ListSeparator;
        _texts = (isAttended ? file.Texts : WithoutReaders(file.Texts)).ToFrozenDictionary(StringComparer.Ordinal);
        _names = file.Names.SelectMany(list => list.Value.Select(name => KeyValuePair.Create((list.Key, name.Key), name.Value))).ToFrozenDictionary();
    }

    /// <summary>The same language where no coordinator can be reached: no sentence of it says that a person reads or answers.</summary>
    public Words WhenNobodyReads { get; }

    /// <summary>ISO 639-1.</summary>
    public string Code { get; }

    /// <summary>What the language calls itself.</summary>
    public string OwnName { get; }

    public bool IsRightToLeft { get; }

    /// <summary>For the attribute <c>dir</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    public CultureInfo Culture { get; }

    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>The sentence under a key.</summary>
    /// <exception cref="KeyNotFoundException">No language file has it.</exception>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"The language file {Code}.json has no text '{key}'.");

    /// <summary>The sentence under a key with its <c>{places}</c> filled in.</summary>
    /// <exception cref="KeyNotFoundException">No such key, or a place nobody filled: a hole must not reach a person.</exception>
    public string Text(string key, params ReadOnlySpan<(string Place, object? Value)> values)
    {
        var text = this[key];
        var result = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                return result.Append(text, at, text.Length - at).ToString();
            }

            var close = text.IndexOf('}', open);
            result.Append(text, at, open - at).Append(ValueOf(text[(open + 1)..close], values, key));
            at = close + 1;
        }

        return result.ToString();
    }

    /// <summary>What a person reads about a field that was refused.</summary>
    /// <param name="codes">Say the code of each name as well: senders of JSON need it.</param>
    public string Error(FieldError error, bool codes = true) =>
        Text("error." + error.Code, [.. error.Values.Select(v => (v.Place, (object?)Shown(v.Value, codes)))]);

    /// <summary>The name of a code of the reference data; what the lists themselves call it where this language has no name for it.</summary>
    /// <param name="otherwise">The name in the lists: English, and all there is for a row an operator added.</param>
    public string Name(NameKind kind, string code, string otherwise) => _names.GetValueOrDefault((kind, code), otherwise);

    /// <summary>True when this file has a name of its own for the code.</summary>
    public bool HasName(NameKind kind, string code) => _names.ContainsKey((kind, code));

    /// <summary>What this file has for the code, or null: for what can be left out, such as an explanation of a row an operator added.</summary>
    public string? FindName(NameKind kind, string code) => _names.GetValueOrDefault((kind, code));

    public string Day(DateOnly day) => day.ToString(_day, Culture);

    /// <summary>The month a day lies in.</summary>
    public string Month(DateOnly day) => day.ToString(_month, Culture);

    /// <summary>A moment on the reader's clock, without the name of their time zone.</summary>
    public string Moment(DateTimeOffset moment, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(moment, zone).ToString(_moment, Culture);

    /// <summary>What people call a time zone of a country that has several: "Central Time (Chicago, Texas)". Any other by its IANA name.</summary>
    /// <param name="zone">IANA name.</param>
    public string Zone(string zone) => FindName(NameKind.TimeZones, zone) is { } usual ? Isolated(usual) : LeftToRight(zone);

    public string Number(decimal number) => number.ToString("#,0.##", Culture);

    /// <summary>An amount with the ISO 4217 code: it says which dollar.</summary>
    public string Money(decimal amount, string currency) => amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00", Culture) + "\u00A0" + currency;

    /// <summary>Entries of a list inside a sentence.</summary>
    public string List(IEnumerable<string> entries) => string.Join(_listSeparator, entries);

    /// <summary>
    /// A piece that is written from left to right in every language (a phone number, an address, a reference), kept in its own order inside a sentence
    /// that is not: without this "+1 213" is shown as "213 1+". Its spaces do not break, since two lines of it would be read in the wrong order.
    /// Unicode Standard Annex 9, isolates.
    /// </summary>
    public string LeftToRight(string piece) => IsRightToLeft ? $"\u2066{piece.Replace(' ', '\u00A0')}\u2069" : piece;

    /// <summary>
    /// A name in whatever script, kept in its own order inside a sentence that may run the other way (Unicode Standard Annex 9, first strong isolate).
    /// </summary>
    public string Isolated(string name) => IsRightToLeft ? $"\u2068{name}\u2069" : name;

    private static IEnumerable<KeyValuePair<string, string>> WithoutReaders(IReadOnlyDictionary<string, string> texts) =>
        texts.Select(t => KeyValuePair.Create(t.Key, texts.GetValueOrDefault(t.Key + NobodySuffix, t.Value)));

    private string Shown(object value, bool codes) => value switch
    {
        string piece => LeftToRight(piece),
        decimal amount => Number(amount),
        ListedNames names => List(names.Items.Select(n => Name(KindOf(names.List), n.Code, n.Name) + (codes ? $" ({LeftToRight(n.Code)})" : null))),
        _ => Convert.ToString(value, Culture) ?? string.Empty,
    };

    private static NameKind KindOf(NamedList list) => list switch
    {
        NamedList.Conditions => NameKind.Conditions,
        NamedList.ConditionTypes => NameKind.ConditionTypes,
        NamedList.Treatments => NameKind.Treatments,
        NamedList.CellSources => NameKind.CellSources,
        NamedList.Regions => NameKind.Regions,
        NamedList.Timeframes => NameKind.Timeframes,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };

    private string ValueOf(string place, ReadOnlySpan<(string Place, object? Value)> values, string key)
    {
        foreach (var (name, value) in values)
        {
            if (name == place)
            {
                return Convert.ToString(value, Culture) ?? string.Empty;
            }
        }

        throw new KeyNotFoundException($"Nothing was given for {{{place}}} of the text '{key}'.");
    }
}
