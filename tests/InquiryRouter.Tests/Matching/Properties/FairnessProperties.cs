using FsCheck;
using FsCheck.Xunit;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Properties;

/// <summary>
/// Shares over 10,000 offers each. Offers are counted in millionths, and a share is rounded down to one: over all of them a hundredth of an offer.
/// </summary>
public sealed class FairnessProperties
{
    private const int Offers = 10_000;
    private const long FurthestOff = 5 * FairShare.Unit / 2;
    private const double MostAboveShare = 3;

    [Property(MaxTest = 40)]
    public void Who_always_takes_part_is_never_a_whole_offer_away_from_its_share(NonEmptyArray<byte> bytes)
    {
        var weights = Weights(bytes);
        var total = weights.Sum();
        var owed = new long[weights.Length];
        var got = new long[weights.Length];
        for (var offer = 1; offer <= Offers; offer++)
        {
            owed = Give(weights, owed, [.. Enumerable.Range(0, weights.Length)], out var winner);
            got[winner]++;
            for (var i = 0; i < weights.Length; i++)
            {
                var share = (double)offer * weights[i] / total;
                Assert.True(Math.Abs(got[i] - share) <= 1.01, $"After {offer} offers clinic {i} of weights {string.Join(' ', weights)} has {got[i]} for {share:0.000}.");
            }

            Assert.Equal(0, owed.Sum());
        }
    }

    [Fact]
    public void Of_twelve_equal_clinics_where_eight_are_reckoned_up_each_gets_its_share()
    {
        Clinic[] clinics = [.. Enumerable.Range(1, 12).Select(n => A.Clinic($"MX-{n:00}"))];
        var index = A.Index(clinics);
        var owed = clinics.ToDictionary(c => c.Code, _ => 0L, StringComparer.Ordinal);
        var got = clinics.ToDictionary(c => c.Code, _ => 0, StringComparer.Ordinal);
        for (var offer = 1; offer <= 1200; offer++)
        {
            var load = new MatchLoad(owed.ToDictionary(o => o.Key, o => new ClinicLoad { Owed = o.Value }, StringComparer.Ordinal), MatchLoad.None.Earlier);
            var decision = Matcher.Match(An.Inquiry(), index, Policy.Shipped, load, Moment.Now);
            got[decision.Ranked[0].Clinic]++;
            var shares = Matcher.Shares(decision, index.Network, Policy.Shipped);
            Assert.InRange(shares.Count, 2, Policy.Shipped.MostTied);
            foreach (var (clinic, share) in shares)
            {
                owed[clinic.Code] += share;
            }

            Assert.All(got.Values, g => Assert.InRange(g - (offer / 12.0), -1.01, 1.01));
        }
    }

    [Property(MaxTest = 30)]
    public void However_many_equal_clinics_share_and_however_few_are_reckoned_up_nobody_is_a_whole_offer_away(byte more, byte most)
    {
        var weights = Enumerable.Repeat(1L, 3 + (more % 60)).ToArray();
        var got = Run(weights, 2 + (most % 12), (offer, got) =>
            Assert.All(got, g => Assert.InRange(g - ((double)offer / weights.Length), -1.01, 1.01)));

        Assert.Equal(Offers, got.Sum());
    }

    /// <summary>
    /// Unequal weights settle at their shares; no proof of a bound is known to us. Over sixty random sets nobody was further than 9.4 offers from
    /// its share, and beside eleven caps of 1 one of 50 was 12 off. Asserted are 50 of 10,000.
    /// </summary>
    [Property(MaxTest = 30)]
    public void With_caps_of_any_size_each_of_more_than_are_reckoned_up_gets_what_its_cap_asks_for(NonEmptyArray<byte> bytes, byte more)
    {
        long[] weights = [.. Enumerable.Range(0, 9 + (more % 20)).Select(i => 1L + (bytes.Get[i % bytes.Get.Length] * (i + 1) % 50))];

        var got = Run(weights, 8, (_, _) => { });

        Assert.All(got.Zip(weights), g => Assert.InRange(g.First - ((double)Offers * g.Second / weights.Sum()), -50, 50));
    }

    private static long[] Run(long[] weights, int most, Action<int, long[]> check)
    {
        var owed = new long[weights.Length];
        var got = new long[weights.Length];
        for (var offer = 1; offer <= Offers; offer++)
        {
            int[] tied = [.. Enumerable.Range(0, weights.Length)];
            FairShare.Order(tied.AsSpan(), owed, weights);
            got[tied[0]]++;
            var shares = FairShare.Shares(tied[0], weights, most);
            Assert.InRange(shares.Count(s => s != 0), 2, Math.Max(3, most));
            owed = [.. owed.Zip(shares, (o, s) => o + s)];
            check(offer, got);
        }

        Assert.Equal(0, owed.Sum());
        return got;
    }

    /// <summary>
    /// Members come and go. No proof is known to us for them; over four million offers nobody strayed further than 2.01 offers from its share, nor got
    /// more than 2.16 above it in any ten offers it took part in, also just after it was back. Asserted are two and a half, and three.
    /// </summary>
    [Property(MaxTest = 40)]
    public void Whoever_comes_back_is_neither_starved_nor_flooded(NonEmptyArray<byte> bytes, int seed)
    {
        var random = new Random(seed);
        var weights = Weights(bytes);
        var owed = new long[weights.Length];
        var away = new int[weights.Length];
        var wins = weights.Select(_ => new Queue<(double Share, bool Won)>()).ToArray();
        for (var offer = 0; offer < Offers; offer++)
        {
            // Leave for up to 300 offers; besides, an inquiry suits most and not all.
            for (var i = 0; i < away.Length; i++)
            {
                away[i] = away[i] > 0 ? away[i] - 1 : random.Next(200) == 0 ? random.Next(300) : 0;
            }

            int[] members = [.. Enumerable.Range(0, weights.Length).Where(i => away[i] == 0 && random.Next(5) > 0)];
            if (members.Length == 0)
            {
                continue;
            }

            var before = owed;
            owed = Give(weights, owed, members, out var winner);
            Assert.Equal(0, owed.Sum());
            Assert.All(Enumerable.Range(0, weights.Length).Except(members), i => Assert.Equal(before[i], owed[i]));
            foreach (var i in members)
            {
                Assert.InRange(owed[i], -FurthestOff, FurthestOff);
                wins[i].Enqueue(((double)weights[i] / members.Sum(m => weights[m]), i == winner));
                if (wins[i].Count > 10)
                {
                    wins[i].Dequeue();
                }

                Assert.True(wins[i].Count(w => w.Won) <= wins[i].Sum(w => w.Share) + MostAboveShare);
            }
        }
    }

    private static long[] Give(long[] weights, long[] owed, int[] members, out int winner)
    {
        int[] tied = [.. members];
        FairShare.Order(tied.AsSpan(), [.. members.Select(m => owed[m])], [.. members.Select(m => weights[m])]);
        winner = tied[0];
        var shares = FairShare.Shares(Array.IndexOf(members, winner), [.. members.Select(m => weights[m])]);
        var all = owed.ToArray();
        for (var i = 0; i < members.Length; i++)
        {
            all[members[i]] += shares[i];
        }

        return all;
    }

    /// <summary>Two to eight clinics with weekly caps of 1 to 50.</summary>
    private static long[] Weights(NonEmptyArray<byte> bytes) => [.. bytes.Get.Append((byte)7).Take(8).Select(b => 1L + (b % 50))];
}
