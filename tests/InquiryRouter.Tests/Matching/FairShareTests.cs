using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Matching;

public sealed class FairShareTests
{
    [Fact]
    public void Equal_ones_take_turns_in_the_order_of_the_ranking() =>
        Assert.Equal("abcabcabc", Turns(9, ("a", 1), ("b", 1), ("c", 1)));

    [Fact]
    public void Twice_the_weight_is_twice_the_offers_and_not_two_in_a_row_when_it_can_be_helped() =>
        Assert.Equal("abacabac", Turns(8, ("a", 2), ("b", 1), ("c", 1)));

    [Fact]
    public void The_one_that_is_owed_most_urgently_comes_first()
    {
        string[] tied = ["a", "b", "c"];

        FairShare.Order(tied.AsSpan(), [0, 300_000, -300_000], [1, 1, 1]);

        Assert.Equal(["b", "a", "c"], tied);
    }

    [Fact]
    public void Whoever_is_a_whole_offer_ahead_comes_last_whatever_it_weighs()
    {
        string[] tied = ["heavy", "light"];

        FairShare.Order(tied.AsSpan(), [-1_500_000, 0], [100, 1]);

        Assert.Equal(["light", "heavy"], tied);
    }

    [Fact]
    public void After_an_offer_each_is_owed_its_share_and_the_winner_an_offer_less()
    {
        Assert.Equal([-500_000L, 500_000L], FairShare.Shares(0, [1, 1]));
        Assert.Equal([750_000L, -750_000L], FairShare.Shares(1, [3, 1]));
    }

    [Fact]
    public void Rounding_loses_nothing() => Assert.Equal(0, FairShare.Shares(2, [1, 1, 1]).Sum());

    [Fact]
    public void A_single_one_is_owed_nothing() => Assert.Equal([0L], FairShare.Shares(0, [7]));

    private static string Turns(int count, params (string Name, long Weight)[] members)
    {
        var owed = new long[members.Length];
        long[] weights = [.. members.Select(m => m.Weight)];
        var turns = string.Empty;
        for (var i = 0; i < count; i++)
        {
            int[] tied = [.. Enumerable.Range(0, members.Length)];
            FairShare.Order(tied.AsSpan(), owed, weights);
            turns += members[tied[0]].Name;
            owed = [.. owed.Zip(FairShare.Shares(tied[0], weights), (o, s) => o + s)];
        }

        return turns;
    }
}
