namespace InquiryRouter.Core.Matching;

/// <summary>
/// Shares near ties by turns, in proportion to weights: smooth weighted round robin over what each was owed before. A clinic accrues a share only
/// of decisions it was in, so leave, holidays and full weeks neither starve it nor flood it afterwards. Within one offer of its share at any time
/// (the quota method of Balinski and Young: nobody gets ahead of its share by a whole offer, and the most urgent of the others comes first).
/// </summary>
public static class FairShare
{
    /// <summary>One whole offer.</summary>
    public const long Unit = 1_000_000;

    /// <summary>Orders those that share, whose turn it is first.</summary>
    /// <param name="tied">In the order of the ranking, which decides where turns are equal.</param>
    /// <param name="owed">What each is owed, in millionths of an offer.</param>
    /// <param name="weights">Above zero.</param>
    public static void Order<T>(Span<T> tied, ReadOnlySpan<long> owed, ReadOnlySpan<long> weights)
    {
        var total = Total(weights);
        var keys = new (bool Ahead, double Deadline, int Rank)[tied.Length];
        for (var i = 0; i < tied.Length; i++)
        {
            // Ahead: one more would be a whole offer beyond its share. Deadline: the offers until it is a whole one behind.
            var share = weights[i] * Unit / total;
            keys[i] = (owed[i] + share <= 0, (double)(Unit - owed[i]) / share, i);
        }

        keys.AsSpan().Sort(tied);
    }

    /// <summary>What an offer adds to what each is owed: its share, and for the one that got it, less the whole offer. Together they are 0.</summary>
    public static long[] Shares(int winner, ReadOnlySpan<long> weights)
    {
        var total = Total(weights);
        var shares = new long[weights.Length];
        var remainders = new (long Left, int At)[weights.Length];
        var left = Unit;
        for (var i = 0; i < weights.Length; i++)
        {
            shares[i] = weights[i] * Unit / total;
            remainders[i] = (-(weights[i] * Unit % total), i);
            left -= shares[i];
        }

        // The largest remainders get what rounding left over: nobody is ever a millionth off, and none of it gathers with one of them.
        Array.Sort(remainders);
        for (var i = 0; i < left; i++)
        {
            shares[remainders[i].At]++;
        }

        shares[winner] -= Unit;
        return shares;
    }

    private static long Total(ReadOnlySpan<long> weights)
    {
        var total = 0L;
        foreach (var weight in weights)
        {
            total += weight;
        }

        return total;
    }
}
