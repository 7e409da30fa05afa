using System.Globalization;
using System.Text.RegularExpressions;

namespace InquiryRouter.Benchmarks.Pages;

/// <summary>What is searched for: references that are there, and mailboxes as invented patients have them.</summary>
internal static partial class SearchTerms
{
    private const int Many = 50;
    private static readonly string[] Providers = ["patient.example", "mail.patient.example", "post.patient.example"];

    public static async Task<IReadOnlyList<(string What, IReadOnlyList<string> Terms)>> OfAsync(ConsoleVisitor visitor,
        CancellationToken cancel)
    {
        var list = await visitor.TextAsync("/console/list", cancel);
        string[] references = [.. Reference().Matches(list).Select(m => m.Value).Distinct(StringComparer.Ordinal).Take(Many)];
        string[] mails = [.. Enumerable.Range(0, Many).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"p{50_001 + (i * 3)}@{Providers[(50_001 + (i * 3)) % Providers.Length]}"))];
        return [("a reference", references), ("a mailbox", mails), ("nobody", ["nobody@patient.example"])];
    }

    [GeneratedRegex("IR-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
