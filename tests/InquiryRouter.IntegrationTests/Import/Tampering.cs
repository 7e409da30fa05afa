using System.Text.RegularExpressions;

namespace InquiryRouter.IntegrationTests.Import;

/// <summary>Small harm to a file that keeps most of it meaningful, so that it gets past the syntax.</summary>
internal static partial class Tampering
{
    private static readonly string[] s_pieces =
        ["\"", ",", ";", "|", "+", "@", "=", "{", "}", "[", "]", ":", "\n", "null", "true", "0", "-1", "2026-02-30", "2027-06-15", "lupus", "jci", "x", "é", " "];

    public static string With(string file, Random random)
    {
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            file = Once(file, random);
        }

        return file;
    }

    private static string Once(string file, Random random)
    {
        var at = random.Next(file.Length);
        switch (random.Next(8))
        {
            case 0:
                return file.Remove(at, 1);
            case 1:
                return file.Insert(at, s_pieces[random.Next(s_pieces.Length)]);
            case 2:
                var lines = file.Split('\n').ToList();
                lines.RemoveAt(random.Next(lines.Count));
                return string.Join('\n', lines);
            case 3:
                lines = [.. file.Split('\n')];
                lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]);
                return string.Join('\n', lines);
            case 4:
                return file[..at];
            case 5:
                return WithOther(Number(), file, random, n => n.Length > 1 ? n[..^1] + random.Next(10) : n + random.Next(10));
            default:
                // One value where another stands.
                var words = Word().Matches(file);
                return WithOther(Word(), file, random, _ => words[random.Next(words.Count)].Value);
        }
    }

    private static string WithOther(Regex what, string file, Random random, Func<string, string> other)
    {
        var all = what.Matches(file);
        var one = all[random.Next(all.Count)];
        return file[..one.Index] + other(one.Value) + file[(one.Index + one.Length)..];
    }

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\w.@/-]{2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
