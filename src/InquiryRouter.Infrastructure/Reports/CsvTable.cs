using System.Globalization;
using CsvHelper;

namespace InquiryRouter.Infrastructure.Reports;

/// <summary>
/// Tables as CSV that a spreadsheet opens: text that begins like a formula is made text, numbers stay numbers, and a mark at the beginning says that
/// it is UTF-8.
/// </summary>
public static class CsvTable
{
    private static readonly CsvWriterOptions s_options = new()
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true,
        ValidateFieldCount = false,
    };

    /// <param name="rows">Texts and numbers; rows may differ in length, and have one cell at least.</param>
    public static byte[] Write(IEnumerable<IReadOnlyList<object>> rows)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, s_options, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    if (cell is double number)
                    {
                        csv.WriteField(number, [], CultureInfo.InvariantCulture);
                    }
                    else
                    {
                        csv.WriteField((string)cell);
                    }
                }

                csv.EndRecord();
            }
        }

        return file.ToArray();
    }
}
