using System.Text.RegularExpressions;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Documents;

/// <summary>A setting of an options class.</summary>
/// <param name="Default">As it is written; null: none, or one that is derived from other settings.</param>
/// <param name="Values">All there are, where they have names.</param>
internal sealed record DocumentedSetting(string Name, string? Default, IReadOnlyList<string> Values);

/// <summary>What can be wrong with a document, each as a sentence; nothing: it holds.</summary>
internal static partial class DocumentChecks
{
    public const int Columns = 140;

    public static IEnumerable<string> LongLines(SourceFile file) =>
        file.Text.Split('\n').Index()
            .Where(l => l.Item.Length > Columns)
            .Select(l => $"{file.Path}:{l.Index + 1} has {l.Item.Length} columns.");

    /// <summary>Names that stand nowhere as code: alone, or followed by what they are given.</summary>
    public static IEnumerable<string> Untold(string text, IEnumerable<string> names) => names
        .Where(n => !IsCode(text, n) && !text.Contains($"`{n} ", StringComparison.Ordinal))
        .Select(n => $"{n} is not told of.");

    /// <summary>The tables of settings against the settings there are: each with its default and its values, and no other.</summary>
    public static IEnumerable<string> SettingProblems(string text, IReadOnlyList<DocumentedSetting> settings)
    {
        var rows = SettingRow().Matches(text).ToLookup(r => r.Groups["name"].Value, StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            if (!rows.Contains(setting.Name))
            {
                yield return $"{setting.Name} has no row.";
            }
            else if (setting.Default is { } value && !rows[setting.Name].All(r => IsCode(r.Groups["default"].Value, value)))
            {
                yield return $"The default of {setting.Name} is {value}.";
            }

            foreach (var missing in setting.Values.Where(v => rows[setting.Name].Any(r => !IsCode(r.Value, v))))
            {
                yield return $"{setting.Name} may be {missing}.";
            }
        }

        foreach (var unknown in rows.Select(r => r.Key).Except(settings.Select(s => s.Name), StringComparer.Ordinal))
        {
            yield return $"{unknown} is not a setting.";
        }
    }

    /// <summary>Links into the repository that lead nowhere.</summary>
    /// <param name="read">The text of a file by its path from the root; empty for what is not text; null: there is no such file.</param>
    public static IEnumerable<string> DeadLinks(SourceFile file, Func<string, string?> read)
    {
        foreach (Match link in Link().Matches(file.Text))
        {
            var (target, anchor) = (link.Groups["target"].Value, link.Groups["anchor"].Value);
            var path = target.Length == 0 ? file.Path : Resolve(file.Path, target);
            if ((target.Length == 0 ? file.Text : read(path)) is not { } text)
            {
                yield return $"{file.Path} leads to {target}, which is not there.";
            }
            else if (anchor.Length > 0 && !Heading().Matches(text).Any(h => Anchor(h.Groups["title"].Value) == anchor))
            {
                yield return $"{file.Path} leads to #{anchor} of {path}, which has no such heading.";
            }
        }
    }

    private static bool IsCode(string text, string code) => text.Contains($"`{code}`", StringComparison.Ordinal);

    private static string Resolve(string from, string target) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(from)!, target)));

    // As the sites that show Markdown make it.
    private static string Anchor(string title) =>
        string.Concat(title.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"^\| `(?<name>(\w+:)?\w+)` \| (?<default>[^|]*) \|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SettingRow();

    [GeneratedRegex("""(\]\(|src=")(?!https?:)(?<target>[^)#"\s]*)(#(?<anchor>[^)"\s]*))?[)"]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}
