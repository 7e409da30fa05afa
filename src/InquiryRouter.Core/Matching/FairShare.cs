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
        var total = 0L;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var keys = new (bool Ahead, double Deadline, int Rank)[tied.Length];
        for (var i = 0; i < tied.Length; i++)
        {
            // Ahead: one more would be a whole offer beyond its share. Deadline: the offers until it is a whole one behind.
            var share = weights[i] * Unit / total;
            keys[i] = (owed[i] + share <= 0, (double)(Unit - owed[i]) / share, i);
        }

        keys.AsSpan().Sort(tied);
    }

    /// <summary>What each is owed after one of them got the offer.</summary>
    public static long[] After(int winner, ReadOnlySpan<long> owed, ReadOnlySpan<long> weights)
    {
        var total = 0L;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var after = new long[owed.Length];
        var given = 0L;
        for (var i = 0; i < owed.Length; i++)
        {
            var share = weights[i] * Unit / total;
            given += share;
            after[i] = owed[i] + share;
        }

        // An offer is what was given out; shares are rounded down, so that may be a few millionths less than a whole one.
        after[winner] -= given;
        return after;
    }
}
