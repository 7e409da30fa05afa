using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Worker.Clock;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What the clock does, done once by hand.</summary>
public sealed class ClockTests : AppTests
{
    public static TheoryData<string> Tasks => new(ClockTasks.All.Select(t => t.Name));

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task Every_task_finds_what_it_needs_and_changes_nothing_when_nothing_is_due(string name)
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var before = await App.DumpAsync();

        foreach (var step in ClockTasks.All.Single(t => t.Name == name).Steps)
        {
            await App.Clock.RunningAsync(step(App.Services, CancellationToken.None));
        }

        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_broken_history_is_an_error_in_the_log_that_names_the_inquiry_and_the_line()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        var task = App.Services.GetRequiredService<WatchHistory>();
        await task.RunAsync(CancellationToken.None);
        Assert.DoesNotContain(App.Logs.Lines, l => l.Contains("The history of", StringComparison.Ordinal));

        await App.Database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM AuditEntry WHERE Version = 3"));
        await task.RunAsync(CancellationToken.None);

        var error = Assert.Single(App.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains($"The history of {submitted.Reference} is broken at line 3", error, StringComparison.Ordinal);
    }
}
