using InquiryRouter.Commands;

namespace InquiryRouter.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("release")]
    [InlineData("clinics mail-works")]
    [InlineData("policy try")]
    [InlineData("operations take-back")]
    public async Task Whoever_asks_how_a_command_is_used_is_told_and_was_not_wrong(string command)
    {
        var (code, said, wrong) = await RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((0, string.Empty), (code, wrong));
        Assert.Contains($" {command} ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_what_it_needs_is_refused()
    {
        var (code, _, wrong) = await RunAsync("release");

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains("release", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_none_is_named_with_what_is_allowed()
    {
        var (code, _, wrong) = await RunAsync("policy", "try", "policy.json", "--since", "yesterday");

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains("--since is 'yesterday'. It is a day, like 2026-11-29.", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("DateOnly", wrong, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said, string Wrong)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, TimeProvider.System, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
