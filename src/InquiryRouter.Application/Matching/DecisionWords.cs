using System.Globalization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>What is said of a decision, in sentences for coordinators: the same on the command line and in the console.</summary>
public static class DecisionWords
{
    private const int MostNamed = 10;

    /// <summary>A decision was made again from what was stored, and is the same.</summary>
    public const string IsSame = "Made again from these inputs, it is the same decision, clinic by clinic.";

    /// <summary>A decision was made again from what was stored, and is not the same.</summary>
    public const string IsAnother = "Made again from these inputs, it is ANOTHER decision: report this as a defect of the program.";

    /// <summary>Some clinics, in words.</summary>
    public static string Clinics(int clinics) =>
        clinics == 1 ? "1 clinic" : string.Create(CultureInfo.InvariantCulture, $"{clinics:N0} clinics");

    /// <summary>Who shares by turns, and whose turn it is; null: nobody shares.</summary>
    public static string? Tie(MatchDecision decision, Policy policy) => decision.Tied < 2 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The first {decision.Tied} are equally good (their scores lie within {policy.NearTie:0.###}): they share by turns, "
        + $"and it is the turn of {decision.Ranked[0].Clinic}.");

    /// <summary>What follows from a decision that ranks a clinic.</summary>
    /// <param name="approval">Which rules ask for a yes, as <see cref="DecisionInputs.ApprovalFor"/> gives them.</param>
    /// <param name="shares">The patient agrees that clinics see the inquiry.</param>
    /// <param name="waits">It is held, or was begun again: a release comes first.</param>
    public static string Next(
        MatchDecision decision, DecisionInputs inputs, IReadOnlyList<string> approval, bool shares = true, bool waits = false)
    {
        var atOnce = inputs.Index.Network.Rules.Lists.Conditions.GetValueOrDefault(inputs.Facts.Condition)
            ?.MayBeTreatedAtOnce(inputs.Facts.ConditionType) ?? false;
        var first = inputs.Index.Network.ByCode[decision.Ranked[0].Clinic];
        var hours = inputs.Policy.WindowFor(inputs.Facts.Timeframe, first).TotalHours;
        return !shares
            ? $"The patient has not agreed that clinics see it: it is offered to nobody before they do. Then {first.Code} would come first."
            : approval.Count > 0
            ? $"It waits for a coordinator's yes ({string.Join("; ", approval.Select(a => Rule(a, decision, inputs.Policy)))}); then it is offered to {first.Code}."
            : atOnce ? $"It waits for a coordinator: it is, or may be, treated at once, near home. Then it is offered to {first.Code}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(waits ? "Released, it" : "It")} is offered at once to {string.Join(", ", decision.Ranked.Take(inputs.Policy.Parallel).Select(r => r.Clinic))}, "
                + $"with {hours:0.##} business hours to answer.");
    }

    /// <summary>What follows from a decision that ranks none.</summary>
    /// <param name="waitFor">Clinics that lack nothing but a place.</param>
    public static string Held(IReadOnlyList<string> waitFor)
    {
        var more = waitFor.Count > MostNamed ? $" and {Clinics(waitFor.Count - MostNamed)} more" : string.Empty;
        return waitFor.Count > 0
            ? $"It would wait for a place at {string.Join(", ", waitFor.Take(MostNamed))}{more}."
            : "It would be held for a coordinator.";
    }

    /// <summary>
    /// How many clinics each gate stopped, most first. Those that treat something else are told apart: nothing a coordinator or a
    /// patient does could win them, and their number hides the gates that matter.
    /// </summary>
    /// <param name="gates">Clinics by the code of the gate.</param>
    public static string Stopped(IEnumerable<(string Gate, int Clinics)> gates)
    {
        var byKind = gates.ToLookup(g => GateList.Of(g.Gate) is Gate.Condition or Gate.Treatment);
        var others = byKind[true].Sum(g => g.Clinics);
        var stopped = string.Join(", ", byKind[false]
            .OrderByDescending(g => g.Clinics).ThenBy(g => GateList.Of(g.Gate))
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Gate} {g.Clinics}")));
        return (stopped.Length, others) switch
        {
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"all {others} treat something else"),
            (_, 0) => stopped,
            _ => string.Create(
                CultureInfo.InvariantCulture, $"{stopped}; {others} more {(others == 1 ? "treats" : "treat")} something else"),
        };
    }

    /// <summary>
    /// What a coordinator can do about clinics that are stopped only because nobody has written down what the law of their country says;
    /// null: there are none.
    /// </summary>
    /// <param name="gates">Clinics by the code of the gate.</param>
    public static string? UnknownRules(IEnumerable<(string Gate, int Clinics)> gates) =>
        gates.Where(g => GateList.Of(g.Gate) == Gate.CountryRuleUnknown).Sum(g => g.Clinics) is > 0 and var clinics
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The law of the country is not known for {clinics} of them: find it out, have it added to the "
                + $"country rules, which stand under Reference, then release the inquiry.")
            : null;

    /// <summary>Which single change would find how many clinics.</summary>
    public static string Relax(Relaxation relaxation)
    {
        var clinics = Clinics(relaxation.Clinics);
        return relaxation.Kind switch
        {
            "destination" => $"with another destination, {clinics} could be asked",
            "language" => $"with an interpreter, {clinics} could be asked",
            "budget" => $"with a higher budget, {clinics} could be asked",
            _ => $"{relaxation.Kind}: {clinics}",
        };
    }

    /// <summary>A rule of the policy that asked for a coordinator's yes, in words.</summary>
    /// <param name="code">As <see cref="ApprovalRules.Reasons"/> gives it.</param>
    public static string Rule(string code, MatchDecision decision, Policy policy) => code.Split(':') switch
    {
        ["always"] => "every decision waits for a yes",
        ["score-gap"] => string.Create(
            CultureInfo.InvariantCulture,
            $"score gap below {policy.Approval.ScoreGapBelow:0.###} between {decision.Ranked[0].Clinic} and {decision.Ranked[1].Clinic}"),
        ["flag", ApprovalRules.UnreviewedRule] => "a country's rule that nobody has reviewed",
        [var kind, var value] => $"{kind} {value}",
        _ => code,
    };

    /// <summary>How an unreviewed rule becomes a reviewed one, or is passed over once.</summary>
    public const string HowToReview =
        "Read each where it stands. Where it is right, set \"reviewed\": true in its row (export reference country-rules, import reference "
        + "FILE): then nothing waits for it any more. To let only this inquiry go on, release it.";

    /// <summary>A rule nobody has reviewed, so that its row and its source are found.</summary>
    public static string Unreviewed(CountryRule rule)
    {
        var conditions = rule.Conditions.Count == 0 ? string.Empty : $" for {string.Join(", ", rule.Conditions)}";
        return $"not reviewed: {rule.Country} {rule.Treatment}{conditions}: {rule.Summary} Source: {rule.Source}.";
    }

    /// <summary>Why a decision cannot be made again.</summary>
    public static string Missing(RecordedInputs.Missing missing) => missing.What switch
    {
        "policy" => string.Create(CultureInfo.InvariantCulture, $"Policy version {missing.Version} is not in this database."),
        "network" => string.Create(CultureInfo.InvariantCulture, $"Network version {missing.Version} is not in this database."),
        _ => "The inquiry of the decision is not in this database.",
    };

    /// <summary>What a coordinator looks at besides the score; empty: nothing is known.</summary>
    public static string Shown(OfferFacts facts)
    {
        var transplants = !facts.IsTransplant ? null
            : facts.TransplantsPerYear is not { } number ? "transplants a year: the clinic does not say"
            : string.Create(CultureInfo.InvariantCulture, $"transplants a year: {number}")
                + (facts.AreFew ? " (under five: more patients died in a study, PMC3950896)" : string.Empty);
        var routes = facts.Routes.Count == 0 ? null : $"cells given: {string.Join(", ", facts.Routes)}";
        return string.Join("; ", new[] { routes, transplants }.OfType<string>());
    }
}
