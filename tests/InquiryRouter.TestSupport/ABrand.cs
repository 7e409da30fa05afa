namespace InquiryRouter.TestSupport;

/// <summary>A facilitator's face, with files in a directory of its own.</summary>
internal sealed class ABrand : IDisposable
{
    public const string Name = "Example Health";

    private const string Logo =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><rect width="50" height="50" rx="10" fill="#7a1f2b"/><path d="M60 10h130v30H60z" fill="#7a1f2b"/></svg>
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-face-").FullName;

    public ABrand()
    {
        File.WriteAllText(LogoFile, Logo);
        File.WriteAllText(Path.Combine(_directory, "imprint.txt"), "Example Health Lda.\n12 Harbour Street\n\n# Who is responsible\nMaria Example\n");
        File.WriteAllText(Path.Combine(_directory, "privacy.txt"), "# What we keep\n\n- your name\n- your message\n\nWe keep it for two years.\n");
        File.WriteAllText(Path.Combine(_directory, "privacy.es.txt"), "# Qué guardamos\n\nSu nombre y su mensaje, durante dos años.\n");
        File.WriteAllText(Path.Combine(_directory, "privacy.ar.txt"), "# ما الذي نحفظه\n\nاسمك ورسالتك، لمدة سنتين.\n");
    }

    public string LogoFile => Path.Combine(_directory, "logo.svg");

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Brand:Name"] = Name,
        ["Brand:Logo"] = LogoFile,
        ["Brand:Colour"] = "#7a1f2b",
        ["Brand:Accent"] = "#00695c",
        ["Brand:Address"] = "12 Harbour Street, Lisbon, Portugal",
        ["Brand:Phone"] = "+351 21 123 4567",
        ["Brand:ReplyAddress"] = "care@example-health.example",
        ["Brand:Imprint"] = Path.Combine(_directory, "imprint.txt"),
        ["Brand:Privacy"] = Path.Combine(_directory, "privacy.txt"),
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
