using System.Diagnostics;
using System.Globalization;
using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Network;
using InquiryRouter.FaultTests.Support.Server;
using InquiryRouter.TestSupport;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>
/// The way to the broker is cut, swallows, answers nothing or is slow, again and again, while people post. Part of the long run:
/// <c>tests/run.sh Fault --long</c>.
/// </summary>
public sealed class BadWeather(BrokerFixture fixture, ITestOutputHelper output) : IClassFixture<BrokerFixture>
{
    private const int MostInquiries = 100_000;
    private const int MostRounds = 20;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_bad = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_fair = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(7);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(nameof(Weather.Cut))]
    [InlineData(nameof(Weather.BlackHole))]
    [InlineData(nameof(Weather.HalfOpen))]
    [InlineData(nameof(Weather.Slow))]
    public async Task On_the_way_to_the_broker_costs_nothing_but_time(string weather)
    {
        var broker = fixture.Broker;
        await using var relay = new Relay(broker.Uri.Host, broker.Uri.Port) { IsAmqp = true };
        await DisturbAsync(
            relay.InsteadOf(broker.Uri),
            () => Do(() => relay.Change(Enum.Parse<Weather>(weather))), () => Do(() => relay.Change(Weather.Fair)));
    }

    [Fact(Explicit = true)]
    public async Task A_broker_that_goes_away_twenty_times_costs_nothing_but_time() =>
        await DisturbAsync(fixture.Broker.Uri, () => fixture.Broker.StopAsync(), () => fixture.Broker.StartAsync());

    private async Task DisturbAsync(Uri broker, Func<Task> begin, Func<Task> end)
    {
        output.WriteLine($"Seed {FaultSettings.Seed}; {fixture.Broker.Description}.");
        await using var sink = new SmtpSink();
        await using var installation = new Installation().SendMailTo(sink.Port).UseBroker(broker);
        await installation.ImportClinicsAsync(Cancellation);
        await installation.ServeAsync(Cancellation, "worker");
        await installation.ServeAsync(Cancellation, "web");
        var receipts = new Receipts(new Random(FaultSettings.Seed));
        using var stop = new CancellationTokenSource();
        using var senders = new Senders(installation.Server, receipts);
        var posting = senders.PostAsync(MostInquiries, s_pause, stop.Token);
        var rounds = Math.Min(FaultSettings.Rounds, MostRounds);
        var meanwhile = 0;
        for (var round = 1; round <= rounds; round++)
        {
            await Task.Delay(s_fair, Cancellation);
            await begin();
            var before = receipts.AcceptedCount;
            await Task.Delay(s_bad, Cancellation);
            meanwhile += receipts.AcceptedCount - before;
            await end();
        }

        await stop.CancelAsync();
        await posting;
        var back = Stopwatch.GetTimestamp();
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rounds} times: {receipts.AcceptedCount} answers 202, {meanwhile} of them meanwhile, {receipts.BrokenCount} broken; the slowest took {receipts.Slowest.TotalMilliseconds:0} ms; nothing left to do {Stopwatch.GetElapsedTime(back).TotalSeconds:0.0} s after the last time."));
        Assert.True(meanwhile > 0, "Nobody had an answer meanwhile.");
        Assert.Equal(0, receipts.BrokenCount);
        await Completion.ReckonAsync(installation, receipts, sink.Arrived, output);
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
