using System.Security.Cryptography;
using System.Text.RegularExpressions;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Deploy;

/// <summary>What is fetched is pinned, locked and allowed, and what is built of it is the same everywhere.</summary>
public sealed class SupplyChainTests
{
    private const string Licences = "src/docs/licences.md";

    private static readonly string[] s_allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL", "MPL-2.0", "Unlicense", "0BSD"];

    // Packages that carry their licence as a file; somebody has read it.
    private static readonly Dictionary<string, string> s_read = new(StringComparer.Ordinal)
    {
        ["CommandLineParser"] = "MIT; of the tests",
        ["Microsoft.DotNet.PlatformAbstractions"] = "MIT; of the tests",
        ["Microsoft.Data.SqlClient.SNI.runtime"] = "Microsoft's own: may be passed on with a program; a library for Windows",
    };

    [Fact]
    public void Every_package_has_a_licence_that_is_allowed()
    {
        var packages = Packages.Of(Packages.Projects("src").Concat(Packages.Projects("tests")));

        Assert.True(packages.Count > 40);
        Assert.Empty(packages.Where(p => !IsAllowed(p)).Select(p => $"{p.Id} {p.Version} has the licence '{p.Licence}'."));
        Assert.False(IsAllowed(new("x", "1", "GPL-3.0-only", "", "")));
        Assert.False(IsAllowed(new("x", "1", "", "", "")));
    }

    [Fact]
    public void The_file_of_licences_has_every_package_of_the_program_and_no_other()
    {
        var rows = Regex.Matches(DeployFiles.Text(Licences), @"^\| [A-Za-z][^|]* \| [0-9][^|]* \|[^\n]*\n", RegexOptions.Multiline).Select(m => m.Value);

        Assert.Equal(Packages.Table(Packages.Of(Packages.Projects("src/InquiryRouter"))), string.Concat(rows));
    }

    [Fact(Explicit = true)]
    public void The_file_of_licences_is_written()
    {
        var path = Path.Combine(Repository.Root, Licences);
        var head = File.ReadAllText(path).Split("|---|---|---|---|\n")[0];
        File.WriteAllText(path, $"{head}|---|---|---|---|\n{Packages.Table(Packages.Of(Packages.Projects("src/InquiryRouter")))}");
    }

    [Fact]
    public void Every_project_has_a_lock_file_and_every_version_is_one()
    {
        var projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => Path.GetRelativePath(Repository.Root, f).Split('/')[0] is "src" or "tests").ToList();
        var versions = Regex.Matches(DeployFiles.Text("Directory.Packages.props"), "<PackageVersion [^>]*Version=\"([^\"]+)\"");

        Assert.NotEmpty(projects);
        Assert.All(projects, p => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json")), p));
        Assert.NotEmpty(versions);
        Assert.All(versions, v => Assert.Matches(@"^[0-9]+(\.[0-9]+)+(-[a-z]+\.[0-9]+)?$", v.Groups[1].Value));
    }

    [Fact]
    public async Task The_same_sources_give_the_same_bytes_wherever_they_lie()
    {
        var here = await BuildAsync("a");
        var there = await BuildAsync("another place");

        Assert.Contains("InquiryRouter.Core.dll", here.Keys);
        Assert.Equal(here, there);
    }

    private static bool IsAllowed(Package package) =>
        s_read.ContainsKey(package.Id)
        || (package.Licence.Length > 0 && package.Licence.Split(" OR ").Intersect(s_allowed, StringComparer.Ordinal).Any());

    // Core has no packages, so it is quick, and all that could differ by place (paths, moments, random names) comes from the settings all share.
    private static async Task<SortedDictionary<string, string>> BuildAsync(string place)
    {
        var folder = Directory.CreateTempSubdirectory("bytes-");
        try
        {
            var root = folder.CreateSubdirectory(place).FullName;
            foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig"])
            {
                File.Copy(Path.Combine(Repository.Root, file), Path.Combine(root, file));
            }

            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/InquiryRouter.Core"), "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(Repository.Root, file);
                if (!path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
                {
                    Directory.CreateDirectory(Path.Combine(root, Path.GetDirectoryName(path)!));
                    File.Copy(file, Path.Combine(root, path));
                }
            }

            var (code, said) = await DeployTests.RunAsync(
                "dotnet", "build", Path.Combine(root, "src/InquiryRouter.Core"), "--configuration", "Release", "--output", Path.Combine(root, "out"),
                "-nodeReuse:false", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false");
            Assert.True(code == 0, said);
            return new(
                Directory.EnumerateFiles(Path.Combine(root, "out"), "*.dll").Concat(Directory.EnumerateFiles(Path.Combine(root, "out"), "*.pdb"))
                    .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal),
                StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
