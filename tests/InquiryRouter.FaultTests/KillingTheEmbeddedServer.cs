using System.Diagnostics;
using System.Globalization;
using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>
/// One process with both roles is killed under load again and again. Whoever had a 202 keeps everything that was promised; whoever had no
/// answer asks again with the same key, or never does.
/// </summary>
public sealed class KillingTheEmbeddedServer(ITestOutputHelper output)
{
    private const int MostInRound = 500;
    private const int EarliestKill = 50;
    private const int LatestKill = 1500;
    private const int PostedAgain = 40;
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_mail_to_files_nothing_accepted_is_lost_or_doubled()
    {
        await using var installation = new Installation();
        var receipts = new Receipts(new Random(FaultSettings.Seed));

        await KillUnderLoadAsync(installation, receipts);

        await Completion.ReckonAsync(installation, receipts, PickupFolder.Read(installation.DataDirectory), output);
    }

    [Fact]
    public async Task With_mail_by_smtp_nothing_accepted_is_lost_and_a_mail_comes_twice_only_after_an_unknown_outcome()
    {
        await using var sink = new SmtpSink();
        await using var installation = new Installation().SendMailTo(sink.Port);
        var receipts = new Receipts(new Random(FaultSettings.Seed));

        await KillUnderLoadAsync(installation, receipts);

        await Completion.ReckonAsync(installation, receipts, sink.Arrived, output);
    }

    private async Task KillUnderLoadAsync(Installation installation, Receipts receipts)
    {
        output.WriteLine($"Seed {FaultSettings.Seed}, {FaultSettings.Rounds} rounds.");
        await installation.ImportClinicsAsync(Cancellation);
        var moments = new Random(FaultSettings.Seed);
        for (var round = 1; round <= FaultSettings.Rounds; round++)
        {
            await KillOnceAsync(installation, receipts, round, TimeSpan.FromMilliseconds(moments.Next(EarliestKill, LatestKill + 1)));
        }

        await RecoverAsync(installation, receipts);
    }

    private async Task KillOnceAsync(Installation installation, Receipts receipts, int round, TimeSpan moment)
    {
        var started = Stopwatch.GetTimestamp();
        var server = await installation.ServeAsync(Cancellation);
        var ready = Stopwatch.GetElapsedTime(started);
        var (accepted, broken) = (receipts.AcceptedCount, receipts.BrokenCount);

        using var senders = new Senders(installation.Server, receipts);
        var posting = senders.PostAsync(MostInRound, TimeSpan.Zero, CancellationToken.None);
        await Task.Delay(moment, Cancellation);
        await server.KillAsync();
        await posting;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Round {round} of seed {FaultSettings.Seed}: ready after {ready.TotalSeconds:0.0} s, killed {moment.TotalMilliseconds:0} ms into the load, " +
            $"{receipts.AcceptedCount - accepted} new answers 202, {receipts.BrokenCount - broken} connections broken."));
    }

    /// <summary>The last start: who has no answer asks again, everything is finished, and those who ask once more hear the same.</summary>
    private async Task RecoverAsync(Installation installation, Receipts receipts)
    {
        var started = Stopwatch.GetTimestamp();
        var server = await installation.ServeAsync(Cancellation);
        var ready = Stopwatch.GetElapsedTime(started);
        using var senders = new Senders(installation.Server, receipts);
        await senders.PostUnansweredAsync();
        var again = await senders.PostAgainAsync(PostedAgain);
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Recovery: ready {ready.TotalSeconds:0.0} s after the last start, nothing left to do after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s; {again} asked once more."));
        Assert.Equal(0, receipts.UnansweredCount);
        await server.KillAsync();
    }
}
