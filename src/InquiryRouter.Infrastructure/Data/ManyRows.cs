using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>An INSERT of one row, made into one of many: what stands behind VALUES is repeated, and each name gets the number of its row.</summary>
internal sealed partial class ManyRows<T>
    where T : notnull
{
    // What SQL Server takes behind one VALUES.
    private const int MostRows = 1_000;

    private const string Values = "VALUES";

    private readonly string _insert;
    private readonly string _row;
    private readonly PropertyInfo[] _properties;

    public ManyRows(string oneRow)
    {
        var at = oneRow.LastIndexOf(Values, StringComparison.Ordinal) + Values.Length;
        _insert = oneRow[..at] + " ";
        _row = oneRow[at..].Trim();
        if (at < Values.Length || !_row.StartsWith('(') || _row.IndexOf(')', StringComparison.Ordinal) != _row.Length - 1)
        {
            throw new ArgumentException("It does not end with the values of one row.", nameof(oneRow));
        }

        var names = Name().Matches(_row).Select(m => m.Value[1..]).ToHashSet(StringComparer.Ordinal);
        _properties = [.. typeof(T).GetProperties().Where(p => names.Contains(p.Name))];
        if (_properties.Length != names.Count)
        {
            throw new ArgumentException($"The rows lack a value: they have {string.Join(", ", _properties.Select(p => p.Name))}.", nameof(oneRow));
        }
    }

    /// <summary>How many rows have no more parameters than these.</summary>
    public int RowsWithin(int mostParameters) => Math.Clamp(mostParameters / _properties.Length, 1, MostRows);

    public string Sql(int rows) => _insert + string.Join(",\n", Enumerable.Range(0, rows).Select(i => Name().Replace(_row, "$0_" + Text(i))));

    public DynamicParameters Parameters(IReadOnlyList<T> rows)
    {
        var parameters = new DynamicParameters();
        foreach (var (i, row) in rows.Index())
        {
            foreach (var property in _properties)
            {
                parameters.Add($"{property.Name}_{Text(i)}", property.GetValue(row));
            }
        }

        return parameters;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("@[A-Za-z][A-Za-z0-9]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
