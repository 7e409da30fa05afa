using System.Globalization;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Cells that hold more than one value: words, and entries of parts.</summary>
internal sealed class CsvCells(ProblemList problems)
{
    private const char EntrySeparator = ';';
    private const char PartSeparator = '|';

    private static readonly char[] s_wordSeparators = [' ', ',', ';', '\t', '\r', '\n'];
    private static readonly char[] s_plus = ['+'];

    public RawValue ToValue(long line, string column, string cell) => column switch
    {
        "active" => TrueOrFalse(line, cell.Trim()),
        "languages" or "ageGroups" or "workDays" => Words(line, cell, s_wordSeparators),
        "treatments" => Entries(line, column, cell, ClinicFields.Treatment),
        "credentials" => Entries(line, column, cell, ClinicFields.Credential),
        _ => Text(line, cell),
    };

    private static RawValue Text(long line, string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? new RawValue(line, RawKind.Nothing) : new RawValue(line, RawKind.Text, trimmed);
    }

    // Spreadsheets write TRUE.
    private static RawValue TrueOrFalse(long line, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => new RawValue(line, RawKind.True),
        "FALSE" or "NO" or "0" => new RawValue(line, RawKind.False),
        _ => Text(line, text),
    };

    private static RawValue Words(long line, string text, char[] separators) =>
        RawValue.List(line, [.. text.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(w => Text(line, w))]);

    private RawValue Entries(long line, string column, string cell, string[] parts)
    {
        var entries = cell.Split(EntrySeparator, StringSplitOptions.TrimEntries);

        // A separator after the last entry begins no further one.
        var count = entries[^1].Length == 0 ? entries.Length - 1 : entries.Length;
        var values = new List<RawValue>(count);
        for (var i = 0; i < count; i++)
        {
            values.Add(Entry(line, string.Create(CultureInfo.InvariantCulture, $"{column}[{i + 1}]"), entries[i], parts));
        }

        return RawValue.List(line, values);
    }

    private RawValue Entry(long line, string place, string entry, string[] parts)
    {
        if (entry.Length == 0)
        {
            return new RawValue(line, RawKind.Nothing);
        }

        var texts = entry.Split(PartSeparator);
        if (texts.Length > parts.Length)
        {
            problems.Add(line, place, entry, string.Create(CultureInfo.InvariantCulture, $"At most {parts.Length} parts: {string.Join(PartSeparator, parts)}."));
        }

        var fields = new List<RawField>(parts.Length);
        for (var i = 0; i < Math.Min(texts.Length, parts.Length); i++)
        {
            var isList = parts[i] is "cellSources" or "includes" or "scope";
            fields.Add(new RawField(parts[i], isList ? Words(line, texts[i], s_plus) : Text(line, texts[i])));
        }

        return RawValue.Object(line, fields);
    }
}
