using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Deploy;

/// <summary>A package with the licence it states itself.</summary>
/// <param name="Licence">An SPDX expression, or the name of a file in the package; empty: it states none.</param>
internal sealed record Package(string Id, string Version, string Licence, string Authors, string Hash);

/// <summary>What the lock files say is fetched, and what the packages say of themselves.</summary>
internal static partial class Packages
{
    public static IReadOnlyList<Package> Of(params IEnumerable<string> projects) =>
        [.. projects.SelectMany(Locked).Distinct().OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).Select(Read)];

    public static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "packages.lock.json", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));

    /// <summary>The file of licences: what stands in it is what the packages say.</summary>
    public static string Table(IEnumerable<Package> packages) =>
        string.Concat(packages.Select(p => $"| {p.Id} | {p.Version} | {p.Licence} | {p.Authors} |\n"));

    private static IEnumerable<(string Id, string Version, string Hash)> Locked(string file)
    {
        using var read = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var package in read.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
        {
            if (package.Value.GetProperty("type").GetString() != "Project")
            {
                yield return (package.Name, package.Value.GetProperty("resolved").GetString()!, package.Value.GetProperty("contentHash").GetString()!);
            }
        }
    }

    private static Package Read((string Id, string Version, string Hash) locked)
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var id = locked.Id.ToLowerInvariant();
        var description = File.ReadAllText(Path.Combine(root, id, locked.Version.ToLowerInvariant(), id + ".nuspec"));
        return new(
            locked.Id, locked.Version, Licence().Match(description).Groups["licence"].Value.Trim(),
            Authors().Match(description).Groups["authors"].Value.Trim().Replace("|", "/", StringComparison.Ordinal), locked.Hash);
    }

    [GeneratedRegex(@"<license type=""(expression|file)""[^>]*>(?<licence>[^<]+)</license>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Licence();

    [GeneratedRegex("<authors>(?<authors>[^<]+)</authors>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Authors();
}
