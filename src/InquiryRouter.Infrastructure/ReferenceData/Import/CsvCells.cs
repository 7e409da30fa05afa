using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Cells that hold more than one value: words, and entries of parts. Each level has a separator of its own.</summary>
internal sealed class CsvCells(ProblemList problems)
{
    private const char EntrySeparator = ';';
    private const char PartSeparator = '|';
    private const char ListSeparator = '+';

    private static readonly char[] s_wordSeparators = [' ', ',', ';', '\t', '\r', '\n'];

    public RawValue ToValue(long line, string column, string cell) => column switch
    {
        "active" => TrueOrFalse(line, Typed.Code(cell) ?? string.Empty),
        "languages" or "ageGroups" or "workDays" or "holidays" => Words(line, cell, s_wordSeparators),
        "contacts" => Entries(line, column, cell, ClinicFields.Contact),
        "sites" => Entries(line, column, cell, ClinicFields.Site),
        "leave" => Entries(line, column, cell, ClinicFields.Leave),
        "suspensions" => Entries(line, column, cell, ClinicFields.Suspension),
        "treatments" => Entries(line, column, cell, ClinicFields.Treatment),
        "packages" => Entries(line, column, cell, ClinicFields.Package),
        "physicians" => Entries(line, column, cell, ClinicFields.Physician),
        "credentials" => Entries(line, column, cell, ClinicFields.Credential),
        _ => Text(line, cell),
    };

    private static RawValue Text(long line, string text) =>
        Typed.Line(text) is { } typed ? new RawValue(line, RawKind.Text, typed) : new RawValue(line, RawKind.Nothing);

    // Spreadsheets write TRUE.
    private static RawValue TrueOrFalse(long line, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => new RawValue(line, RawKind.True),
        "FALSE" or "NO" or "0" => new RawValue(line, RawKind.False),
        _ => Text(line, text),
    };

    private static RawValue Words(long line, string text, params ReadOnlySpan<char> separators)
    {
        var words = new List<RawValue>();
        foreach (var range in text.AsSpan().SplitAny(separators))
        {
            if (Typed.Line(text[range]) is { } word)
            {
                words.Add(new RawValue(line, RawKind.Text, word));
            }
        }

        return RawValue.List(line, words);
    }

    private RawValue Entries(long line, string column, string cell, string[] parts) =>
        Entries(line, column, cell, EntrySeparator, PartSeparator, parts);

    private RawValue Entries(long line, string place, string text, char entrySeparator, char partSeparator, string[] parts)
    {
        var entries = text.Split(entrySeparator, StringSplitOptions.TrimEntries);

        // A separator after the last entry begins no further one.
        var count = entries[^1].Length == 0 ? entries.Length - 1 : entries.Length;
        var values = new List<RawValue>(count);
        for (var i = 0; i < count; i++)
        {
            values.Add(Entry(line, string.Create(CultureInfo.InvariantCulture, $"{place}[{i + 1}]"), entries[i], partSeparator, parts));
        }

        return RawValue.List(line, values);
    }

    private RawValue Entry(long line, string place, string entry, char separator, string[] parts)
    {
        if (entry.Length == 0)
        {
            return new RawValue(line, RawKind.Nothing);
        }

        var texts = entry.Split(separator);
        if (texts.Length > parts.Length)
        {
            problems.Add(line, place, entry, string.Create(CultureInfo.InvariantCulture, $"At most {parts.Length} parts: {string.Join(separator, parts)}."));
        }

        // Parts at the end may be left out: they are as empty as parts with nothing in them.
        var fields = new List<RawField>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            fields.Add(new RawField(parts[i], Part(line, $"{place}.{parts[i]}", parts[i], i < texts.Length ? texts[i] : string.Empty)));
        }

        return RawValue.Record(line, fields);
    }

    private RawValue Part(long line, string place, string name, string text) => name switch
    {
        "active" => TrueOrFalse(line, Typed.Code(text) ?? string.Empty),
        "cellSources" or "includes" or "scope" or "specialties" or "memberships" or "conditions" or "treatments" => Words(line, text, ListSeparator),
        "certifications" => Entries(line, place, text, ListSeparator, '@', ClinicFields.Certification),
        "experience" => Entries(line, place, text, ListSeparator, '=', ClinicFields.Experience),
        _ => Text(line, text),
    };
}
