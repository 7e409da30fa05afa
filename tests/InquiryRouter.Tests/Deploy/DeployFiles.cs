using InquiryRouter.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace InquiryRouter.Tests.Deploy;

/// <summary>What stands in <c>deploy</c>.</summary>
internal static class DeployFiles
{
    public static IReadOnlyList<SourceFile> All =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))

            // Somebody's own passwords are nobody's business here.
            .Where(f => Path.GetFileName(f) != ".env")
            .Order(StringComparer.Ordinal)
            .Select(f => new SourceFile(f, Text(f)))];

    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>A file as maps, lists and texts. A key that stands there twice is refused; anchors and merged maps are followed.</summary>
    public static object Yaml(string text)
    {
        // What is merged stands there twice where it is written over.
        using var asItStands = new StringReader(text);
        new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<object>(new Parser(asItStands));
        using var reader = new StringReader(text);
        return new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(reader)))!;
    }

    public static IReadOnlyDictionary<string, object> Map(object node) =>
        ((IDictionary<object, object>)node).ToDictionary(p => (string)p.Key, p => p.Value, StringComparer.Ordinal);

    public static IReadOnlyList<string> Texts(object node) =>
        node is string one ? [one] : [.. ((IEnumerable<object>)node).Select(n => (string)n)];
}
