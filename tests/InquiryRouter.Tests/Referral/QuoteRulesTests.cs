using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

public sealed class QuoteRulesTests
{
    private static readonly DateOnly s_today = new(2026, 11, 23);

    [Fact]
    public void Amounts_and_what_they_include_make_a_quote()
    {
        var quote = Quote(new("treatment", 12000m), new("tests", 450.50m), new("hotel", null));

        Assert.Empty(QuoteRules.Check(quote, s_today, s_today));
        Assert.Equal(12450.50m, quote.Total);
    }

    [Theory]
    [InlineData("amount", "-1")]
    [InlineData("amount", "0.001")]
    [InlineData("total", "0")]
    [InlineData("amount", "1000000000001")]
    public void An_amount_that_cannot_be_paid_is_refused(string code, string amount) =>
        Assert.Equal(code, Assert.Single(QuoteRules.Check(Quote(new QuoteItem("treatment", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture))), s_today, s_today)).Code);

    [Fact]
    public void A_line_that_is_not_of_the_list_or_twice_is_refused()
    {
        Assert.Equal("item", Assert.Single(QuoteRules.Check(Quote(new QuoteItem("cure", 1m)), s_today, s_today)).Code);
        Assert.Equal("item", Assert.Single(QuoteRules.Check(Quote(new("tests", 1m), new("tests", 2m)), s_today, s_today)).Code);
    }

    [Fact]
    public void It_holds_from_today_on_for_a_year_at_the_most()
    {
        var quote = Quote(new QuoteItem("treatment", 1m));

        Assert.All((DateOnly?[])[null, s_today.AddDays(-1), s_today.AddDays(QuoteRules.MostDays + 1)], day => Assert.Equal("validUntil", Assert.Single(QuoteRules.Check(quote, day, s_today)).Code));
        Assert.Empty(QuoteRules.Check(quote, s_today.AddDays(QuoteRules.MostDays), s_today));
        Assert.Equal("remark", Assert.Single(QuoteRules.Check(quote with { Remark = new string('a', QuoteRules.LongestRemark + 1) }, s_today, s_today)).Code);
    }

    [Fact]
    public void Each_amount_that_cannot_be_paid_is_named_by_its_own_field() => Assert.Equal(
        [new QuoteProblem("amount.treatment", "amount"), new QuoteProblem("amount.tests", "amount")],
        QuoteRules.Check(Quote(new("treatment", -1m), new("tests", 0.001m), new("hotel", 5m)), s_today, s_today));

    [Fact]
    public void What_holds_when_plans_change_is_checked_as_well()
    {
        var quote = Quote(new QuoteItem("treatment", 1000m)) with
        {
            Terms = new QuoteTerms
            {
                Deposit = 200m, Refunds = [new QuoteRefund(30, 100), new QuoteRefund(7, 50)], Sessions = 1, FurtherSession = 500m, Complications = "clinic",
            },
        };

        Assert.Empty(QuoteRules.Check(quote, s_today, s_today));
        Assert.Equal("deposit", FieldOf(t => t with { Deposit = 1001m }));
        Assert.Equal("refunds", FieldOf(t => t with { Refunds = [new QuoteRefund(7, 50), new QuoteRefund(30, 100)] }));
        Assert.Equal("refunds", FieldOf(t => t with { Refunds = [new QuoteRefund(30, 50), new QuoteRefund(7, 100)] }));
        Assert.Equal("refunds", FieldOf(t => t with { Refunds = [new QuoteRefund(30, 101)] }));
        Assert.Equal("sessions", FieldOf(t => t with { Sessions = 0 }));
        Assert.Equal("furtherSession", FieldOf(t => t with { FurtherSession = -1m }));
        Assert.Equal("complications", FieldOf(t => t with { Complications = "nobody" }));

        string FieldOf(Func<QuoteTerms, QuoteTerms> change) =>
            Assert.Single(QuoteRules.Check(quote with { Terms = change(quote.Terms!) }, s_today, s_today)).Field;
    }

    private static QuoteContent Quote(params QuoteItem[] items) => new() { Items = items, Remark = null };
}
