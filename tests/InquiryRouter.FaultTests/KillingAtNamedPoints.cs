using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Network;
using InquiryRouter.FaultTests.Support.Server;
using InquiryRouter.TestSupport;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>
/// A process is killed again and again at the moment after which it would have known more: a post is on its way, its answer is, a message is
/// published, confirmed, handed out, acknowledged, a mail begins, has arrived, is taken. Part of the long run: <c>tests/run.sh Fault --long</c>.
/// </summary>
public sealed class KillingAtNamedPoints(BrokerFixture fixture, ITestOutputHelper output) : IClassFixture<BrokerFixture>
{
    private const int PostedInRound = 40;
    private const int LatestOccurrence = 4;
    private static readonly TimeSpan s_reachLimit = TimeSpan.FromSeconds(60);

    // What the killed one had claimed waits for the end of its lease.
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData("post")]
    [InlineData("answer")]
    public Task The_web_role(string point) => KillAsync("web", point);

    [Theory(Explicit = true)]
    [InlineData(nameof(AmqpMoment.Publish))]
    [InlineData(nameof(AmqpMoment.Confirm))]
    [InlineData(nameof(AmqpMoment.Deliver))]
    [InlineData(nameof(AmqpMoment.Acknowledge))]
    [InlineData(nameof(SmtpMoment.Data))]
    [InlineData(nameof(SmtpMoment.FinalDot))]
    [InlineData(nameof(SmtpMoment.Taken))]
    public Task A_worker(string point) => KillAsync("worker", point);

    private async Task KillAsync(string role, string point)
    {
        var (seed, broker) = (FaultSettings.Seed, fixture.Broker);
        output.WriteLine($"Seed {seed}, {FaultSettings.Rounds} rounds; {broker.Description}.");
        await using var sink = new SmtpSink();
        await using var relay = new Relay(broker.Uri.Host, broker.Uri.Port) { IsAmqp = true };
        await using var installation = new Installation().SendMailTo(sink.Port).UseBroker(broker.Uri);
        await using var door = new Relay(installation.Server.Host, installation.Server.Port);
        await installation.ImportClinicsAsync(Cancellation);
        await installation.ServeAsync(Cancellation, role == "web" ? "worker" : "web");
        var receipts = new Receipts(new Random(seed));
        var chance = new Random(seed);
        var reached = 0;
        for (var round = 1; round <= FaultSettings.Rounds; round++)
        {
            installation.UseBroker(relay.InsteadOf(broker.Uri));
            var victim = await installation.ServeAsync(Cancellation, role);
            using var senders = new Senders(door.InsteadOf(installation.Server), receipts);
            var kill = new Kill(victim, chance.Next(LatestOccurrence));
            relay.PassingAmqp = moment => kill.AtAsync(moment.ToString() == point);
            sink.Passing = moment => kill.AtAsync(moment.ToString() == point);
            door.Passing = (toServer, _) => kill.AtAsync(point == (toServer ? "post" : "answer"));
            var posting = senders.PostAsync(PostedInRound, TimeSpan.Zero, CancellationToken.None);
            reached += await kill.IsDoneAsync(s_reachLimit) ? 1 : 0;
            await victim.KillAsync();
            (relay.PassingAmqp, sink.Passing, door.Passing) = (null, null, null);
            await posting;
        }

        output.WriteLine($"Killed at the point in {reached} of {FaultSettings.Rounds} rounds; {receipts.AcceptedCount} answers 202, {receipts.BrokenCount} connections broken.");
        Assert.Equal(FaultSettings.Rounds, reached);
        await installation.ServeAsync(Cancellation, role);
        using var again = new Senders(installation.Server, receipts);
        await again.PostUnansweredAsync();
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        await Completion.ReckonAsync(installation, receipts, sink.Arrived, output);
    }

    /// <summary>Kills once, at the n-th time a moment comes.</summary>
    private sealed class Kill(ServerProcess victim, int at)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = at;

        public async Task AtAsync(bool isIt)
        {
            if (isIt && Interlocked.Decrement(ref _left) < 0)
            {
                await victim.KillAsync();
                _done.TrySetResult();
            }
        }

        public async Task<bool> IsDoneAsync(TimeSpan limit) => await Task.WhenAny(_done.Task, Task.Delay(limit, Cancellation)) == _done.Task;
    }
}
