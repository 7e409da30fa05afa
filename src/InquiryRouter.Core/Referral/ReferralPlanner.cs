using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Core.Referral;

/// <summary>Limits of routing that an operator sets.</summary>
public sealed record ReferralPolicy
{
    /// <summary>How long a clinic has to answer, in its business hours.</summary>
    public required TimeSpan OfferWindow { get; init; }

    /// <summary>How many clinics may be offered one inquiry, one after another, before a coordinator takes over.</summary>
    public required int MaxOffers { get; init; }
}

/// <summary>Whom to offer an inquiry next.</summary>
public static class ReferralPlanner
{
    /// <summary>
    /// The best clinic of the stored ranking that still passes every gate at this moment. Null when there is none left, or
    /// <see cref="ReferralPolicy.MaxOffers"/> have been made.
    /// </summary>
    public static Clinic? Next(
        IEnumerable<string> ranked, InquiryFacts facts, NetworkSnapshot network, MatchRules rules, MatchLoad load, ReferralPolicy policy, DateTimeOffset now)
    {
        if (load.TriedClinics.Count >= policy.MaxOffers)
        {
            return null;
        }

        foreach (var code in ranked)
        {
            // A lapse between the match and the offer must not reach a patient: the gates are asked again.
            if (network.ByCode.TryGetValue(code, out var clinic) && Gates.Check(facts, clinic, rules, load, now, out _) is null)
            {
                return clinic;
            }
        }

        return null;
    }
}
