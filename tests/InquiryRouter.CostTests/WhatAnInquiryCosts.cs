using InquiryRouter.CostTests.Support;
using Xunit;

namespace InquiryRouter.CostTests;

/// <summary>
/// From the request over screening, matching and the offer to the last mail. Nothing is timed: what is counted is the same on a
/// machine that does much else.
/// </summary>
public sealed class WhatAnInquiryCosts(ITestOutputHelper output)
{
    private const int WarmUp = 50;
    private const int Counted = 100;

    [Fact]
    public async Task It_is_what_the_ledger_says()
    {
        await using var app = await MeasuredApp.StartAsync();
        await app.TakeAsync(WarmUp);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        await app.TakeAsync(Counted);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        var (file, kept, decisions, mailBytes, mails) =
            (await app.FileBytesAsync(), await app.SealedBytesAsync(), await app.DecisionBytesAsync(), app.MailBytes, app.Mails);
        var counts = new Counts();
        var log = await app.LogBytesAsync(async () => counts = await app.CountAsync(Counted));
        var totals = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["units of work"] = counts.Units,
            ["reads"] = counts.Reads,
            ["statements"] = counts.Statements,
        };
        foreach (var (table, statements) in counts.ByTable.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            totals[$"statements on {table}"] = statements;
        }

        totals["bytes of the log"] = log;
        totals["bytes of the file"] = await app.FileBytesAsync() - file;
        totals["bytes kept sealed"] = await app.SealedBytesAsync() - kept;
        totals["bytes of the decision"] = await app.DecisionBytesAsync() - decisions;
        totals["mails"] = app.Mails - mails;
        totals["bytes of mails"] = app.MailBytes - mailBytes;
        totals["bytes allocated"] = allocated;
        var measured = totals.ToDictionary(t => t.Key, t => t.Value / Counted, StringComparer.Ordinal);

        var ledger = CostLedger.Load();
        var report = string.Join('\n', [.. ledger.Lines(measured), .. counts.List(Counted)]);
        output.WriteLine(report);
        var differences = ledger.Compare(measured);
        Assert.True(
            differences.Count == 0,
            $"{string.Join('\n', differences)}\n\nThe lines of tests/InquiryRouter.CostTests/ledger.md would be:\n\n{report}");
    }
}
