using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Referral;

/// <summary>Limits of routing that an operator sets.</summary>
public sealed record ReferralPolicy
{
    /// <summary>How long a clinic has to answer, in its business hours.</summary>
    public required TimeSpan OfferWindow { get; init; }

    /// <summary>How many clinics may be offered one inquiry, one after another, before a coordinator takes over.</summary>
    public required int MaxOffers { get; init; }
}

/// <summary>What follows for an inquiry that needs a clinic: one to offer it to, or why it is held instead.</summary>
public sealed record ReferralStep(Clinic? Offer, HoldReason? Hold);

/// <summary>Whom to offer an inquiry next.</summary>
public static class ReferralPlanner
{
    /// <summary>
    /// The best clinic of the stored ranking that still passes every gate at this moment; held when there is none left, or
    /// <see cref="ReferralPolicy.MaxOffers"/> have been made.
    /// </summary>
    /// <param name="ranked">The newest decision, best first.</param>
    /// <param name="made">Offers made under it: a coordinator who releases the inquiry begins a new decision, and a new count.</param>
    /// <param name="facts">What is asked for.</param>
    /// <param name="network">The network now.</param>
    /// <param name="rules">The rules now.</param>
    /// <param name="load">Who is full, and who was asked before, under any decision.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">This moment.</param>
    public static ReferralStep Next(
        IEnumerable<string> ranked, int made, InquiryFacts facts, NetworkSnapshot network, MatchRules rules, MatchLoad load, ReferralPolicy policy, DateTimeOffset now)
    {
        if (made >= policy.MaxOffers)
        {
            return new ReferralStep(null, HoldReason.OfferLimit);
        }

        foreach (var code in ranked)
        {
            // A lapse between the match and the offer must not reach a patient: the gates are asked again.
            if (network.ByCode.TryGetValue(code, out var clinic) && Gates.Check(facts, clinic, rules, load, now, out _) is null)
            {
                return new ReferralStep(clinic, null);
            }
        }

        return new ReferralStep(null, HoldReason.NoClinicLeft);
    }
}
