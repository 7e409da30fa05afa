using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Documents;

/// <summary>Each check of the documents can fail.</summary>
public sealed class TheChecksNotice
{
    private const string Settings =
        """
        | setting | default | values and meaning |
        |---|---|---|
        | `Mail:Port` | `25` | 1 to 65535 |
        | `Mail:Security` | `Auto` | `Auto`, `None` |
        | `Mail:Hots` | none | the server |
        """;

    private static readonly DocumentedSetting[] s_settings =
        [new("Mail:Port", "587", []), new("Mail:Security", "Auto", ["Auto", "None", "StartTls"]), new("Mail:Host", null, [])];

    [Fact]
    public void A_setting_that_is_missing_or_unknown_and_a_default_or_a_value_that_is_not_told() => Assert.Equal(
        ["The default of Mail:Port is 587.", "Mail:Security may be StartTls.", "Mail:Host has no row.", "Mail:Hots is not a setting."],
        DocumentChecks.SettingProblems(Settings, s_settings));

    [Fact]
    public void A_command_that_is_not_told_of() => Assert.Equal(
        ["keys is not told of.", "import reference is not told of."],
        DocumentChecks.Untold(
            "`import clinics FILE` and `keys-list`, not import reference", ["import clinics", "keys", "import reference", "keys-list"]));

    [Fact]
    public void A_line_that_is_too_long()
    {
        var line = new string('x', DocumentChecks.Columns);

        Assert.Equal(["README.md:2 has 141 columns."], DocumentChecks.LongLines(new SourceFile("README.md", $"{line}\n{line}x\n")));
    }

    [Fact]
    public void A_link_that_leads_nowhere()
    {
        var file = new SourceFile("src/docs/a.md", """
            # One thing
            [here](#one-thing), [b](b.md#two-things), [up](../C.md), [web](https://example.org/x.md),
            [gone](gone.md), [no such part](b.md#three)
            """);

        var dead = DocumentChecks.DeadLinks(
            file, path => path switch { "src/docs/b.md" => "## Two things", "src/C.md" => string.Empty, _ => null });

        Assert.Equal(
            [
                "src/docs/a.md leads to gone.md, which is not there.",
                "src/docs/a.md leads to #three of src/docs/b.md, which has no such heading.",
            ],
            dead);
    }

    [Fact]
    public async Task Commands_are_found_below_others_with_their_options()
    {
        var names = await ProgramNames.CommandsAsync(TestContext.Current.CancellationToken, "export");

        Assert.Contains("export clinics", names, StringComparer.Ordinal);
        Assert.Contains("--network-version", names, StringComparer.Ordinal);
    }
}
