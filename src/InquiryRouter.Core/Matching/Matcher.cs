using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// Ranks the clinics that may and can treat a patient, and says why not the others. A function of its arguments only: no clock,
/// no I/O, and what
/// a clinic pays is not among them. The same arguments give the same decision for ever.
/// </summary>
public static class Matcher
{
    /// <param name="facts">Of the inquiry.</param>
    /// <param name="index">The network, ready for the moment.</param>
    /// <param name="policy">In force, or to be tried.</param>
    /// <param name="load">Of the clinics.</param>
    /// <param name="now">The moment.</param>
    /// <param name="relaxed">
    /// Wishes of the patient that are left open together, to see what would follow; requirements and gates of the moment never are
    /// (<see cref="GateKinds"/>). Null: none, which is the decision.
    /// </param>
    public static MatchDecision Match(
        InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now, IReadOnlyCollection<Gate>? relaxed = null)
    {
        var asking = new Asking(facts, index.Network.Rules.Lists, policy, load, now, relaxed);
        var passed = new List<RankedClinic>();
        var rejected = new List<RejectedClinic>(index.Clinics.Count);
        var untreated = ConditionGate.No(asking);
        var offerings = index.OfferingsFor(facts.Condition);
        for (var i = 0; i < index.Clinics.Count; i++)
        {
            var clinic = index.Clinics[i];
            var (best, stop) = Ask(clinic, offerings[i], asking, untreated);
            if (best is { } ranked)
            {
                passed.Add(ranked);
            }
            else
            {
                rejected.Add(new RejectedClinic(clinic.Clinic.Code, stop.Gate, stop.Sentence));
            }
        }

        // Best score first; clinics come in the order of codes, and equal scores keep it.
        RankedClinic[] ranking = [.. passed.OrderByDescending(r => r.Score)];
        var tied = Share(ranking, index.Network, policy, load);
        return new MatchDecision(index.Network.Version, policy.Version, ranking, tied) { Rejected = rejected };
    }

    /// <summary>How many clinics would be ranked if these wishes of the patient were left open.</summary>
    public static int CountWithout(
        IReadOnlyCollection<Gate> relaxed, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var asking = new Asking(facts, index.Network.Rules.Lists, policy, load, now, relaxed);
        return index.OfferingsFor(facts.Condition)
            .Count(offered => offered.Any(o => new Question(o.At, o, asking).FirstNo(asking.Gates, o.Known) is null));
    }

    /// <summary>The first gate that stops one clinic now; one that is no longer in the network is inactive.</summary>
    public static Gate Check(string clinic, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        if (index.Find(clinic) is not { } found)
        {
            return Gate.Inactive;
        }

        var asking = new Asking(facts, index.Network.Rules.Lists, policy, load, now);
        var (best, stop) = Ask(found, [.. found.OfferingsFor(facts.Condition)], asking, ConditionGate.No(asking));
        return best is null ? stop.Gate : Gate.None;
    }

    /// <summary>
    /// What a clinic that was offered the inquiry no longer meets, or <see cref="Gate.None"/>: credentials and rules must be in
    /// force while an offer is
    /// open. Full weeks, leave, mail that fails and changed wishes end no offer.
    /// </summary>
    public static Gate CheckLapse(string clinic, InquiryFacts facts, MatchIndex index, Policy policy, DateTimeOffset now)
    {
        if (index.Find(clinic) is not { } found)
        {
            return Gate.Inactive;
        }

        var asking = new Asking(facts, index.Network.Rules.Lists, policy, MatchLoad.None, now);
        var untreated = new Question(found).FirstNo(GateList.OfClinicEndingOffers) ?? ConditionGate.No(asking);
        var answers = found.OfferingsFor(facts.Condition)
            .Select(o => new Question(found, o, asking).FirstNo(GateList.EndingOffers)).ToList();
        return answers.Contains(null) ? Gate.None : answers.Select(a => a!.Gate).Append(untreated.Gate).Max();
    }

    /// <summary>
    /// What the turn of a decision adds to what each clinic is owed, in millionths of an offer, together 0; in the order of
    /// codes. Nobody shared: nothing.
    /// </summary>
    public static IReadOnlyList<(Clinic Clinic, long Owed)> Shares(MatchDecision decision, NetworkSnapshot network, Policy policy)
    {
        if (decision.Tied < 2)
        {
            return [];
        }

        var winner = decision.Ranked[0].Clinic;
        var tied = decision.Ranked.Take(decision.Tied)
            .Select(r => network.ByCode[r.Clinic]).OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        var owed = FairShare.Shares(tied.FindIndex(c => c.Code == winner), [.. tied.Select(c => Weight(c, policy))], policy.MostTied);
        return [.. tied.Zip(owed).Where(s => s.Second != 0)];
    }

    /// <summary>What each of those that share weighs.</summary>
    public static long Weight(Clinic clinic, Policy policy) => policy.ShareBy == ShareBy.Equal ? 1 : Math.Max(1, clinic.WeeklyCap);

    /// <summary>
    /// The best of what a clinic offers that passes every gate, of equal ones the first; or the no of the one that gets furthest.
    /// </summary>
    private static (RankedClinic? Best, Stop Stop) Ask(ClinicOnDay clinic, Offering[] offerings, Asking asking, Stop untreated)
    {
        RankedClinic? best = null;
        var furthest = clinic.Closed ?? untreated;
        foreach (var offering in offerings)
        {
            if (new Question(clinic, offering, asking).FirstNo(asking.Gates, offering.Known) is { } stop)
            {
                furthest = stop.Gate > furthest.Gate ? stop : furthest;
                continue;
            }

            var parts = Scores.Of(offering, asking);
            best = best?.Score >= parts.Sum ? best : new RankedClinic(clinic.Clinic.Code, parts.Sum, parts, offering.Number);
        }

        return (best, furthest);
    }

    /// <summary>Puts those whose turn it is before the others that are equally good.</summary>
    /// <returns>How many they are.</returns>
    private static int Share(Span<RankedClinic> ranked, NetworkSnapshot network, Policy policy, MatchLoad load)
    {
        var tied = Math.Min(ranked.Length, 1);
        while (tied < ranked.Length && policy.MostTied > 1 && Scores.Apart(ranked[0].Score, ranked[tied].Score) <= policy.NearTie)
        {
            tied++;
        }

        if (tied > 1)
        {
            var owed = new long[tied];
            var weights = new long[tied];
            for (var i = 0; i < tied; i++)
            {
                owed[i] = load.Of(ranked[i].Clinic).Owed;
                weights[i] = Weight(network.ByCode[ranked[i].Clinic], policy);
            }

            FairShare.Order(ranked[..tied], owed, weights);
        }

        return tied;
    }
}
