using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Collects problems: keeps the first ones, counts the others.</summary>
internal sealed class ProblemList
{
    public const int Listed = 1000;

    /// <summary>Stands for the column of a problem that is about the file or a row as a whole.</summary>
    public const string File = "file";
    public const string Row = "row";

    private readonly List<ImportProblem> _first = [];
    private long _firstLineNotListed;

    /// <summary>The clinic whose row is checked, for the problems found meanwhile; null: none that has a code.</summary>
    public string? Clinic { get; set; }

    /// <summary>All problems, also those that are only counted.</summary>
    public long Count { get; private set; }

    /// <summary>For readers of objects.</summary>
    public Reporting Reporting => field ??=
        new Reporting((column, value, allowed) => Add(value.Line, column, value.ToString(), allowed)) { CleansWords = true };

    public void Add(long line, string column, string value, string allowed)
    {
        Count++;
        if (Count <= Listed)
        {
            _first.Add(new ImportProblem(line, RawValue.Shown(column), RawValue.Shown(value), allowed, Clinic));
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
            : [.. _first, new ImportProblem(
                _firstLineNotListed, File, FormattableString.Invariant($"{more:N0} more problems"),
                FormattableString.Invariant($"From this line on; only the first {Listed:N0} are listed."))];
    }
}
