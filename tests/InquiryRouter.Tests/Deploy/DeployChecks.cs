using System.Text.RegularExpressions;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Deploy;

/// <summary>What the program gives to who watches it, as the Prometheus exporter of OpenTelemetry names it.</summary>
internal sealed record Series(IReadOnlyList<string> Names, IReadOnlySet<string> Labels);

/// <summary>What can be wrong with a file in <c>deploy</c>, each as a sentence; nothing: it holds.</summary>
internal static partial class DeployChecks
{
    private static readonly string[] s_ofTheFramework = ["Logging", "Kestrel"];

    public static IEnumerable<string> UnknownSettings(SourceFile file, IReadOnlyCollection<string> known) => Setting().Matches(file.Text)
        .Where(m => !s_ofTheFramework.Contains(m.Groups["area"].Value) && !known.Contains($"{m.Groups["area"].Value}:{m.Groups["name"].Value}"))
        .Select(m => $"{file.Path} has {m.Value}, which is not a setting.");

    public static IEnumerable<string> UnknownHealthPaths(SourceFile file, IReadOnlyCollection<string> known) => HealthPath().Matches(file.Text)
        .Where(m => !known.Contains(m.Value))
        .Select(m => $"{file.Path} has {m.Value}, where nothing answers.");

    /// <summary>Commands as a line of a shell, a unit or a list: their names, options and roles.</summary>
    public static IEnumerable<string> UnknownCommands(string where, IReadOnlyList<string> arguments, IReadOnlyCollection<string> known)
    {
        var words = arguments.TakeWhile(a => !a.StartsWith('-')).ToList();
        var command = Enumerable.Range(1, words.Count).Select(n => string.Join(' ', words.Take(n))).LastOrDefault(known.Contains);
        if (command is null)
        {
            yield return $"{where} runs '{string.Join(' ', arguments)}', which is not a command.";
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && !known.Contains(arguments[i]))
            {
                yield return $"{where} gives {arguments[i]}, which is not an option.";
            }

            if (arguments[i] == "--roles" && (i + 1 == arguments.Count || arguments[i + 1].Split(',').Except(["web", "worker"], StringComparer.Ordinal).Any()))
            {
                yield return $"{where} names a role there is not.";
            }
        }
    }

    public static IEnumerable<string> UnknownSeries(SourceFile file, IReadOnlyCollection<Series> known)
    {
        foreach (Match used in Used().Matches(file.Text.Replace("\\\"", "\"", StringComparison.Ordinal)))
        {
            var name = used.Groups["name"].Value;
            if (known.FirstOrDefault(s => s.Names.Contains(name)) is not { } series)
            {
                yield return $"{file.Path} asks for {name}, which is not reported.";
            }
            else if (used.Groups["label"] is { Success: true } label && !series.Labels.Contains(label.Value))
            {
                yield return $"{file.Path} asks for {label.Value} of {name}, which has no such label.";
            }
        }
    }

    /// <summary>Names under which an instrument is found.</summary>
    /// <param name="name">With dots.</param>
    /// <param name="kind">The type of the instrument, like Counter.</param>
    /// <param name="unit">A word in braces says what is counted, and is no part of the name.</param>
    public static IReadOnlyList<string> PrometheusNames(string name, string kind, string? unit)
    {
        var whole = name.Replace('.', '_') + unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            null or "" or ['{', ..] => string.Empty,
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "How Prometheus writes this unit is not told here."),
        };
        return kind switch
        {
            "Counter" => [whole + "_total"],
            "Histogram" => [whole + "_bucket", whole + "_sum", whole + "_count"],
            _ => [whole],
        };
    }

    [GeneratedRegex(@"\b(?<area>[A-Z][A-Za-z]+)__(?<name>[A-Z][A-Za-z]+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"/health/?[a-z]*\b", RegexOptions.None, 1000)]
    private static partial Regex HealthPath();

    [GeneratedRegex(@"\b(?<name>inquiryrouter_[a-z_]+)(\{(?<label>\w+))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Used();
}
