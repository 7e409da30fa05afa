using System.Globalization;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Collects problems: keeps the first ones, counts the others.</summary>
internal sealed class ProblemList
{
    public const int Listed = 1000;
    public const int LongestValue = 80;

    /// <summary>Stands for the column of a problem that is about the file or a row as a whole.</summary>
    public const string File = "file";
    public const string Row = "row";

    private readonly List<ImportProblem> _first = [];
    private long _firstLineNotListed;

    /// <summary>The clinic whose row is checked, for the problems found meanwhile; null: none that has a code.</summary>
    public string? Clinic { get; set; }

    /// <summary>All problems, also those that are only counted.</summary>
    public long Count { get; private set; }

    public void Add(long line, string column, string value, string allowed)
    {
        Count++;
        if (Count <= Listed)
        {
            _first.Add(new ImportProblem(line, Printable(column), Printable(value), allowed, Clinic));
        }
        else if (Count == Listed + 1)
        {
            _firstLineNotListed = line;
        }
    }

    public IReadOnlyList<ImportProblem> ToList()
    {
        var more = Count - Listed;
        return more <= 0
            ? _first
            : [.. _first, new ImportProblem(_firstLineNotListed, File, string.Create(CultureInfo.InvariantCulture, $"{more:N0} more problems"), string.Create(CultureInfo.InvariantCulture, $"From this line on; only the first {Listed:N0} are listed."))];
    }

    // A file comes from outside, and problems are printed on a terminal: no control character may reach it.
    private static string Printable(string text)
    {
        var cut = text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestValue - 2]) ? LongestValue - 2 : LongestValue - 1), "…");
        return cut.Any(FieldReader.IsControl) ? string.Create(cut.Length, cut, (target, from) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = FieldReader.IsControl(from[i]) ? '\uFFFD' : from[i];
            }
        }) : cut;
    }
}
