using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>What kind of no a gate says: it decides whether a person may offer the inquiry in spite of it.</summary>
public enum GateKind
{
    /// <summary>Law, accreditation, staff, or what the clinic does at all: it never bends.</summary>
    Requirement,

    /// <summary>The patient's own: bends when they agree.</summary>
    Wish,

    /// <summary>Passes again by itself, or has happened before.</summary>
    OfTheMoment,
}

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
            : offerings.MinBy(nos => nos.Sum(n => Kind(n.Gate, facts) == GateKind.Requirement ? s_alone.Length : 1))!;
        return
        [
            .. nearest.DistinctBy(n => n.Gate)
                .Select(n => new Standing(n.Gate, Kind(n.Gate, facts), n.Sentence, Bends(n.Gate, facts, found.Clinic))),
        ];
    }

    /// <summary>Which kind of no a gate says to an inquiry.</summary>
    public static GateKind Kind(Gate gate, InquiryFacts facts) => gate switch
    {
        Gate.Destination or Gate.Language or Gate.Budget or Gate.CellSource => GateKind.Wish,

        // "I do not know which" is an answer they may change; a type they named is what they have.
        Gate.ConditionType when facts.ConditionType is null => GateKind.Wish,
        Gate.OnLeave or Gate.AlreadyTried or Gate.Conflict or Gate.WeeklyCap or Gate.DailyPace => GateKind.OfTheMoment,
        _ => GateKind.Requirement,
    };

    // A clinic that is away cannot answer in its time, and one that was asked before is asked once only.
    private static bool Bends(Gate gate, InquiryFacts facts, Clinic clinic) =>
        Kind(gate, facts) == GateKind.Wish || (GateList.IsCapacity(gate) && clinic.WeeklyCap > 0);

    private static List<Stop> Nos(Question question) => [.. s_alone.Select(g => question.FirstNo(g)).OfType<Stop>()];
}
