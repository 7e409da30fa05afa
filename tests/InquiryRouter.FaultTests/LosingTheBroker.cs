using System.Diagnostics;
using System.Globalization;
using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using InquiryRouter.TestSupport;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>A web process and two workers on one machine lose their broker for a while, and one worker its life.</summary>
public sealed class LosingTheBroker(BrokerFixture fixture, ITestOutputHelper output) : IClassFixture<BrokerFixture>
{
    private const int MostInquiries = 3000;
    private const int EarliestKill = 500;
    private const int LatestKill = 20_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(3);

    // Mails that the killed worker was sending wait for the end of its lease, four minutes after the kill.
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(7);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_seconds_without_the_broker_and_a_killed_worker_cost_nothing_but_time()
    {
        var seed = FaultSettings.Seed;
        var broker = fixture.Broker;
        output.WriteLine($"Seed {seed}; {broker.Description}.");
        await using var sink = new SmtpSink();
        await using var installation = new Installation().SendMailTo(sink.Port).UseBroker(broker.Uri);
        await installation.ImportClinicsAsync(Cancellation);
        await installation.ServeAsync(Cancellation, "worker");
        var victim = await installation.ServeAsync(Cancellation, "worker");
        await installation.ServeAsync(Cancellation, "web");
        var receipts = new Receipts(new Random(seed));

        using var stop = new CancellationTokenSource();
        using var senders = new Senders(installation.Server, receipts);
        var posting = senders.PostAsync(MostInquiries, s_pause, stop.Token);
        var killing = KillAsync(victim, TimeSpan.FromMilliseconds(new Random(seed).Next(EarliestKill, LatestKill + 1)));
        await Task.Delay(s_before, Cancellation);
        var meanwhile = await TakeAwayAsync(broker, receipts);
        var back = Stopwatch.GetTimestamp();
        await Task.Delay(s_after, Cancellation);
        await killing;
        await stop.CancelAsync();
        await posting;

        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Nothing left to do {Stopwatch.GetElapsedTime(back).TotalSeconds:0.0} s after the broker was back; the slowest answer took {receipts.Slowest.TotalMilliseconds:0} ms."));
        Assert.True(meanwhile > 0, "Nobody had an answer while the broker was away.");
        Assert.Equal(0, receipts.BrokenCount);
        await ShouldBeEmptyAsync(broker);
        await Completion.ReckonAsync(installation, receipts, sink.Arrived, output);
    }

    private async Task KillAsync(ServerProcess worker, TimeSpan moment)
    {
        await Task.Delay(moment, Cancellation);
        await worker.KillAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One worker was killed {moment.TotalSeconds:0.0} s into the load."));
    }

    /// <returns>How many had their answer while it was away.</returns>
    private async Task<int> TakeAwayAsync(TestBroker broker, Receipts receipts)
    {
        await broker.StopAsync();
        var (stopped, before) = (Stopwatch.GetTimestamp(), receipts.AcceptedCount);
        await Task.Delay(s_outage, Cancellation);
        var meanwhile = receipts.AcceptedCount - before;
        await broker.StartAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The broker was away for {Stopwatch.GetElapsedTime(stopped).TotalSeconds:0.0} s, with {before} answers 202 before and {meanwhile} in its first {s_outage.TotalSeconds:0} s."));
        return meanwhile;
    }

    /// <summary>No message is left in a queue, least of all in the one for what could not be handled.</summary>
    private static async Task ShouldBeEmptyAsync(TestBroker broker)
    {
        for (var attempt = 1; ; attempt++)
        {
            var filled = (await broker.QueuesAsync()).Where(q => q.MessagesReady + q.MessagesUnacked > 0).ToList();
            if (filled.Count == 0)
            {
                return;
            }

            Assert.True(attempt < 10, $"Messages are left: {string.Join(", ", filled.Select(q => $"{q.Name} {q.MessagesReady}+{q.MessagesUnacked}"))}");
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
        }
    }
}
