using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Tests.Sql;

namespace InquiryRouter.Tests.Demo;

/// <summary>Invented inquiries are brought into a database with everything that belongs to them.</summary>
public sealed partial class LifeTablesTests
{
    [Fact]
    public void Of_every_table_it_is_said_what_becomes_of_it()
    {
        var tables = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sql in SqlTexts.Scripts("sqlite").Select(s => s.Sql))
        {
            tables.UnionWith(Created().Matches(sql).Select(m => m.Groups[1].Value));
            tables.ExceptWith(Dropped().Matches(sql).Select(m => m.Groups[1].Value));
            foreach (Match renamed in Renamed().Matches(sql))
            {
                tables.Remove(renamed.Groups[1].Value);
                tables.Add(renamed.Groups[2].Value);
            }
        }

        // Its own journal of scripts is made before the first of them.
        Assert.Equal(
            tables.Append("SchemaVersion").Order(StringComparer.Ordinal),
            LifeTables.OfInquiries.Select(t => t.Name).Concat(LifeTables.Counted.Select(t => t.Name)).Concat(LifeTables.OfAddresses)
                .Concat(LifeTables.World).Concat(LifeTables.Left).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"CREATE TABLE (\w+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Created();

    [GeneratedRegex(@"DROP TABLE (\w+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dropped();

    [GeneratedRegex(@"ALTER TABLE (\w+) RENAME TO (\w+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Renamed();
}
