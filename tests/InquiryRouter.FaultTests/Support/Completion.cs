using System.Diagnostics;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Bookkeeping;
using InquiryRouter.FaultTests.Support.Server;
using Xunit;

namespace InquiryRouter.FaultTests.Support;

/// <summary>The end of a test: wait until nothing is left to do, then reckon.</summary>
internal static class Completion
{
    private const int MostShown = 40;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_sayAgain = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Waits until all messages are sent and all inquiries and mails are finished, and says now and then how far that is. What is left after
    /// <paramref name="limit"/> the reckoning will tell.
    /// </summary>
    public static async Task UntilNothingIsLeftAsync(Installation installation, TimeSpan limit, ITestOutputHelper output, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var said = TimeSpan.Zero;
        Unfinished? last = null;
        await using var books = new Books(installation.DataDirectory);
        for (var elapsed = TimeSpan.Zero; elapsed < limit; elapsed = Stopwatch.GetElapsedTime(started))
        {
            var left = await books.UnfinishedAsync();
            if (left.IsNothing)
            {
                return;
            }

            if (left != last && elapsed >= said)
            {
                output.WriteLine($"  after {elapsed.TotalSeconds:0} s: {left.Outbox} messages, {left.Inquiries} inquiries and {left.Mails} mails to go");
                (last, said) = (left, elapsed + s_sayAgain);
            }

            await Task.Delay(s_poll, cancellation);
        }

        output.WriteLine($"  gave up waiting after {limit.TotalSeconds:0} s");
    }

    /// <summary>Reports the numbers and fails when anything is wrong.</summary>
    public static async Task ReckonAsync(Installation installation, Receipts receipts, IReadOnlyList<ArrivedMail> arrived, ITestOutputHelper output)
    {
        await using var books = new Books(installation.DataDirectory);
        var reckoning = await Reckoning.MakeAsync(receipts, books, arrived);
        output.WriteLine(reckoning.Summary + ".");
        foreach (var (line, count) in installation.Troubles().Take(12))
        {
            output.WriteLine($"  {count} times in the logs: {line}");
        }

        if (reckoning.Problems.Count > 0)
        {
            Assert.Fail(
                $"{reckoning.Problems.Count} things are wrong (kept for inspection: {installation.KeepForInspection()}):\n" +
                string.Join("\n", reckoning.Problems.Take(MostShown)));
        }
    }
}
