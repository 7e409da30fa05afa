using System.Buffers;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>A clinic that passed every gate.</summary>
/// <param name="Score">0 to 1: the sum of its parts.</param>
public readonly record struct RankedClinic(string Clinic, double Score, ScoreParts Parts);

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
    private const int MostOnStack = 512;

    public static MatchDecision Match(InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        Span<byte> destinations = index.CountryCount <= MostOnStack ? stackalloc byte[index.CountryCount] : new byte[index.CountryCount];
        var query = new MatchQuery(index, facts, policy, load, now, destinations);
        var ranked = Rank(query, index, load);
        return new MatchDecision(index.Network.Version, policy.Version, ranked, Share(ranked, index, policy, load));
    }

    /// <summary>For every clinic, in the order of the network, the first gate that stops it; <see cref="Gate.None"/> for those that are ranked.</summary>
    public static Gate[] CheckAll(InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var gates = new Gate[index.Clinics.Length];
        CheckAll(gates, facts, index, policy, load, now, Gate.None);
        return gates;
    }

    /// <summary>How many clinics would be ranked if one gate were left open.</summary>
    public static int CountWithout(Gate gate, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var gates = new Gate[index.Clinics.Length];
        CheckAll(gates, facts, index, policy, load, now, gate);
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

        Span<byte> destinations = index.CountryCount <= MostOnStack ? stackalloc byte[index.CountryCount] : new byte[index.CountryCount];
        var query = new MatchQuery(index, facts, policy, load, now, destinations);
        var furthest = BeforeOfferings(index, at);
        foreach (ref readonly var offering in query.Offerings)
        {
            if (offering.Clinic == at)
            {
                var gate = query.Check(offering);
                if (gate == Gate.None)
                {
                    return query.CheckLoad(at, load.Of(clinic));
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

        Span<byte> destinations = index.CountryCount <= MostOnStack ? stackalloc byte[index.CountryCount] : new byte[index.CountryCount];
        var query = new MatchQuery(index, facts, policy, MatchLoad.None, now, destinations);
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

    /// <summary>What each of those that share weighs.</summary>
    public static long Weight(Clinic clinic, Policy policy) => policy.ShareBy == ShareBy.Equal ? 1 : Math.Max(1, clinic.WeeklyCap);

    // In two passes, the second over the few that passed the first: what each of them needs lies far apart in memory, and is fetched side by side.
    private static RankedClinic[] Rank(in MatchQuery query, MatchIndex index, MatchLoad load)
    {
        var places = ArrayPool<int>.Shared.Rent(query.Open.Length);
        var passed = 0;
        var last = -1;
        for (var place = 0; place < query.Open.Length; place++)
        {
            // Offerings of a clinic follow each other: the first that passes speaks for it.
            ref readonly var offering = ref query.Open[place];
            if (offering.Clinic != last && query.Check(offering) == Gate.None)
            {
                last = offering.Clinic;
                places[passed++] = place;
            }
        }

        var parts = ArrayPool<ScoreParts>.Shared.Rent(passed);
        var keys = ArrayPool<ulong>.Shared.Rent(2 * passed);
        var count = 0;
        foreach (var place in places.AsSpan(0, passed))
        {
            var clinic = query.Open[place].Clinic;
            var taken = load.Of(index.Clinics[clinic].Code);
            if (query.CheckLoad(clinic, taken) == Gate.None)
            {
                // Best score first, in millionths short of 1; clinics come in code order, and equal scores keep it.
                places[count] = clinic;
                parts[count] = query.Score(place, taken);
                keys[count] = ScoreOrder.Key(Math.Round((1 - parts[count].Sum) * ScoreParts.Steps), count);
                count++;
            }
        }

        var order = ScoreOrder.Sort(keys.AsSpan(0, count), keys.AsSpan(count, count));
        var ranked = new RankedClinic[count];
        for (var i = 0; i < count; i++)
        {
            var at = ScoreOrder.At(order[i]);
            ranked[i] = new RankedClinic(index.Clinics[places[at]].Code, (ScoreParts.Steps - ScoreOrder.Millionths(order[i])) / ScoreParts.Steps, parts[at]);
        }

        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<ScoreParts>.Shared.Return(parts);
        ArrayPool<int>.Shared.Return(places);
        return ranked;
    }

    internal static void CheckAll(Span<Gate> gates, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now, Gate without)
    {
        Span<byte> destinations = index.CountryCount <= MostOnStack ? stackalloc byte[index.CountryCount] : new byte[index.CountryCount];
        var query = new MatchQuery(index, facts, policy, load, now, destinations, without);
        for (var i = 0; i < gates.Length; i++)
        {
            gates[i] = BeforeOfferings(index, i);
        }

        var passed = -1;
        foreach (ref readonly var offering in query.Offerings)
        {
            if (offering.Clinic == passed)
            {
                continue;
            }

            var gate = query.Check(offering);
            if (gate == Gate.None)
            {
                passed = offering.Clinic;
                gates[passed] = query.CheckLoad(passed, load.Of(index.Clinics[passed].Code));
            }
            else if (gate > gates[offering.Clinic])
            {
                // The gate reported is the last one an offering of the clinic got to: the most helpful "no".
                gates[offering.Clinic] = gate;
            }
        }
    }

    private static Gate BeforeOfferings(MatchIndex index, int clinic) =>
        index.Clinics[clinic].Closed is not Gate.None and var closed ? closed : Gate.Condition;

    private static int Share(RankedClinic[] ranked, MatchIndex index, Policy policy, MatchLoad load)
    {
        var tied = Math.Min(ranked.Length, 1);
        while (tied < ranked.Length && tied < policy.MostTied && Scores.Apart(ranked[0].Score, ranked[tied].Score) <= policy.NearTie)
        {
            tied++;
        }

        if (tied > 1)
        {
            var (owed, weights) = Shares(ranked.AsSpan(0, tied), index.Network, policy, load);
            FairShare.Order(ranked.AsSpan(0, tied), owed, weights);
        }

        return tied;
    }

    private static (long[] Owed, long[] Weights) Shares(ReadOnlySpan<RankedClinic> tied, NetworkSnapshot network, Policy policy, MatchLoad load)
    {
        var owed = new long[tied.Length];
        var weights = new long[tied.Length];
        for (var i = 0; i < tied.Length; i++)
        {
            owed[i] = load.Of(tied[i].Clinic).Owed;
            weights[i] = Weight(network.ByCode[tied[i].Clinic], policy);
        }

        return (owed, weights);
    }
}
