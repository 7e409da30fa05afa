using System.Net;
using System.Text.RegularExpressions;

namespace InquiryRouter.Benchmarks.Pages;

/// <summary>Goes through the console by its links, and sorts what it meets by shape.</summary>
internal static partial class ConsoleWalk
{
    private const int MostOfAShape = 60;
    private const int LookedAt = 4;
    private const int MostPages = 800;

    // What signs out, is used once, or is no page.
    private static readonly string[] Avoided = ["/console/demo", "/console/sign", "/console/invitation", "/console/assets",
        "/console/proof", "match.json", ".csv"];

    public static async Task<IReadOnlyDictionary<string, List<string>>> RunAsync(ConsoleVisitor visitor, CancellationToken cancel)
    {
        var shapes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var looked = new Dictionary<string, int>(StringComparer.Ordinal);
        var ahead = new Queue<string>([ConsoleVisitor.Home]);
        for (var pages = 0; pages < MostPages && ahead.TryDequeue(out var url);)
        {
            var shape = ShapeOf(url);
            var known = shapes.TryGetValue(shape, out var urls) ? urls : shapes[shape] = [];
            if (known.Contains(url, StringComparer.Ordinal) || known.Count >= MostOfAShape)
            {
                continue;
            }

            if (looked.GetValueOrDefault(shape) >= LookedAt)
            {
                // One of many alike: asked for later, not read.
                known.Add(url);
                continue;
            }

            pages++;
            looked[shape] = looked.GetValueOrDefault(shape) + 1;
            if (await visitor.TryTextAsync(url, cancel) is not { } text)
            {
                continue;
            }

            known.Add(url);
            foreach (var link in Href().Matches(text).Select(m => WebUtility.HtmlDecode(m.Groups["value"].Value).Split('#')[0]).Distinct(
                StringComparer.Ordinal))
            {
                if (!Avoided.Any(a => link.Contains(a, StringComparison.Ordinal)))
                {
                    ahead.Enqueue(link);
                }
            }
        }

        return shapes.Where(s => s.Value.Count > 0).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
    }

    // References, ids and numbers are places; of the query the names, and the values that choose what is shown.
    private static string ShapeOf(string url)
    {
        var parts = url.Split('?', 2);
        var path = Id().Replace(Reference().Replace(parts[0], "{reference}"), "{id}");
        if (parts.Length == 1)
        {
            return path;
        }

        // From which view an inquiry was opened makes no other page of it.
        var shown = parts[1].Split('&').Select(p => p.Split('=', 2)).Where(p => path == parts[0] || p[0] is not ("show" or "kind" or "work"))
            .Select(p => p[0] is "state" or "show" or "kind" or "weeks" ? $"{p[0]}={p[^1]}" : p[0]).ToList();
        if (shown.Count == 0)
        {
            return path;
        }

        return $"{path}?{string.Join('&', shown)}";
    }

    [GeneratedRegex("""href="(?<value>/console[^"]*)""", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Href();

    [GeneratedRegex("IR-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("(?<=/)(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+|[A-Z]{2}-[A-Z0-9-]+)(?=/|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
