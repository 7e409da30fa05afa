using InquiryRouter.CostTests.Support;
using Xunit;

namespace InquiryRouter.CostTests;

/// <summary>That the ledger can fail.</summary>
public sealed class TheLedgerNotices
{
    private static readonly CostLedger s_ledger = CostLedger.Parse(
        """
        | what | an inquiry | within | reason |
        |---|---:|---:|---|
        | statements | 45 | 0 % | the first count |
        | bytes allocated | 100,000 | 5 % | the first count |
        """);

    [Theory]
    [InlineData(45, 100_000, 0)]
    [InlineData(45, 104_999, 0)]
    [InlineData(45, 95_001, 0)]
    [InlineData(45.01, 100_000, 1)]
    [InlineData(44, 100_000, 1)]
    [InlineData(45, 105_001, 1)]
    [InlineData(46, 94_999, 2)]
    public void What_grows_and_what_shrinks(double statements, double allocated, int differences) =>
        Assert.Equal(differences, s_ledger.Compare(Measured(statements, allocated)).Count);

    [Fact]
    public void What_is_new_and_what_is_gone()
    {
        var measured = new Dictionary<string, double>(StringComparer.Ordinal) { ["statements"] = 45, ["mails"] = 2 };

        Assert.Equal(2, s_ledger.Compare(measured).Count);
    }

    [Fact]
    public void A_number_without_a_reason()
    {
        var ledger = CostLedger.Parse("| what | an inquiry | within | reason |\n|---|---:|---:|---|\n| statements | 45 | 0 % |  |");

        var difference = Assert.Single(ledger.Compare(new Dictionary<string, double>(StringComparer.Ordinal) { ["statements"] = 45 }));
        Assert.Contains("needs a reason", difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_inquiry_under_a_key_costs_more()
    {
        await using var app = await MeasuredApp.StartAsync();
        await app.TakeAsync(5);

        var plain = await app.CountAsync(1);
        var keyed = await app.CountAsync(1, keyed: true);

        // The key is looked for; an old one like it would be deleted; it is stored.
        Assert.Equal(plain.Statements + 3, keyed.Statements);
        Assert.Equal(plain.Units, keyed.Units);
        Assert.Equal(plain.Reads + 1, keyed.Reads);
        Assert.Equal(3, keyed.ByTable["IdempotencyKey"]);
    }

    private static Dictionary<string, double> Measured(double statements, double allocated) =>
        new(StringComparer.Ordinal) { ["statements"] = statements, ["bytes allocated"] = allocated };
}
