using System.Text;
using System.Text.RegularExpressions;

namespace InquiryRouter.Tests.Sql;

/// <summary>A string literal in a source file.</summary>
/// <param name="Value">What it says; holes of an interpolated one still in braces.</param>
/// <param name="IsRaw">Three quotation marks or more.</param>
/// <param name="Start">Where it begins in the file.</param>
/// <param name="End">Where it ends.</param>
internal sealed record Literal(string Value, bool IsRaw, int Start, int End);

/// <summary>Just enough of C# to find string literals, and what stands between them.</summary>
internal static partial class CSharpText
{
    /// <summary>All string literals in their order; adjacent ones joined by a plus are one.</summary>
    public static IReadOnlyList<Literal> Literals(string source)
    {
        var found = new List<Literal>();
        foreach (Match match in Token().Matches(source))
        {
            if (ToLiteral(match) is not { } literal)
            {
                continue;
            }

            var joined = found.Count > 0 && Plus().IsMatch(source[found[^1].End..literal.Start]);
            if (joined)
            {
                var first = found[^1];
                found[^1] = new Literal(first.Value + literal.Value, first.IsRaw || literal.IsRaw, first.Start, literal.End);
            }
            else
            {
                found.Add(literal);
            }
        }

        return found;
    }

    /// <summary>The arguments of a call as they are written.</summary>
    /// <param name="source">The file.</param>
    /// <param name="open">Where its opening parenthesis stands.</param>
    public static IReadOnlyList<string> Arguments(string source, int open)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var depth = 0;
        for (var at = open; at < source.Length;)
        {
            var token = Token().Match(source, at);
            if (token.Success && token.Index == at)
            {
                current.Append(token.Value);
                at += token.Length;
                continue;
            }

            var c = source[at++];
            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            if (depth == 0 || (depth == 1 && c == ','))
            {
                arguments.Add(current.ToString().Trim());
                current.Clear();
            }

            if (depth == 0)
            {
                return arguments;
            }

            if (!(depth == 1 && c is '(' or ','))
            {
                current.Append(c);
            }
        }

        throw new InvalidOperationException("The call does not end.");
    }

    public static int LineOf(string source, int at) => source.AsSpan(0, at).Count('\n') + 1;

    private static Literal? ToLiteral(Match match)
    {
        if (match.Groups["raw"] is { Success: true } raw)
        {
            return new Literal(raw.Value, IsRaw: true, match.Index, match.Index + match.Length);
        }

        return match.Groups["plain"] is { Success: true } plain
            ? new Literal(Regex.Unescape(plain.Value), IsRaw: false, match.Index, match.Index + match.Length)
            : null;
    }

    [GeneratedRegex(
        """"
        //[^\n]* | /\*.*?\*/ | \$*"""(?<raw>.*?)""" | \$?"(?<plain>(?:\\.|[^"\\\n])*)" | '(?:\\.|[^'\\\n])+'
        """",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^\s*\+\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plus();
}
