using System.Text.RegularExpressions;

namespace InquiryRouter.Tests.Documents;

/// <summary>Of each item of the standard it is said once what is true of it.</summary>
public sealed partial class SecurityDocumentTests
{
    // ASVS 5.0.0: the items of levels 1 and 2 of each section, by their last number.
    private static readonly (string Section, int[] Items)[] s_items =
    [
        ("1.1", [1, 2]), ("1.2", To(9)), ("1.3", To(11)), ("1.4", To(3)), ("1.5", To(2)),
        ("2.1", To(3)), ("2.2", To(3)), ("2.3", To(4)), ("2.4", To(1)),
        ("3.2", To(2)), ("3.3", To(4)), ("3.4", To(6)), ("3.5", To(5)), ("3.7", To(2)),
        ("4.1", To(3)), ("4.2", To(1)), ("4.3", To(2)), ("4.4", To(4)),
        ("5.1", To(1)), ("5.2", To(3)), ("5.3", To(2)), ("5.4", To(3)),
        ("6.1", To(3)), ("6.2", To(12)), ("6.3", To(4)), ("6.4", To(4)), ("6.5", To(5)), ("6.6", To(3)), ("6.8", To(4)),
        ("7.1", To(3)), ("7.2", To(4)), ("7.3", To(2)), ("7.4", To(5)), ("7.5", To(2)), ("7.6", To(2)),
        ("8.1", To(2)), ("8.2", To(3)), ("8.3", To(1)), ("8.4", To(1)),
        ("9.1", To(3)), ("9.2", To(4)),
        ("10.1", To(2)), ("10.2", To(2)), ("10.3", To(4)), ("10.4", To(11)), ("10.5", To(5)), ("10.6", To(2)), ("10.7", To(3)),
        ("11.1", To(2)), ("11.2", To(3)), ("11.3", To(3)), ("11.4", To(4)), ("11.5", To(1)), ("11.6", To(1)),
        ("12.1", To(3)), ("12.2", To(2)), ("12.3", To(4)),
        ("13.1", To(1)), ("13.2", To(5)), ("13.3", To(2)), ("13.4", To(5)),
        ("14.1", To(2)), ("14.2", To(4)), ("14.3", To(3)),
        ("15.1", To(3)), ("15.2", To(3)), ("15.3", To(7)),
        ("16.1", To(1)), ("16.2", To(5)), ("16.3", To(4)), ("16.4", To(3)), ("16.5", To(3)),
        ("17.1", To(1)), ("17.2", To(4)), ("17.3", To(2)),
    ];

    [Fact]
    public void Each_item_of_levels_1_and_2_stands_there_once_with_what_is_true_of_it()
    {
        var expected = s_items.SelectMany(s => s.Items.Select(i => $"{s.Section}.{i}")).ToList();
        var rows = Row().Matches(DocumentTests.Text("src/docs/security.md").ReplaceLineEndings("\n"));
        var said = rows.SelectMany(r => r.Groups["items"].Value.Split(", ")).ToList();

        Assert.Equal(253, expected.Count);
        Assert.Empty(expected.Except(said, StringComparer.Ordinal));
        Assert.Empty(said.Except(expected, StringComparer.Ordinal));
        Assert.Equal(expected.Count, said.Count);
        Assert.All(rows, r => Assert.Contains(r.Groups["verdict"].Value, (string[])["met", "not here", "open"]));
    }

    private static int[] To(int last) => [.. Enumerable.Range(1, last)];

    [GeneratedRegex(@"^\| (?<items>\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*) \| (?<verdict>[a-z ]+) \| (?<why>.+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Row();
}
