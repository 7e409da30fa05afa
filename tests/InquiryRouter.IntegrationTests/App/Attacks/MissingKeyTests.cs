using InquiryRouter.Commands;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>A database that knows keys never gets a new one beside it: that would open nothing, and hide that the right one is missing.</summary>
public sealed class MissingKeyTests : AppTests
{
    // Only beside the embedded database is a key ever made.
    internal override AppSetup Setup => new() { OnSqlite = true };

    [Theory]
    [InlineData("serve")]
    [InlineData("list --held")]
    [InlineData("keys list")]
    [InlineData("keys rotate")]
    [InlineData("doctor")]
    public async Task Without_its_key_nothing_starts_and_no_new_one_is_made(string command)
    {
        await App.SubmitAsync(An.Inquiry());
        await App.KillAsync();
        var file = App.Settings.Data.MasterKeyFile;
        var kept = await File.ReadAllTextAsync(file);
        File.Delete(file);

        var (code, output) = await App.RunCommandAsync([.. command.Split(' '), "--Urls=http://127.0.0.1:0"]);

        Assert.Equal(command == "doctor" ? 1 : CommandLine.Refused, code);
        Assert.Contains("is missing, and this database was written with it", output, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(file)!, "*.key*"));

        // Put back, all is as it was.
        await File.WriteAllTextAsync(file, kept);
        Assert.Equal(0, (await App.RunCommandAsync("list", "--held")).ExitCode);
    }
}
