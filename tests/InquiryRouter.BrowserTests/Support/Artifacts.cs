namespace InquiryRouter.BrowserTests.Support;

/// <summary>What a run leaves behind to be looked at: <c>artifacts/</c> at the top of the repository.</summary>
internal static class Artifacts
{
    private static readonly string s_root = Path.Combine(FindTop(), "artifacts");

    /// <summary><c>artifacts/screenshots/ar/clinic-offer.390.dark.png</c></summary>
    public static string Screenshot(string name, Screen screen, string scheme) =>
        Path.Combine(s_root, "screenshots", screen.Language, $"{name}.{screen.Width}.{scheme}.png");

    /// <summary><c>artifacts/page-weights.tsv</c>: page, language, width, bytes of the document and of the stylesheet.</summary>
    public static string Weights { get; } = Path.Combine(s_root, "page-weights.tsv");

    /// <summary>Forgets the run before.</summary>
    public static void Begin()
    {
        var screenshots = Path.Combine(s_root, "screenshots");
        if (Directory.Exists(screenshots))
        {
            Directory.Delete(screenshots, recursive: true);
        }

        Directory.CreateDirectory(s_root);
        File.WriteAllText(Weights, string.Empty);
    }

    private static string FindTop()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "InquiryRouter.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
        }

        return directory.FullName;
    }
}
