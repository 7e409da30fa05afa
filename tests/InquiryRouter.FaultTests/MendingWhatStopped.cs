using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Bookkeeping;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using InquiryRouter.TestSupport;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>
/// A message that no worker can handle is parked and stops nobody else; its cause is mended, it is sent again with the command, and its
/// inquiry ends as if nothing had been.
/// </summary>
public sealed class MendingWhatStopped(BrokerFixture fixture, ITestOutputHelper output) : IClassFixture<BrokerFixture>
{
    private const int Inquiries = 24;
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_one_process()
    {
        await using var installation = new Installation();
        await installation.ImportClinicsAsync(Cancellation);

        await StopAndMendAsync(installation, () => installation.ServeAsync(Cancellation), "failed 10 times since ");
    }

    [Fact]
    public async Task Over_a_broker_that_gives_up_on_it()
    {
        var broker = fixture.Broker;
        output.WriteLine($"{broker.Description}.");
        await using var installation = new Installation().UseBroker(broker.Uri);
        await installation.ImportClinicsAsync(Cancellation);

        await StopAndMendAsync(
            installation,
            async () =>
            {
                await installation.ServeAsync(Cancellation, "worker");
                await installation.ServeAsync(Cancellation, "web");
            },
            "inquiryrouter-matching delivery_limit");
    }

    private async Task StopAndMendAsync(Installation installation, Func<Task> serve, string history)
    {
        await using var poison = await Poison.IntoAsync(installation);
        await serve();
        var receipts = new Receipts(new Random(FaultSettings.Seed));
        using var senders = new Senders(installation.Server, receipts);
        await senders.PostAsync(Inquiries, TimeSpan.Zero, Cancellation);

        await poison.ParksAsync();
        await Waiting.UntilAsync(
            async () => await LeftAsync(installation) is { Outbox: 0, Inquiries: 1, Mails: 0 }, () => "The others are not done.");

        var stopped = receipts.Accepted[Poison.Patient].Reference;
        var listed = await installation.RunAsync(["operations", "list"], Cancellation);
        Assert.True(listed.Code == 0, listed.Output);
        Assert.Contains($"  {stopped}  InquiryCleared  SqliteException", listed.Output, StringComparison.Ordinal);
        Assert.Contains(history, listed.Output, StringComparison.Ordinal);
        Assert.Contains("1 message has stopped.", listed.Output, StringComparison.Ordinal);

        await poison.MendAsync();
        var requeued = await installation.RunAsync(["operations", "requeue", "--cause", "SqliteException"], Cancellation);
        Assert.True(requeued.Code == 0, requeued.Output);
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        await Completion.ReckonAsync(installation, receipts, PickupFolder.Read(installation.DataDirectory), output);
    }

    private static async Task<Unfinished> LeftAsync(Installation installation)
    {
        await using var books = new Books(installation.DataDirectory);
        return await books.UnfinishedAsync();
    }
}
