using InquiryRouter.Core.Mail;
using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Bookkeeping;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>A service manager tells it to stop: a new version, a restart of the machine.</summary>
public sealed class StoppingTheServer(ITestOutputHelper output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_hears_what_became_of_the_mails_it_is_sending_and_ends_well()
    {
        // Longer than a program that is simply ended is given.
        await using var sink = new SmtpSink(thinks: TimeSpan.FromSeconds(4));
        await using var installation = new Installation().SendMailTo(sink.Port);
        var receipts = new Receipts(new Random(FaultSettings.Seed));
        await installation.ImportClinicsAsync(Cancellation);
        var server = await installation.ServeAsync(Cancellation);
        using var senders = new Senders(installation.Server, receipts);
        await senders.PostAsync(1, TimeSpan.Zero, Cancellation);
        await Waiting.UntilAsync(() => Task.FromResult(sink.Arrived.Count > 0), () => "a mail is being sent");

        Assert.Equal(0, await server.StopAsync(s_limit, Cancellation));

        await using (var books = new Books(installation.DataDirectory))
        {
            var sent = (await books.ReadAsync()).Mails.Where(m => m.State == MailState.Sent).Select(m => m.Id).ToHashSet();
            Assert.NotEmpty(sent);
            Assert.Equal(sent, sink.Arrived.Select(m => m.MailId).ToHashSet());
        }

        // The rest is left to whoever starts next, and nothing comes twice.
        await installation.ServeAsync(Cancellation);
        await Completion.UntilNothingIsLeftAsync(installation, s_limit, output, Cancellation);
        Assert.Equal(2, sink.Arrived.Count);
        await Completion.ReckonAsync(installation, receipts, sink.Arrived, output);
    }
}
