using System.Buffers;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>A clinic that passed every gate.</summary>
/// <param name="Score">0 to 1: the sum of its parts.</param>
/// <param name="Offering">Which of <see cref="Clinic.Treatments"/> speaks for it: of those that pass every gate the one with the best score.</param>
public readonly record struct RankedClinic(string Clinic, double Score, ScoreParts Parts, int Offering = 0);

/// <summary>A decision together with the versions it was made from.</summary>
/// <param name="Ranked">Whom to ask, first to last.</param>
/// <param name="Tied">How many of the first share by turns because their scores are equally good; 1: nobody shares.</param>
public sealed record MatchDecision(long NetworkVersion, int PolicyVersion, IReadOnlyList<RankedClinic> Ranked, int Tied)
{
    public bool IsHeld => Ranked.Count == 0;
}

/// <summary>
/// Ranks the clinics that may and can treat a patient. A function of its arguments only: no clock, no I/O, and what
/// a clinic pays is not among them. The same arguments give the same decision for ever.
/// </summary>
public static class Matcher
{
    public static MatchDecision Match(InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var query = new MatchQuery(index, facts, policy, now);
        var loads = new PlacedLoads(index, load);
        var ranked = Rank(query, loads);
        var tied = Share(ranked, query, index.Network, policy, loads);
        return new MatchDecision(index.Network.Version, policy.Version, new Ranking(index, query, loads, ranked), tied);
    }

    /// <summary>For every clinic, in the order of the network, the first gate that stops it; <see cref="Gate.None"/> for those that are ranked.</summary>
    public static Gate[] CheckAll(InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var gates = new Gate[index.Clinics.Length];
        CheckAll(gates, [], facts, index, policy, load, now, Gate.None);
        return gates;
    }

    /// <summary>How many clinics would be ranked if one gate were left open.</summary>
    public static int CountWithout(Gate gate, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var gates = new Gate[index.Clinics.Length];
        CheckAll(gates, [], facts, index, policy, load, now, gate);
        return gates.AsSpan().Count(Gate.None);
    }

    /// <summary>The first gate that stops one clinic now; one that is no longer in the network is inactive.</summary>
    public static Gate Check(string clinic, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var at = index.Network.PositionOf(clinic);
        if (at < 0)
        {
            return Gate.Inactive;
        }

        var query = new MatchQuery(index, facts, policy, now);
        var furthest = BeforeOfferings(index, at);
        foreach (ref readonly var offering in query.Offerings)
        {
            if (offering.Clinic == at)
            {
                var gate = query.Check(offering);
                if (gate == Gate.None)
                {
                    return PlacedLoads.For(index.Clinics[at], load).Gate;
                }

                furthest = gate > furthest ? gate : furthest;
            }
        }

        return furthest;
    }

    /// <summary>
    /// What a clinic that was offered the inquiry no longer meets, or <see cref="Gate.None"/>: credentials and rules must be in force while an offer is
    /// open. Full weeks, leave and changed wishes end no offer.
    /// </summary>
    public static Gate CheckLapse(string clinic, InquiryFacts facts, MatchIndex index, Policy policy, DateTimeOffset now)
    {
        var at = index.Network.PositionOf(clinic);
        if (at < 0 || index.Clinics[at].Closed == Gate.Inactive)
        {
            return Gate.Inactive;
        }

        var query = new MatchQuery(index, facts, policy, now);
        var furthest = Gate.Condition;
        foreach (ref readonly var offering in query.Offerings)
        {
            if (offering.Clinic == at)
            {
                var gate = query.CheckRequirements(offering);
                if (gate == Gate.None)
                {
                    return Gate.None;
                }

                furthest = gate > furthest ? gate : furthest;
            }
        }

        return furthest;
    }

    /// <summary>What the turn of a decision adds to what each clinic is owed, in millionths of an offer, together 0; in the order of codes. Nobody shared: nothing.</summary>
    public static IReadOnlyList<(Clinic Clinic, long Owed)> Shares(MatchDecision decision, NetworkSnapshot network, Policy policy)
    {
        if (decision.Tied < 2)
        {
            return [];
        }

        var winner = decision.Ranked[0].Clinic;
        var tied = decision.Ranked.Take(decision.Tied).Select(r => network.ByCode[r.Clinic]).OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        var owed = FairShare.Shares(tied.FindIndex(c => c.Code == winner), [.. tied.Select(c => Weight(c, policy))], policy.MostTied);
        return [.. tied.Zip(owed).Where(s => s.Second != 0)];
    }

    /// <summary>What each of those that share weighs.</summary>
    public static long Weight(Clinic clinic, Policy policy) => policy.ShareBy == ShareBy.Equal ? 1 : Math.Max(1, clinic.WeeklyCap);

    // In two passes, the second over the few that passed the first: what each of them needs lies far apart in memory, and is fetched side by side.
    private static ulong[] Rank(MatchQuery query, PlacedLoads loads)
    {
        var open = query.Open;
        var places = ArrayPool<int>.Shared.Rent(open.Length);
        var passed = 0;
        for (var place = 0; place < open.Length; place++)
        {
            places[passed] = place;
            passed += query.Check(open[place]) == Gate.None ? 1 : 0;
        }

        var keys = ArrayPool<ulong>.Shared.Rent(2 * passed);
        var count = 0;
        var last = -1;
        foreach (var place in places.AsSpan(0, passed))
        {
            var clinic = open[place].Clinic;
            ref readonly var load = ref loads[clinic];
            if (load.Gate != Gate.None)
            {
                continue;
            }

            // Best score first, in millionths short of 1; clinics come in code order, and equal scores keep it.
            var key = ScoreOrder.Key(Math.Round((1 - query.Score(place, load).Sum) * ScoreParts.Steps), place);
            if (clinic == last)
            {
                // Offerings of a clinic follow each other: the best one that passes speaks for it, of equal ones the first.
                keys[count - 1] = Math.Min(keys[count - 1], key);
                continue;
            }

            keys[count++] = key;
            last = clinic;
        }

        var ranked = ScoreOrder.Sort(keys.AsSpan(0, count), keys.AsSpan(count, count)).ToArray();
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(places);
        return ranked;
    }

    /// <param name="gates">For every clinic, in the order of the network.</param>
    /// <param name="offerings">For every clinic, which of the offerings for the condition got to its gate, -1: none; empty when that is not asked.</param>
    internal static void CheckAll(
        Span<Gate> gates, Span<int> offerings, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now, Gate without)
    {
        var query = new MatchQuery(index, facts, policy, now, without);
        var loads = new PlacedLoads(index, load);
        for (var i = 0; i < gates.Length; i++)
        {
            gates[i] = BeforeOfferings(index, i);
        }

        offerings.Fill(-1);
        var all = query.Offerings;
        var passed = -1;
        for (var place = 0; place < all.Length; place++)
        {
            ref readonly var offering = ref all[place];
            if (offering.Clinic == passed)
            {
                continue;
            }

            var gate = query.Check(offering);
            if (gate == Gate.None)
            {
                passed = offering.Clinic;
                gates[passed] = loads[passed].Gate;
            }
            else if (gate > gates[offering.Clinic])
            {
                // The gate reported is the last one an offering of the clinic got to: the most helpful "no".
                gates[offering.Clinic] = gate;
                if (!offerings.IsEmpty)
                {
                    offerings[offering.Clinic] = place;
                }
            }
        }
    }

    private static Gate BeforeOfferings(MatchIndex index, int clinic) =>
        index.Clinics[clinic].Closed is not Gate.None and var closed ? closed : Gate.Condition;

    private static int Share(Span<ulong> ranked, MatchQuery query, NetworkSnapshot network, Policy policy, PlacedLoads loads)
    {
        var tied = Math.Min(ranked.Length, 1);
        while (tied < ranked.Length && policy.MostTied > 1
            && (ScoreOrder.Millionths(ranked[tied]) - ScoreOrder.Millionths(ranked[0])) / ScoreParts.Steps <= policy.NearTie)
        {
            tied++;
        }

        if (tied > 1)
        {
            var owed = new long[tied];
            var weights = new long[tied];
            for (var i = 0; i < tied; i++)
            {
                var clinic = query.Open[ScoreOrder.At(ranked[i])].Clinic;
                owed[i] = loads[clinic].Owed;
                weights[i] = Weight(network.Clinics[clinic], policy);
            }

            FairShare.Order(ranked[..tied], owed, weights);
        }

        return tied;
    }
}
