namespace InquiryRouter.BrowserTests.Support;

/// <summary>What a run leaves behind to be looked at: <c>artifacts/</c> at the top of the repository.</summary>
internal static class Artifacts
{
    private static readonly string s_root = Path.Combine(FindTop(), "artifacts");

    /// <summary><c>artifacts/screenshots/ar/referral-offer.phone.jpg</c></summary>
    public static string Screenshot(string name, string language, string screen) => Path.Combine(s_root, "screenshots", language, $"{name}.{screen}.jpg");

    /// <summary>What each public page weighs.</summary>
    public static string Weights { get; } = Path.Combine(s_root, "page-weights.txt");

    /// <summary>What somebody with a slow phone waits for.</summary>
    public static string SlowPhone { get; } = Path.Combine(s_root, "slow-phone.txt");

    /// <summary>Forgets the run before.</summary>
    public static void Begin()
    {
        var screenshots = Path.Combine(s_root, "screenshots");
        if (Directory.Exists(screenshots))
        {
            Directory.Delete(screenshots, recursive: true);
        }

        Directory.CreateDirectory(s_root);
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
