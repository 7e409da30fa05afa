using InquiryRouter.Commands;
using InquiryRouter.Infrastructure.ReferenceData;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>An operator edits a rule: print it, change it, bring it back.</summary>
public sealed class ReferenceCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-reference-").FullName;
    private readonly AppDatabase _stored;

    public ReferenceCommandTests()
    {
        _stored = AppDatabase.Of(_directory);
        _stored.Prepare();
    }

    public void Dispose()
    {
        _stored.Drop();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_file_is_printed_edited_and_imported()
    {
        await RunAsync(0, "migrate");
        var (printed, _) = await RunAsync(0, "export", "reference", "country-rules");
        Assert.Equal(ReferenceFiles.Shipped["country-rules"].Body, System.Text.Encoding.UTF8.GetBytes(printed));

        var edited = Write("rules.json", printed.Replace("\"country\": \"CR\"", "\"country\": \"PA\"", StringComparison.Ordinal));
        var (said, _) = await RunAsync(0, "import", "reference", edited);
        Assert.Equal("Imported country-rules; the network is now version 2." + Environment.NewLine, said);

        Assert.Contains("\"country\": \"PA\"", (await RunAsync(0, "export", "reference", "country-rules")).Output, StringComparison.Ordinal);
        Assert.Equal(printed, (await RunAsync(0, "export", "reference", "country-rules", "--network-version", "1")).Output);
        Assert.Equal(printed, (await RunAsync(0, "export", "reference", "country-rules", "--shipped")).Output);
        Assert.Equal("country-rules was in force already; the network stays version 2." + Environment.NewLine, (await RunAsync(0, "import", "reference", edited)).Output);

        var (list, _) = await RunAsync(0, "export", "reference", "list");
        Assert.Equal(ReferenceFiles.Names.Count, list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches(@"country-rules +since network version 2, .* UTC: import of rules\.json", list);
        Assert.Matches(@"conditions +since network version 1, ", list);
    }

    [Fact]
    public async Task Every_problem_is_told_with_its_row_and_nothing_is_imported()
    {
        await RunAsync(0, "migrate");
        var (printed, _) = await RunAsync(0, "export", "reference", "country-rules");
        var broken = Write("rules.json", printed
            .Replace("\"country\": \"CR\"", "\"country\": \"XX\"", StringComparison.Ordinal)
            .Replace("\"requires\": \"bs-approval\"", "\"requires\": \"a friend\"", StringComparison.Ordinal));

        var (said, _) = await RunAsync(2, "import", "reference", broken);

        Assert.Contains("country-rules, row 5: country is 'XX'; The two capital letters", said, StringComparison.Ordinal);
        Assert.Contains("country-rules, row 2: requires is 'a friend'; One of: aabb, ", said, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was imported. Mend the rows above and run the command again." + Environment.NewLine, said, StringComparison.Ordinal);
        Assert.Equal(printed, (await RunAsync(0, "export", "reference", "country-rules")).Output);
    }

    [Theory]
    [InlineData("{\"rows\": []}", "An object whose member \"file\" says which one it is: countries, ")]
    [InlineData("{", "JSON in UTF-8, each member of an object once; look at line 1, byte ")]
    public async Task A_file_that_is_none_is_refused_in_a_sentence(string text, string sentence)
    {
        var (_, error) = await RunAsync(2, "import", "reference", Write("rules.json", text));

        Assert.StartsWith("rules.json cannot be imported. It has to be: " + sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_nobody_knows_is_answered_with_those_there_are()
    {
        var (_, error) = await RunAsync(2, "export", "reference", "horoscopes");

        Assert.StartsWith("There is no reference file horoscopes. The files are: countries, regions, ", error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<(string Output, string Error)> RunAsync(int code, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var ended = await CommandLine.RunAsync([.. arguments, $"--Data:Directory={_directory}", .. _stored.Arguments], output, error, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(code == ended, $"Ended with {ended}: {output} {error}");
        return (output.ToString(), error.ToString());
    }
}
