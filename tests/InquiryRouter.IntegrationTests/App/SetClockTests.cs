using System.Text.Json;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Somebody sets the clock of the machine while the program runs.</summary>
public sealed class SetClockTests : IAsyncLifetime
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(200);

    private readonly JumpingClock _clock = new();
    private InquiryApp? _app;

    private InquiryApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await InquiryApp.StartAsync(new AppSetup { Clock = _clock });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    [InlineData(-525_600)]
    public async Task No_job_stops_for_it(int minutes)
    {
        await App.ReachesAsync((await App.SubmitAsync(An.Inquiry())).Reference, InquiryState.Referred);

        _clock.Set(TimeSpan.FromMinutes(minutes));

        // All that wait a minute at the most; each has run since, by the clock as it is now.
        await UntilAsync(async () => (await RunsAsync()).Count(r => r.NextAt - r.BeganAt <= TimeSpan.FromMinutes(1)
            && (_clock.GetUtcNow() - r.BeganAt).Duration() < TimeSpan.FromMinutes(5)) >= 10, "the jobs run");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task Nothing_that_depends_on_dates_is_sent_until_it_is_right_again_and_that_is_said(int minutes)
    {
        await App.ReachesAsync((await App.SubmitAsync(An.Inquiry())).Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await DueInAsync(TimeSpan.FromMinutes(5));

        _clock.Set(TimeSpan.FromMinutes(minutes));
        await UntilAsync(
            async () => (await RunsAsync()).Any(r => r.Name == "due-follow-ups" && r.Failure == WatchClock.Doubtful), "it is held");
        await PassAsync(TimeSpan.FromMinutes(2.5));

        Assert.Equal(0, await FiredAsync());
        Assert.InRange(Said(), 2, 4);
        Assert.Equal(["clock"], await DegradedAsync());

        _clock.Set(TimeSpan.FromMinutes(-minutes));
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await FiredAsync());
        Assert.Empty(await DegradedAsync());
        await PassAsync(TimeSpan.FromMinutes(2));
        await UntilAsync(async () => await FiredAsync() > 0, "what is due leaves");
        Assert.Contains(App.Logs.Lines, l => l.Contains("is right again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Less_than_two_minutes_holds_nothing()
    {
        await App.ReachesAsync((await App.SubmitAsync(An.Inquiry())).Reference, InquiryState.Referred);
        await DueInAsync(TimeSpan.FromSeconds(90));

        _clock.Set(TimeSpan.FromSeconds(-100));
        await PassAsync(TimeSpan.FromSeconds(180));
        Assert.Equal(0, await FiredAsync());
        await PassAsync(TimeSpan.FromSeconds(15));

        await UntilAsync(async () => await FiredAsync() > 0, "a follow-up fires by the clock as it is");
        Assert.Equal(0, Said());
    }

    [Fact]
    public void Clocks_that_run_a_little_differently_are_in_no_doubt()
    {
        var clock = new JumpingClock();
        var steady = new SteadyClock(clock);
        for (var n = 0; n < 1000; n++)
        {
            clock.Set(TimeSpan.FromMilliseconds(900));
            Assert.False(steady.IsDoubtful);
        }

        Assert.Equal(TimeSpan.Zero, steady.Jumped);
        clock.Set(TimeSpan.FromMinutes(3));
        Assert.True(steady.IsDoubtful);
        clock.Set(TimeSpan.FromMinutes(-2));
        Assert.False(steady.IsDoubtful);
        Assert.Equal(clock.GetUtcNow(), steady.ToWall(steady.GetUtcNow()));
    }

    private int Said() => App.Logs.Lines.Count(
        l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("The clock of this machine was set by", StringComparison.Ordinal));

    private Task<int> DueInAsync(TimeSpan time) => App.Database.WriteAsync(
        tx => tx.ExecuteAsync("UPDATE FollowUp SET DueAt = @due WHERE State = 0", new { due = _clock.GetUtcNow() + time }));

    private Task<long> FiredAsync() => App.NumberAsync("SELECT COUNT(*) FROM FollowUp WHERE State = 1");

    private Task<IReadOnlyList<ClockRun>> RunsAsync() => App.Services.GetRequiredService<ReadClockRuns>().RunAsync(CancellationToken.None);

    private async Task<string?[]> DegradedAsync()
    {
        using var ready = JsonDocument.Parse(await App.Http.GetStringAsync("/health/ready"));
        Assert.Equal("ready", ready.RootElement.GetProperty("status").GetString());
        return [.. ready.RootElement.GetProperty("degraded").EnumerateArray().Select(d => d.GetString())];
    }

    private async Task PassAsync(TimeSpan time)
    {
        var until = _clock.GetTimestamp() + time.Ticks;
        await UntilAsync(() => Task.FromResult(_clock.GetTimestamp() >= until), $"{time} pass");
    }

    private Task UntilAsync(Func<Task<bool>> condition, string what) => _clock.UntilAsync(condition, () => what, step: s_step);
}
