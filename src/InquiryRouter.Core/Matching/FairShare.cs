namespace InquiryRouter.Core.Matching;

/// <summary>
/// Shares near ties by turns, in proportion to weights: smooth weighted round robin over what each was owed before. A clinic
/// accrues a share only
/// of decisions it was in, so leave, holidays and full weeks neither starve it nor flood it afterwards. Within one offer of its
/// share at any time
/// (the quota method of Balinski and Young: nobody gets ahead of its share by a whole offer, and the most urgent of the others
/// comes first).
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
            var share = Math.Max(1, weights[i] * Unit / total);
            keys[i] = (owed[i] + share <= 0, (double)(Unit - owed[i]) / share, i);
        }

        keys.AsSpan().Sort(tied);
    }

    /// <summary>
    /// What an offer adds to what each is owed: its share, and for the one that got it, less the whole offer. Together they are
    /// 0.
    /// </summary>
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

    /// <summary>
    /// The same where more share than are to be reckoned up with each offer. The offer goes to a few on either side of the
    /// winner, by their places on
    /// a circle: to each an equal part, or as much less as it weighs less, and the winner keeps the rest. What flows between any two
    /// is the same in both directions as long as each wins in proportion to its weight (the rule of Metropolis and Hastings), so
    /// that is what it settles at.
    /// </summary>
    /// <param name="weights">Always in the same order.</param>
    /// <param name="most">How many may change with one offer; at least three do.</param>
    public static long[] Shares(int winner, ReadOnlySpan<long> weights, int most)
    {
        if (weights.Length <= most)
        {
            return Shares(winner, weights);
        }

        // Steps that double reach everybody in few offers.
        var steps = new List<int>();
        for (var step = 1; 2 * step < weights.Length && (steps.Count == 0 || (2 * steps.Count) + 3 <= most); step *= 2)
        {
            steps.Add(step);
        }

        var shares = new long[weights.Length];
        foreach (var step in steps)
        {
            Give((winner + step) % shares.Length, weights);
            Give((winner - step + shares.Length) % shares.Length, weights);
        }

        return shares;

        void Give(int to, ReadOnlySpan<long> weights)
        {
            var part = Unit * Math.Min(weights[to], weights[winner]) / (weights[winner] * ((2 * steps.Count) + 1));
            shares[to] += part;
            shares[winner] -= part;
        }
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
