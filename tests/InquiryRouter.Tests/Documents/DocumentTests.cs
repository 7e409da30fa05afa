using System.Globalization;
using System.Text;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Tests.Support;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Tests.Documents;

/// <summary>The documents say what the program does: nothing of it is missing, and their examples work.</summary>
public sealed class DocumentTests
{
    private const string Docs = "src/docs/";

    // What builds and runs leave, and what is not ours.
    private static readonly string[] s_notOurs = ["bin", "obj", "artifacts", "data", "node_modules", "TestResults", ".git"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> s_documents = new(Read);

    [Fact]
    public void Every_setting_is_there_with_its_default_and_no_other() =>
        Assert.Empty(DocumentChecks.SettingProblems(Text(Docs + "settings.md"), ProgramNames.Settings()));

    [Fact]
    public async Task Every_command_and_every_option_is_there()
    {
        var names = await ProgramNames.CommandsAsync(TestContext.Current.CancellationToken);

        var (options, commands) = (names.Where(IsOption).ToList(), names.Where(n => !IsOption(n)).ToList());
        Assert.True(options.Count > 10 && commands.Count > 20);
        var text = Text(Docs + "command-line.md");
        Assert.Empty(DocumentChecks.Untold(text, commands));
        Assert.All(options, option => Assert.Contains(option, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_field_of_an_inquiry_is_there() =>
        Assert.Empty(DocumentChecks.Untold(Text(Docs + "http-api.md"), InquiryJson.Fields));

    [Fact]
    public void Every_member_of_a_policy_is_there() =>
        Assert.Empty(DocumentChecks.Untold(Text(Docs + "operating.md"), ProgramNames.PolicyMembers()));

    [Fact]
    public void Every_reference_file_is_there() =>
        Assert.Empty(DocumentChecks.Untold(Text(Docs + "reference-files.md"), ReferenceFiles.Names));

    [Fact]
    public void Every_decision_has_the_next_number_and_stands_in_the_index()
    {
        var decisions = s_documents.Value
            .Where(d => d.Path.StartsWith(Docs + "decisions/0", StringComparison.Ordinal))
            .Select(d => Path.GetFileName(d.Path))
            .ToList();

        Assert.Equal(Enumerable.Range(1, decisions.Count), decisions.Select(d => int.Parse(d[..4], CultureInfo.InvariantCulture)));
        var index = Text(Docs + "decisions/README.md");
        Assert.All(decisions, d => Assert.Contains($"- [{d[..4]}]({d}) ", index, StringComparison.Ordinal));
    }

    [Fact]
    public void No_line_is_too_long() => Assert.Empty(s_documents.Value.SelectMany(DocumentChecks.LongLines));

    [Fact]
    public void Every_link_leads_somewhere() => Assert.Empty(s_documents.Value.SelectMany(d => DocumentChecks.DeadLinks(d, TextOf)));

    [Theory]
    [InlineData("README.md")]
    [InlineData(Docs + "http-api.md")]
    public void The_inquiry_that_is_shown_can_be_sent(string document)
    {
        var (form, errors) = InquiryJson.Read(Encoding.UTF8.GetBytes(ProgramNames.Example(Text(document), "{ \"patient\":")));

        Assert.Empty(errors);
        Assert.Empty(Shipped.Validator.Validate(form, "token", Moment.Now).Errors);
    }

    [Fact]
    public void The_clinic_that_is_shown_can_be_imported()
    {
        using var file = new MemoryStream(ProgramNames.ClinicCsv(ProgramNames.Example(Text(Docs + "clinic-file.md"), "code  ")));
        var read = ClinicImport.Read(file, ImportFormat.Csv, Shipped.Rules, Shipped.FieldRules);

        Assert.Empty(read.Problems);
        Assert.Equal("MX-001", Assert.Single(read.Clinics).Code);
    }

    private static bool IsOption(string name) => name.StartsWith("--", StringComparison.Ordinal);

    internal static string Text(string path) => s_documents.Value.Single(d => d.Path == path).Text;

    private static string? TextOf(string path)
    {
        var whole = Path.Combine(Repository.Root, path);
        return !Path.Exists(whole) ? null : path.EndsWith(".md", StringComparison.Ordinal) ? File.ReadAllText(whole) : string.Empty;
    }

    // Golden tables are data that tests read: a case is a row, however long.
    private static IReadOnlyList<SourceFile> Read() =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(p => !p.Split('/').Intersect(s_notOurs, StringComparer.Ordinal).Any())
            .Where(p => !Path.GetFileName(p).StartsWith("golden-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(p => new SourceFile(p, File.ReadAllText(Path.Combine(Repository.Root, p))))];
}
