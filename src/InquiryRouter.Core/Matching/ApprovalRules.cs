using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>Whether a decision must wait for a coordinator's yes, and why.</summary>
public static class ApprovalRules
{
    /// <summary>What a policy may name under <c>flags</c>.</summary>
    public static readonly IReadOnlyList<string> Flags = ["carer", "high-risk", "minor", "unknown-type", "unreviewed-rule"];

    /// <summary>Why the decision waits, as codes (<c>condition:lupus</c>, <c>flag:minor</c>); empty: it does not.</summary>
    public static IReadOnlyList<string> Reasons(MatchDecision decision, InquiryFacts facts, MatchIndex index, Policy policy, DateTimeOffset now)
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

        reasons.AddRange(asked.Select(c => c.Country).Distinct(StringComparer.Ordinal).Where(approval.Countries.Contains).Select(c => $"country:{c}"));

        if (approval.ScoreGapBelow is { } gap && decision.Ranked.Count > 1 && Scores.Apart(decision.Ranked[0].Score, decision.Ranked[1].Score) < gap)
        {
            reasons.Add("score-gap");
        }

        reasons.AddRange(Flags.Where(f => approval.Flags.Contains(f) && asked.Exists(c => Has(f, facts, c, index, now))).Select(f => $"flag:{f}"));
        return reasons;
    }

    private static bool Has(string flag, InquiryFacts facts, Clinic best, MatchIndex index, DateTimeOffset now) => flag switch
    {
        "carer" => facts.Relation != Relation.Self,
        "minor" => facts.MayBeMinor(now),
        "unknown-type" => facts.ConditionType is null && index.Network.Rules.Lists.Conditions.TryGetValue(facts.Condition, out var condition) && condition.Types.Count > 0,
        "high-risk" => Offered(facts, best, index).Any(t => index.Network.Rules.Lists.Treatments.TryGetValue(t.Treatment, out var treatment) && treatment.RiskClass == "high"),
        "unreviewed-rule" => Offered(facts, best, index).Any(t => index.Network.Rules.RuleFor(best.Country, t.Treatment, t.Condition, index.Find(best.Code)!.Day) is { Reviewed: false }),
        _ => false,
    };

    private static IEnumerable<ClinicTreatment> Offered(InquiryFacts facts, Clinic clinic, MatchIndex index) =>
        index.Network.Rules.Lists.Treatments.TryGetValue(facts.Treatment, out var wish)
            ? clinic.Treatments.Where(t => t.Condition == facts.Condition && wish.Covers.Contains(t.Treatment))
            : [];
}
