using System.Text;

namespace InquiryRouter.Infrastructure.Brands;

/// <summary>An imprint or a privacy notice: an address, or a text of the facilitator's own.</summary>
/// <param name="Link">May have <c>{lang}</c> where the reader's language stands; null: there are texts.</param>
/// <param name="Texts">By language; under an empty one what is read where there is none in a reader's.</param>
public sealed record BrandText(string? Link, IReadOnlyDictionary<string, string> Texts)
{
    public const string LanguagePlace = "{lang}";
    private const int MostBytes = 100 * 1024;
    private const string Ending = ".txt";
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where it is for a reader of a language; null: it is a text.</summary>
    public string? LinkFor(string language) => Link?.Replace(LanguagePlace, language, StringComparison.Ordinal);

    /// <summary>What a reader of a language reads; null: it is an address.</summary>
    public IReadOnlyList<TextBlock>? For(string language) =>
        Texts.TryGetValue(language, out var text) || Texts.TryGetValue(string.Empty, out text) ? TextBlock.Read(text) : null;

    /// <summary>What a setting names.</summary>
    /// <exception cref="BrandFileException">It is neither an address nor a text.</exception>
    public static BrandText Read(string setting)
    {
        if (setting.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(setting.Replace(LanguagePlace, "en", StringComparison.Ordinal), UriKind.Absolute, out var address)
                && address.Scheme is "https" or "http"
                ? new BrandText(setting, new Dictionary<string, string>(StringComparer.Ordinal))
                : throw new BrandFileException("it is no address of the web");
        }

        return setting.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            ? ReadFiles(setting)
            : throw new BrandFileException("it is neither an address nor a .txt file");
    }

    /// <summary>The file, and those beside it for single languages: <c>privacy.es.txt</c> beside <c>privacy.txt</c>.</summary>
    private static BrandText ReadFiles(string path)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { [string.Empty] = ReadFile(path) };
        var (directory, name) = (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileNameWithoutExtension(path));
        foreach (var other in Directory.EnumerateFiles(directory, $"{name}.*{Ending}"))
        {
            // privacy.es.txt: what stands between the name and the ending.
            if (Path.GetFileNameWithoutExtension(other).AsSpan(name.Length) is ['.', _, _] language)
            {
                texts[language[1..].ToString().ToLowerInvariant()] = ReadFile(other);
            }
        }

        return new BrandText(null, texts);
    }

    private static string ReadFile(string path)
    {
        try
        {
            var text = s_utf8.GetString(BrandFileException.Read(path, MostBytes));
            return string.IsNullOrWhiteSpace(text) ? throw new BrandFileException("it is empty") : text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new BrandFileException("it is not UTF-8");
        }
    }
}

/// <summary>What a piece of such a text is.</summary>
public enum TextBlockKind
{
    Paragraph,
    Heading,
    List,
}

/// <summary>A piece of a text, with an empty line before the next; a heading begins with <c>#</c>, each line of a list with <c>-</c>.</summary>
public sealed record TextBlock(TextBlockKind Kind, IReadOnlyList<string> Lines)
{
    /// <summary>The pieces of a text.</summary>
    public static IReadOnlyList<TextBlock> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var blocks = new List<TextBlock>();
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(string.Empty).Select(l => l.Trim()))
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                lines.Add(line);
                continue;
            }

            if (lines.Count > 0)
            {
                blocks.Add(lines.TrueForAll(l => l.StartsWith("- ", StringComparison.Ordinal))
                    ? new TextBlock(TextBlockKind.List, [.. lines.Select(l => l[2..].TrimStart())])
                    : new TextBlock(TextBlockKind.Paragraph, [.. lines]));
                lines.Clear();
            }

            if (line.Length > 0)
            {
                blocks.Add(new TextBlock(TextBlockKind.Heading, [line.TrimStart('#').TrimStart()]));
            }
        }

        return blocks;
    }
}
