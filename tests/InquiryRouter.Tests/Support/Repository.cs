namespace InquiryRouter.Tests.Support;

/// <summary>The source files of the checkout the tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    public static string Root => s_root.Value;

    /// <summary>The C# files under a folder, what the build makes left out, in a stable order.</summary>
    /// <param name="folder">Relative to the root.</param>
    public static IReadOnlyList<SourceFile> CSharpFiles(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => new SourceFile(f, File.ReadAllText(Path.Combine(Root, f))))];

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "InquiryRouter.sln")))
            {
                return at.FullName;
            }
        }

        // Built into a folder outside of the checkout: the compiler knows where this file was.
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
    }

    private static string ThisFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}

/// <summary>A source file: its path from the root, with slashes, and its text.</summary>
internal sealed record SourceFile(string Path, string Text);
