using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure.Data.SqlServer;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Sql;

/// <summary>An SQL text of the product and the place it stands at.</summary>
internal sealed record SqlText(string Place, string Sql);

/// <summary>Finds every SQL text SQL Server can be sent, by reading the source.</summary>
internal static partial class SqlTexts
{
    private const string Data = "src/InquiryRouter.Infrastructure/Data";

    /// <summary>The scripts of one database, by name.</summary>
    public static IReadOnlyList<SqlText> Scripts(string dialect) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "sql", dialect), "*.sql")
            .Order(StringComparer.Ordinal)
            .Select(f => new SqlText(Path.GetFileName(f), File.ReadAllText(f)))];

    /// <summary>The texts written beside their methods; those of SQLite alone and the parts the dialects put together are left out.</summary>
    public static IReadOnlyList<SqlText> Inline() =>
        [.. Repository.CSharpFiles(Data)
            .Where(f => !f.Path.Contains("/Sqlite/", StringComparison.Ordinal) && !f.Path.EndsWith("Dialect.cs", StringComparison.Ordinal))
            .SelectMany(f => Inline(f.Path, f.Text))];

    /// <summary>The same of one file.</summary>
    public static IEnumerable<SqlText> Inline(string path, string source)
    {
        var constants = Constants(source);
        foreach (var literal in CSharpText.Literals(source).Where(l => (l.IsRaw && !IsPart().IsMatch(l.Value)) || BeginsLikeSql().IsMatch(l.Value)))
        {
            var place = $"{path}:{CSharpText.LineOf(source, literal.Start)}";
            yield return new SqlText(place, WithLists(Fill(literal.Value, constants, place)));
        }
    }

    /// <summary>What the dialect of SQL Server makes of the calls in the product.</summary>
    public static IReadOnlyList<SqlText> OfDialect() => [.. Repository.CSharpFiles("src").SelectMany(f => OfDialect(f.Path, f.Text))];

    /// <summary>The same of one file.</summary>
    public static IEnumerable<SqlText> OfDialect(string path, string source)
    {
        var dialect = new SqlServerDialect();
        var constants = Constants(source);
        foreach (Match call in DialectCall().Matches(source))
        {
            var place = $"{path}:{CSharpText.LineOf(source, call.Index)}";
            string[] a = [.. CSharpText.Arguments(source, call.Index + call.Length - 1).Select(text => Evaluate(text, constants, place))];
            var sql = call.Groups["method"].Value switch
            {
                "Claim" => dialect.Claim(a[0], a[1], a[2], a[3], a.AsSpan(4)),
                "First" => dialect.First(a[0], a[1]),
                "FirstSettled" => dialect.FirstSettled(a[0], a[1], a[2]),
                _ => dialect.DeleteSome(a[0], a[1], a[2]),
            };
            yield return new SqlText(place, WithLists(sql));
        }
    }

    private static string Evaluate(string argument, Dictionary<string, string> constants, string place)
    {
        if (constants.TryGetValue(argument, out var constant))
        {
            return constant;
        }

        return CSharpText.Literals(argument) is [{ Start: <= 1 } only] && only.End == argument.Length
            ? Fill(only.Value, constants, place)
            : throw new InvalidOperationException($"{place}: the argument {argument} is no literal, so what SQL Server is sent cannot be checked.");
    }

    // {Columns} stands for a constant of the same file.
    private static string Fill(string sql, Dictionary<string, string> constants, string place) =>
        Hole().Replace(sql, hole => constants.TryGetValue(hole.Groups[1].Value, out var value)
            ? value
            : throw new InvalidOperationException($"{place}: {hole.Value} is no constant of this file, so what SQL Server is sent cannot be checked."));

    // Dapper writes one parameter for each element of the list.
    private static string WithLists(string sql) => DapperList().Replace(sql, "IN ($1)");

    // A name that two classes of a file use differently stands for neither.
    private static Dictionary<string, string> Constants(string source)
    {
        var literals = CSharpText.Literals(source);
        return Constant().Matches(source)
            .Select(m => (Name: m.Groups[1].Value, Literal: literals.FirstOrDefault(l => l.Start >= m.Index + m.Length)))
            .Where(c => c.Literal is not null)
            .GroupBy(c => c.Name, c => c.Literal!.Value, StringComparer.Ordinal)
            .Where(values => values.Distinct(StringComparer.Ordinal).Count() == 1)
            .ToDictionary(values => values.Key, values => values.First(), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\s*(?:SELECT|INSERT|UPDATE|DELETE|DECLARE|EXEC|WITH|MERGE|CREATE|ALTER|DROP)\s", RegexOptions.CultureInvariant)]
    private static partial Regex BeginsLikeSql();

    // What follows the columns of a query that the dialect puts together.
    [GeneratedRegex(@"^\s*FROM\s", RegexOptions.CultureInvariant)]
    private static partial Regex IsPart();

    [GeneratedRegex(@"\b[dD]ialect\.(?<method>Claim|FirstSettled|First|DeleteSome)\(", RegexOptions.CultureInvariant)]
    private static partial Regex DialectCall();

    [GeneratedRegex(@"\bconst\s+string\s+(\w+)\s*=\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Constant();

    [GeneratedRegex(@"\{+([^{}]*)\}+", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\bIN\s+(@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex DapperList();
}
