using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>Whether a decision must wait for a coordinator's yes, and why.</summary>
public static class ApprovalRules
{
    /// <summary>What a policy may name under <c>flags</c>.</summary>
    public static readonly IReadOnlyList<string> Flags = ["carer", "high-risk", "minor", "unknown-type", "unreviewed-rule"];

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

    private static bool Has(string flag, InquiryFacts facts, Clinic clinic, MatchIndex index, DateTimeOffset now)
    {
        var lists = index.Network.Rules.Lists;
        return flag switch
        {
            "carer" => facts.Relation != Relation.Self,
            "minor" => facts.MayBeMinor(now),
            "unknown-type" => facts.ConditionType is null && lists.Conditions.GetValueOrDefault(facts.Condition) is { Types.Count: > 0 },
            "high-risk" => Offered().Any(o => lists.Treatments.GetValueOrDefault(o.Treats.Treatment) is { RiskClass: "high" }),
            "unreviewed-rule" => Offered().Any(o => o.Rule is { Reviewed: false }),
            _ => false,
        };

        IEnumerable<Offering> Offered() => lists.Treatments.TryGetValue(facts.Treatment, out var wish)
            ? index.Find(clinic.Code)!.OfferingsFor(facts.Condition).Where(o => wish.Covers.Contains(o.Treats.Treatment))
            : [];
    }
}
