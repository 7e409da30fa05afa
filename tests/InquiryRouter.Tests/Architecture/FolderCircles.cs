using System.Text.RegularExpressions;
using ArchUnitNET.Domain;

namespace InquiryRouter.Tests.Architecture;

/// <summary>Folders that know each other, directly or by way of others: none of them can be read, or changed, alone.</summary>
internal static class FolderCircles
{
    /// <summary>What closes the circles between the folders of a namespace, as "From knows To: one type, another type"; empty when there are none.</summary>
    public static IReadOnlyList<string> Of(ArchUnitNET.Domain.Architecture architecture, string root)
    {
        var folder = new Regex($@"^{Regex.Escape(root)}\.(\w+)\.", RegexOptions.CultureInvariant);
        var edges = architecture.Types.SelectMany(t => t.Dependencies)
            .Select(d => (From: FolderOf(d.Origin), To: FolderOf(d.Target), d.Origin, d.Target))
            .Where(d => d.From is not null && d.To is not null && d.From != d.To)
            .GroupBy(d => (From: d.From!, To: d.To!))
            .ToDictionary(g => g.Key, g => $"{g.First().Origin.Name}, {g.First().Target.Name}");

        return [.. edges.Where(e => Reaches(edges.Keys, e.Key.To, e.Key.From))
            .Select(e => $"{e.Key.From} knows {e.Key.To}: {e.Value}").Order(StringComparer.Ordinal)];

        string? FolderOf(IType type) => folder.Match(type.FullName) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private static bool Reaches(IEnumerable<(string From, string To)> edges, string from, string to)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Queue<string>([from]));
        while (next.TryDequeue(out var here))
        {
            foreach (var edge in edges.Where(e => e.From == here && seen.Add(e.To)))
            {
                next.Enqueue(edge.To);
            }
        }

        return seen.Contains(to);
    }
}
