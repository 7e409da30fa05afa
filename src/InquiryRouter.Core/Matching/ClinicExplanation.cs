using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>What one gate says of one clinic.</summary>
/// <param name="Gate">Which.</param>
/// <param name="IsPassed">Whether it lets the clinic through.</param>
/// <param name="Sentence">For a coordinator: why not, or the fact that the yes rests on.</param>
/// <param name="Source">Where that was read; null: nowhere but in the records here.</param>
public sealed record GateAnswer(Gate Gate, bool IsPassed, string Sentence, string? Source);

/// <summary>One thing a clinic treats, before an inquiry.</summary>
/// <param name="Treats">What it is.</param>
/// <param name="Number">Its place in <see cref="Clinic.Treatments"/>.</param>
/// <param name="Gates">Every gate with its answer, in order; all of them, not the first no only.</param>
/// <param name="Values">The value of each part of the score, 0 to 1; null: a requirement is not met, or it cannot be reckoned.</param>
/// <param name="Points">What each part adds: its value times its share of the weights.</param>
public sealed record OfferingExplanation(
    ClinicTreatment Treats, int Number, IReadOnlyList<GateAnswer> Gates, ScoreParts? Values, ScoreParts? Points);

/// <summary>Everything that speaks for and against one clinic for an inquiry.</summary>
/// <param name="Clinic">Its record.</param>
/// <param name="Offerings">What it treats of the condition; empty: nothing, and <paramref name="Gates"/> says so.</param>
/// <param name="Gates">The gates about the clinic as a whole, where it treats nothing of the condition.</param>
public sealed record ClinicExplanation(
    Clinic Clinic, IReadOnlyList<OfferingExplanation> Offerings, IReadOnlyList<GateAnswer> Gates)
{
    /// <summary>Asks every gate about one clinic; null: it is not in the network.</summary>
    public static ClinicExplanation? Of(
        string clinic, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        if (index.Find(clinic) is not { } found)
        {
            return null;
        }

        var asking = new Asking(facts, index.Network.Rules.Lists, policy, load, now);
        var offerings = found.OfferingsFor(facts.Condition).Select(o => Of(o, asking)).ToList();
        var untreated = ConditionGate.No(asking);
        return new ClinicExplanation(
            found.Clinic, offerings,
            offerings.Count > 0 ? []
            : [
                .. GateList.OfClinic.Select(new Question(found).Answer),
                new GateAnswer(untreated.Gate, IsPassed: false, untreated.Sentence, Source: null),
            ]);
    }

    /// <summary>The wishes among these that one of the things a clinic treats does not meet, in the order they are asked.</summary>
    public static IReadOnlyList<Gate> Unmet(
        IReadOnlyCollection<Gate> wishes, RankedClinic ranked, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load,
        DateTimeOffset now)
    {
        var asking = new Asking(facts, index.Network.Rules.Lists, policy, load, now);
        var question = new Question(index.Find(ranked.Clinic)!, index.Find(ranked.Clinic)!.Offering(ranked.Offering), asking);
        return [.. GateList.OfInquiry.Where(g => wishes.Contains(g.Gate) && !question.Answer(g).IsPassed).Select(g => g.Gate)];
    }

    private static OfferingExplanation Of(Offering offering, Asking asking)
    {
        var question = new Question(offering.At, offering, asking);

        // Where it is not known what the law says, what it asks cannot be asked either.
        var gates = GateList.InOrder
            .Where(g => g.Gate is not (Gate.CountryRuleForbids or Gate.CountryRuleCredential) || IsLawKnown(offering))
            .Select(question.Answer).ToList();
        return Reckon(offering, asking) is var (values, points)
            ? new OfferingExplanation(offering.Treats, offering.Number, gates, values, points)
            : new OfferingExplanation(offering.Treats, offering.Number, gates, null, null);
    }

    // What breaks a gate breaks the score as well; the gate says so.
    private static (ScoreParts Values, ScoreParts Points)? Reckon(Offering offering, Asking asking)
    {
        try
        {
            return offering.Requirement is null ? (Scores.ValuesOf(offering, asking), Scores.Of(offering, asking)) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static bool IsLawKnown(Offering offering)
    {
        try
        {
            return offering.Law is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
