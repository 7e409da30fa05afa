using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>Whether a decision must wait for a coordinator's yes, and why.</summary>
public static class ApprovalRules
{
    /// <summary>A country's rule that says yes, and that no person at the operator has confirmed.</summary>
    public const string UnreviewedRule = "unreviewed-rule";

    /// <summary>What a policy may name under <c>flags</c>.</summary>
    public static readonly IReadOnlyList<string> Flags = ["carer", "high-risk", "minor", "unknown-type", UnreviewedRule];

    /// <summary>Why the decision waits, as codes (<c>condition:lupus</c>, <c>flag:minor</c>); empty: it does not.</summary>
    public static IReadOnlyList<string> Reasons(
        MatchDecision decision, InquiryFacts facts, MatchIndex index, Policy policy, DateTimeOffset now)
    {
        var approval = policy.Approval;
        if (decision.IsHeld || approval.Mode == ApprovalMode.Never)
        {
            return [];
        }

        if (approval.Mode == ApprovalMode.Always)
        {
            return ["always"];
        }

        // One yes is for all offers of the decision: what is true of any clinic that may get one counts.
        var asked = decision.Ranked.Take(policy.MostOffers).Select(r => index.Network.ByCode[r.Clinic]).ToList();
        var reasons = new List<string>();
        if (approval.Conditions.Contains(facts.Condition))
        {
            reasons.Add($"condition:{facts.Condition}");
        }

        var countries = asked.Select(c => c.Country).Distinct(StringComparer.Ordinal);
        reasons.AddRange(countries.Where(approval.Countries.Contains).Select(c => $"country:{c}"));

        if (decision.Ranked is [var first, var second, ..] && Scores.Apart(first.Score, second.Score) < approval.ScoreGapBelow)
        {
            reasons.Add("score-gap");
        }

        var flags = Flags.Where(f => approval.Flags.Contains(f) && asked.Exists(c => Has(f, facts, c, index, now)));
        reasons.AddRange(flags.Select(f => $"flag:{f}"));
        return reasons;
    }

    /// <summary>The rules nobody has reviewed that let a decision ask its clinics, for whoever is to review them.</summary>
    public static IReadOnlyList<CountryRule> UnreviewedRules(MatchDecision decision, InquiryFacts facts, MatchIndex index, Policy policy) =>
        [.. decision.Ranked.Take(policy.MostOffers).SelectMany(r => Offered(facts, r.Clinic, index)).SelectMany(Unreviewed).Distinct()];

    private static bool Has(string flag, InquiryFacts facts, Clinic clinic, MatchIndex index, DateTimeOffset now)
    {
        var lists = index.Network.Rules.Lists;
        return flag switch
        {
            "carer" => facts.Relation != Relation.Self,
            "minor" => facts.MayBeMinor(now),
            "unknown-type" => facts.ConditionType is null && lists.Conditions.GetValueOrDefault(facts.Condition) is { Types.Count: > 0 },
            "high-risk" => Offered().Any(o => lists.Treatments.GetValueOrDefault(o.Treats.Treatment) is { RiskClass: "high" }),
            UnreviewedRule => Offered().Any(o => Unreviewed(o).Any()),
            _ => false,
        };

        IEnumerable<Offering> Offered() => ApprovalRules.Offered(facts, clinic.Code, index);
    }

    private static IEnumerable<Offering> Offered(InquiryFacts facts, string clinic, MatchIndex index) =>
        index.Network.Rules.Lists.Treatments.TryGetValue(facts.Treatment, out var wish)
            ? index.Find(clinic)!.OfferingsFor(facts.Condition).Where(o => wish.Covers.Contains(o.Treats.Treatment))
            : [];

    private static IEnumerable<CountryRule> Unreviewed(Offering offering) =>
        offering.Law?.Select(l => l.Rule).Where(r => !r.Reviewed) ?? [];
}
