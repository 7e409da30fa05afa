using System.Text.RegularExpressions;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Privacy;

/// <summary>A new table must say what becomes of its rows when a patient is erased: in the table of sql/README.md, or here, when it knows no inquiry.</summary>
public sealed class ErasureIsToldTests
{
    private static readonly string[] s_aboutNoInquiry =
    [
        "KeyRing", "Network", "Clinic", "ClinicSite", "ClinicContact", "ClinicSuspension", "ClinicTreatment", "Package", "Physician", "PhysicianCertification", "Credential", "ReferenceFile",
        "ClinicLoad", "ClinicDay", "ClinicShare", "ClinicRecord", "Policy", "ClinicUpload", "PolicyProposal", "RuleReview",
    ];

    [Fact]
    public void Of_every_table_it_is_told_what_an_erasure_leaves()
    {
        var told = Told();
        var tables = Tables();
        Assert.True(told.Count > 15 && tables.Count > 30);

        Assert.Empty(tables.Except(told, StringComparer.Ordinal).Except(s_aboutNoInquiry, StringComparer.Ordinal));
        Assert.Empty(told.Except(tables, StringComparer.Ordinal));
    }

    [Fact]
    public void What_it_says_is_deleted_is_deleted()
    {
        var store = Repository.CSharpFiles("src/InquiryRouter.Infrastructure/Data/Stores").Where(f => f.Text.Contains("DELETE FROM", StringComparison.Ordinal)).ToList();
        var deleted = Section().Split('\n')
            .Select(l => l.Split('|'))
            .Where(cells => cells.Length > 2 && cells[2].Trim().StartsWith("deleted", StringComparison.Ordinal))
            .SelectMany(cells => Names(cells[1]))
            .ToList();

        Assert.Contains("InquiryPatient", deleted, StringComparer.Ordinal);
        Assert.All(deleted, table => Assert.Contains(store, f => f.Text.Contains($"DELETE FROM {table} WHERE", StringComparison.Ordinal)));
    }

    private static HashSet<string> Told() => Section().Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).SelectMany(l => Names(l.Split('|')[1])).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Names(string cell) => Regex.Matches(cell, "`([A-Za-z]+)`", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value);

    private static string Section()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "sql", "README.md"));
        var begin = text.IndexOf("## What an erasure leaves", StringComparison.Ordinal);
        return text[begin..text.IndexOf("SQLite overwrites", begin, StringComparison.Ordinal)];
    }

    private static HashSet<string> Tables()
    {
        var tables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var script in Directory.GetFiles(Path.Combine(Repository.Root, "sql", "sqlserver"), "*.sql").Order(StringComparer.Ordinal))
        {
            foreach (Match match in Regex.Matches(File.ReadAllText(script), "(CREATE|DROP) TABLE ([A-Za-z]+)", RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                _ = match.Groups[1].Value == "CREATE" ? tables.Add(match.Groups[2].Value) : tables.Remove(match.Groups[2].Value);
            }
        }

        return tables;
    }
}
