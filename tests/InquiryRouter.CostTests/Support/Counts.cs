using System.Globalization;
using System.Text.RegularExpressions;

namespace InquiryRouter.CostTests.Support;

/// <summary>What was asked of a database.</summary>
internal sealed partial class Counts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _statements = new(StringComparer.Ordinal);

    /// <summary>That changed something, each a commit.</summary>
    public int Units { get; private set; }

    /// <summary>Questions on a snapshot of their own.</summary>
    public int Reads { get; private set; }

    public int Statements => _statements.Values.Sum();

    /// <summary>By the first table that each names.</summary>
    public IReadOnlyDictionary<string, int> ByTable => _statements
        .GroupBy(s => Table().Match(s.Key).Groups["table"].Value, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Sum(s => s.Value), StringComparer.Ordinal);

    public void AddUnit(IEnumerable<string> statements)
    {
        lock (_lock)
        {
            Units++;
            Add(statements);
        }
    }

    public void AddRead(IEnumerable<string> statements)
    {
        lock (_lock)
        {
            Reads++;
            Add(statements);
        }
    }

    /// <summary>Each statement with how often it was run for one of so many inquiries.</summary>
    public IEnumerable<string> List(int inquiries) => _statements
        .OrderBy(s => Table().Match(s.Key).Groups["table"].Value, StringComparer.Ordinal).ThenBy(s => s.Key, StringComparer.Ordinal)
        .Select(s => string.Create(CultureInfo.InvariantCulture, $"{(double)s.Value / inquiries,5:0.##}  {s.Key}"));

    private void Add(IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            var text = Space().Replace(Value().Replace(statement, "?"), " ").Trim();
            _statements[text] = _statements.GetValueOrDefault(text) + 1;
        }
    }

    [GeneratedRegex("(FROM|INTO|UPDATE)\\s+(?<table>[A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    // SQLite tells each statement with its values in it.
    [GeneratedRegex("[xX]?'[^']*'|\\bNULL\\b|(?<![A-Za-z_])-?[0-9][0-9.e+]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();

    [GeneratedRegex("\\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
