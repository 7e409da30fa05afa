using System.Globalization;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Why a set of reference files cannot be in force, at one place of it.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Row">From 1; 0: the file as a whole.</param>
/// <param name="Field">As a person finds it, entries counted from 1 (<c>synonyms[2].text</c>); <c>file</c> or <c>row</c> where it is about one as a whole.</param>
/// <param name="Value">What stood there, shortened, without control characters; empty: nothing.</param>
/// <param name="Allowed">A sentence that says what may stand there.</param>
public sealed record ReferenceProblem(string File, int Row, string Field, string Value, string Allowed)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{File}, {(Row == 0 ? "the file" : $"row {Row}")}: {Field} is '{Value}'; {Allowed}");
}

/// <param name="Number">From 1, counting what is no row as well.</param>
internal readonly record struct ReferenceRow(int Number, ObjectReader Fields);

/// <summary>Collects the problems of all files: keeps the first ones, counts the others.</summary>
internal sealed class ReferenceProblems
{
    private const int Listed = 500;

    private readonly List<ReferenceProblem> _first = [];
    private int _count;

    public void Add(string file, int row, string field, string value, string allowed)
    {
        _count++;
        if (_count <= Listed)
        {
            _first.Add(new ReferenceProblem(file, row, RawValue.Shown(field), RawValue.Shown(value), allowed));
        }
    }

    /// <summary>For a row, or for the file as a whole (0).</summary>
    public Reporting In(string file, int row) => new((field, value, allowed) => Add(file, row, field, value.ToString(), allowed));

    public IReadOnlyList<ReferenceProblem> ToList() => _count <= Listed
        ? _first
        : [.. _first, new ReferenceProblem(_first[^1].File, 0, "file", string.Create(CultureInfo.InvariantCulture, $"{_count - Listed} more problems"), "Only the first 500 are listed.")];
}
