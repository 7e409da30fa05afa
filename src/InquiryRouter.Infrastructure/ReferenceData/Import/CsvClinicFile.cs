using System.Globalization;
using System.Text;
using CsvHelper;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Reads the CSV form row by row, and makes of each row what the JSON form has in its place.</summary>
internal sealed class CsvClinicFile(ProblemList problems, Action<RawValue> clinic)
{
    private static readonly string[] s_required = [.. ClinicFields.Clinic.Except(ClinicFields.Optional, StringComparer.Ordinal)];

    private readonly CsvCells _cells = new(problems);
    private CsvMalformedRecord? _malformed;

    public void Read(ReadOnlyMemory<byte> utf8)
    {
        var options = new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            OnMalformedRecord = record => _malformed = record,
        };
        using var reader = CsvReader.Create(utf8, options);
        if (!reader.Read())
        {
            problems.Add(1, ProblemList.File, string.Empty, $"A first row with the names of the columns: {string.Join(',', ClinicFields.Clinic)}.");
            return;
        }

        if (ReadHeader(reader) is not { } columns)
        {
            return;
        }

        while (reader.Read())
        {
            if (IsBlank(reader))
            {
                continue;
            }

            if (!AddBrokenRow(reader, columns))
            {
                clinic(ToObject(reader, columns));
            }
        }
    }

    /// <summary>The names of the columns in their order (null: not to be read), or null when no row can be read with them.</summary>
    private string?[]? ReadHeader(CsvReader reader)
    {
        var line = reader.LineNumber;
        var names = reader.Current.ToArray();
        if (AddBrokenRow(reader, names))
        {
            return null;
        }

        if (names is [var only] && only.AsSpan().ContainsAny(';', '\t', '|'))
        {
            problems.Add(line, ProblemList.Row, only, "Cells separated by commas; this file separates them by something else.");
            return null;
        }

        var columns = new string?[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var name = Typed.Code(names[i]) ?? string.Empty;
            if (Array.IndexOf(ClinicFields.Clinic, name) < 0)
            {
                // A column without a name is found by counting.
                problems.Add(line, name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"column {i + 1}"), name, $"Not a column here. The columns are: {string.Join(", ", ClinicFields.Clinic)}.");
            }
            else if (Array.IndexOf(columns, name) >= 0)
            {
                problems.Add(line, name, name, "A column stands once; this one stands twice.");
            }
            else
            {
                columns[i] = name;
            }
        }

        foreach (var missing in Missing(columns))
        {
            problems.Add(line, missing, string.Empty, $"A column with this name; only {string.Join(", ", ClinicFields.Optional)} may be left out.");
        }

        return Array.TrueForAll(columns, c => c is null) ? null : columns;
    }

    private static IEnumerable<string> Missing(string?[] columns) => s_required.Where(c => Array.IndexOf(columns, c) < 0);

    /// <summary>A row whose cells cannot be told apart has one problem: nobody knows which cell is which field.</summary>
    private bool AddBrokenRow(CsvReader reader, string?[] columns)
    {
        if (_malformed is { } malformed)
        {
            _malformed = null;
            var cell = CellAt(reader, malformed.ByteOffset);
            problems.Add(
                reader.LineNumber, cell < columns.Length ? columns[cell] ?? ProblemList.Row : ProblemList.Row, Encoding.UTF8.GetString(reader.GetRawSpan(cell)),
                malformed.Reason == CsvMalformedReason.UnterminatedQuote
                    ? "A closing quote to each opening one; the rest of the file was read as part of this cell."
                    : "Quotes around a whole cell or none; a quote inside such a cell is doubled (\"\").");
            return true;
        }

        if (reader.FieldCount == columns.Length)
        {
            return false;
        }

        problems.Add(
            reader.LineNumber, ProblemList.Row, string.Create(CultureInfo.InvariantCulture, $"{reader.FieldCount} cells"),
            string.Create(CultureInfo.InvariantCulture, $"As many cells as the first row has: {columns.Length}. Put quotes around a cell that contains a comma."));
        return true;
    }

    private static int CellAt(CsvReader reader, long byteOffset)
    {
        var end = reader.ByteOffset;
        for (var i = 0; i < reader.FieldCount - 1; i++)
        {
            end += reader.GetRawSpan(i).Length + 1;
            if (byteOffset < end)
            {
                return i;
            }
        }

        return reader.FieldCount - 1;
    }

    // A spreadsheet saves the rows below its last one as commas only.
    private static bool IsBlank(CsvReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (!reader.GetRawSpan(i).Trim(" \t"u8).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private RawValue ToObject(CsvReader reader, string?[] columns)
    {
        var line = reader.LineNumber;
        var fields = new List<RawField>(ClinicFields.Clinic.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is { } column)
            {
                fields.Add(new RawField(column, _cells.ToValue(line, column, reader.GetString(i))));
            }
        }

        // The header's problem is enough.
        fields.AddRange(Missing(columns).Select(c => new RawField(c, new RawValue(line, RawKind.Reported))));
        return RawValue.Record(line, fields);
    }
}
