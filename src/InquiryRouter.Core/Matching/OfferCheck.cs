using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>One thing that stands against offering an inquiry to a clinic.</summary>
/// <param name="Sentence">With the fact it rests on, for a coordinator.</param>
/// <param name="Bends">A coordinator may offer it in spite of this, with a reason.</param>
public sealed record Standing(Gate Gate, GateKind Kind, string Sentence, bool Bends);

/// <summary>May this inquiry be offered to this clinic, and what stands against it? Asked by the page that shows it, and by who offers.</summary>
public static class OfferCheck
{
    private static readonly GateRule[][] s_alone = [.. GateList.InOrder.Select(g => (GateRule[])[g])];

    /// <summary>Everything that stands against it, in the order of the gates; of several things the clinic treats, about the nearest.</summary>
    /// <returns>Empty: it may be offered as any other.</returns>
    public static IReadOnlyList<Standing> Of(
        string clinic, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        if (index.Find(clinic) is not { } found)
        {
            return [new Standing(Gate.Inactive, GateKind.Requirement, "The clinic is not in the network.", Bends: false)];
        }

        var asking = new Asking(facts, index.Network.Rules.Lists, policy, load, now);
        var offerings = found.OfferingsFor(facts.Condition).Select(o => Nos(new Question(found, o, asking))).ToList();
        var nearest = offerings.Count == 0
            ? [.. GateList.OfClinic.Select(g => new Question(found).FirstNo([g])).OfType<Stop>(), ConditionGate.No(asking)]
            : offerings.MinBy(nos => nos.Sum(n => GateKinds.Of(n.Gate, facts) == GateKind.Requirement ? s_alone.Length : 1))!;
        return
        [
            .. nearest.DistinctBy(n => n.Gate)
                .Select(n => new Standing(n.Gate, GateKinds.Of(n.Gate, facts), n.Sentence, Bends(n.Gate, facts, found.Clinic))),
        ];
    }

    // A clinic that is away cannot answer in its time, and one that was asked before is asked once only.
    private static bool Bends(Gate gate, InquiryFacts facts, Clinic clinic) =>
        GateKinds.Of(gate, facts) == GateKind.Wish || (GateList.IsCapacity(gate) && clinic.WeeklyCap > 0);

    private static List<Stop> Nos(Question question) => [.. s_alone.Select(g => question.FirstNo(g)).OfType<Stop>()];
}
