using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Referral;

/// <summary>What the inquiry has been offered, under any decision.</summary>
/// <param name="Made">Offers in all, whatever became of them; only those since a coordinator let it go beyond the limit.</param>
/// <param name="Open">Those the clinics still have to answer.</param>
public readonly record struct OffersMade(int Made, int Open);

/// <summary>What follows for an inquiry that needs a clinic: those to offer it to, or why it is held; neither: answers are still awaited.</summary>
/// <param name="PassedOver">Clinics before the last one offered to, with the gate that stops them now.</param>
/// <param name="Full">Clinics that lack nothing but a place, when it is held for that.</param>
public sealed record ReferralStep(IReadOnlyList<Clinic> Offers, HoldReason? Hold, IReadOnlyList<string> Full, IReadOnlyList<(string Clinic, Gate Gate)> PassedOver)
{
    public static readonly ReferralStep Wait = new([], null, [], []);
}

/// <summary>Whom to offer an inquiry next.</summary>
public static class ReferralPlanner
{
    /// <summary>
    /// Whether other clinics are to be asked after what one has come to: after a no, a withdrawal, a yes that was taken back, and when it gave the
    /// patient back or they were taken back from it.
    /// </summary>
    public static bool GoesOnAfter(ReferralState referral, InquiryState inquiry) => (referral, inquiry) switch
    {
        (ReferralState.Declined or ReferralState.Withdrawn or ReferralState.Returned or ReferralState.Viewed, InquiryState.Referred) => true,
        (ReferralState.Returned or ReferralState.Withdrawn, InquiryState.Matched) => true,
        _ => false,
    };

    /// <summary>
    /// The best clinics of the stored ranking that still pass every gate at this moment, as many as the policy asks at a time; held when none is
    /// left or the policy's most have been made, and no answer is awaited.
    /// </summary>
    /// <param name="ranked">The newest decision, first to last.</param>
    /// <param name="made">What was offered before.</param>
    /// <param name="facts">What is asked for.</param>
    /// <param name="index">The network now.</param>
    /// <param name="load">The load now, with every clinic that was asked before, under any decision.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">This moment.</param>
    public static ReferralStep Next(
        IEnumerable<string> ranked, OffersMade made, InquiryFacts facts, MatchIndex index, MatchLoad load, Policy policy, DateTimeOffset now)
    {
        var room = Math.Min(policy.Parallel - made.Open, policy.MostOffers - made.Made);
        var offers = new List<Clinic>();
        var full = new List<string>();
        var passedOver = new List<(string Clinic, Gate Gate)>();
        foreach (var code in ranked)
        {
            if (offers.Count >= room)
            {
                break;
            }

            // A lapse between the match and the offer must not reach a patient: the gates are asked again.
            var gate = Matcher.Check(code, facts, index, policy, load, now);
            if (gate == Gate.None)
            {
                offers.Add(index.Network.ByCode[code]);
            }
            else
            {
                passedOver.Add((code, gate));
            }

            if (GateList.IsCapacity(gate) && index.Network.ByCode[code].WeeklyCap > 0)
            {
                full.Add(code);
            }
        }

        return offers.Count > 0 ? new ReferralStep(offers, null, [], passedOver)
            : made.Open > 0 ? ReferralStep.Wait
            : made.Made >= policy.MostOffers ? new ReferralStep([], HoldReason.OfferLimit, [], passedOver)
            : new ReferralStep([], full.Count > 0 ? HoldReason.WaitsForCapacity : HoldReason.NoClinicLeft, full, passedOver);
    }
}
