using System.Text.RegularExpressions;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Benchmarks.Pages;

/// <summary>What is searched for: references that are there; mailboxes, names and phones as invented patients have them.</summary>
internal static partial class SearchTerms
{
    private const int Many = 50;
    private const int FirstOfMany = 50_001;
    private static readonly string[] Countries = ["US", "GB", "MX", "DE"];

    public static async Task<IReadOnlyList<(string What, IReadOnlyList<string> Terms)>> OfAsync(ConsoleVisitor visitor,
        CancellationToken cancel)
    {
        var references = await ReferencesAsync(visitor, "/console/list", cancel);
        DemoPerson[] people = [.. Enumerable.Range(0, Many).Select(i =>
            DemoPerson.Of(FirstOfMany + (i * 3), Countries[i % Countries.Length], Relation.Self, hasPhone: true))];
        return
        [
            ("a reference", references), ("a mailbox", [.. people.Select(p => p.Mail!)]), ("a name", [.. people.Select(p => p.Name)]),
            ("a family name", [.. people.Select(p => p.Name.Split(' ')[^1])]),
            ("a phone", [.. people.Select(p => p.Phone).OfType<string>()]),
            ("nobody", ["nobody@patient.example"]),
        ];
    }

    /// <summary>Those that stand on a page.</summary>
    public static async Task<IReadOnlyList<string>> ReferencesAsync(ConsoleVisitor visitor, string url, CancellationToken cancel) =>
        [.. Reference().Matches(await visitor.TextAsync(url, cancel)).Select(m => m.Value).Distinct(StringComparer.Ordinal).Take(Many)];

    [GeneratedRegex("IR-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
