using System.Globalization;
using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Commands;

/// <summary>A decision as people and programs read it.</summary>
internal static class DecisionText
{
    public static string Json(MatchDecision decision, DecisionInputs inputs) => Explanation.Of(decision, inputs.Index.Network).ToJson(indented: true);

    public static string Text(MatchDecision decision, DecisionInputs inputs)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var network = inputs.Index.Network;
        text.WriteLine($"Network version {decision.NetworkVersion}, policy version {decision.PolicyVersion}: {decision.Ranked.Count} of {network.Clinics.Count} clinics may be offered this inquiry.");
        foreach (var (index, ranked) in decision.Ranked.Index())
        {
            var clinic = network.ByCode[ranked.Clinic];
            text.WriteLine($"{index + 1,3}. {ranked.Clinic,-12} {ranked.Score:0.000}  {clinic.Name}, {clinic.City}, {clinic.Country}");
            text.WriteLine($"     {string.Join(" + ", ScoreParts.Names.Select((name, part) => string.Create(CultureInfo.InvariantCulture, $"{name} {ranked.Parts[part]:0.000}")))}");
            if (Shown(OfferFacts.Of(clinic, inputs.Facts, network.Rules.Lists)) is { Length: > 0 } shown)
            {
                text.WriteLine($"     {shown}");
            }
        }

        if (decision.Tied > 1)
        {
            text.WriteLine($"     The first {decision.Tied} are equally good (their scores lie within {inputs.Policy.NearTie:0.###}): they share by turns, and it is the turn of {decision.Ranked[0].Clinic}.");
        }

        if (decision.IsHeld)
        {
            WriteNothing(text, inputs);
        }
        else
        {
            WriteNext(text, decision, inputs);
        }

        WriteRejected(text, decision);
        return text.ToString().TrimEnd();
    }

    /// <summary>
    /// How many clinics each gate stopped, most first. Those that treat something else are told apart: nothing a coordinator or a patient does could
    /// win them, and their number hides the gates that matter.
    /// </summary>
    /// <param name="gates">Clinics by the code of the gate.</param>
    public static string Stopped(IEnumerable<(string Gate, int Clinics)> gates)
    {
        var byKind = gates.ToLookup(g => GateList.Of(g.Gate) is Gate.Condition or Gate.Treatment);
        var others = byKind[true].Sum(g => g.Clinics);
        var stopped = string.Join(", ", byKind[false].OrderByDescending(g => g.Clinics).ThenBy(g => GateList.Of(g.Gate)).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Gate} {g.Clinics}")));
        return (stopped.Length, others) switch
        {
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"all {others} treat something else"),
            (_, 0) => stopped,
            _ => string.Create(CultureInfo.InvariantCulture, $"{stopped}; {others} more {(others == 1 ? "treats" : "treat")} something else"),
        };
    }

    /// <summary>What a coordinator can do about clinics that are stopped only because nobody has written down what the law of their country says; null: there are none.</summary>
    /// <param name="gates">Clinics by the code of the gate.</param>
    public static string? UnknownRules(IEnumerable<(string Gate, int Clinics)> gates) =>
        gates.Where(g => GateList.Of(g.Gate) == Gate.CountryRuleUnknown).Sum(g => g.Clinics) is > 0 and var clinics
            ? string.Create(CultureInfo.InvariantCulture, $"The law of the country is not known for {clinics} of them: find it out, add it to the rules (export reference country-rules, import reference FILE), then release the inquiry.")
            : null;

    /// <summary>Which single change would find how many clinics.</summary>
    public static string Relax(Relaxation relaxation)
    {
        var clinics = relaxation.Clinics == 1 ? "1 clinic" : string.Create(CultureInfo.InvariantCulture, $"{relaxation.Clinics} clinics");
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
        ["score-gap"] => string.Create(CultureInfo.InvariantCulture, $"score gap below {policy.Approval.ScoreGapBelow:0.###} between {decision.Ranked[0].Clinic} and {decision.Ranked[1].Clinic}"),
        ["flag", ApprovalRules.UnreviewedRule] => "a country's rule that nobody has reviewed",
        [var kind, var value] => $"{kind} {value}",
        _ => code,
    };

    /// <summary>How an unreviewed rule becomes a reviewed one, or is passed over once.</summary>
    public const string HowToReview =
        "Read each where it stands. Where it is right, set \"reviewed\": true in its row (export reference country-rules, import reference FILE): "
        + "then nothing waits for it any more. To let only this inquiry go on, release it.";

    /// <summary>A rule nobody has reviewed, so that its row and its source are found.</summary>
    public static string Unreviewed(CountryRule rule) =>
        $"not reviewed: {rule.Country} {rule.Treatment}{(rule.Conditions.Count == 0 ? string.Empty : $" for {string.Join(", ", rule.Conditions)}")}: "
        + $"{rule.Summary} Source: {rule.Source}.";

    /// <summary>Why a decision cannot be made again.</summary>
    public static string Missing(RecordedInputs.Missing missing) => missing.What switch
    {
        "policy" => string.Create(CultureInfo.InvariantCulture, $"Policy version {missing.Version} is not in this database."),
        "network" => string.Create(CultureInfo.InvariantCulture, $"Network version {missing.Version} is not in this database."),
        _ => "The inquiry of the decision is not in this database.",
    };

    // What a coordinator looks at besides the score.
    private static string Shown(OfferFacts facts)
    {
        var transplants = !facts.IsTransplant ? null
            : facts.TransplantsPerYear is not { } number ? "transplants a year: the clinic does not say"
            : string.Create(CultureInfo.InvariantCulture, $"transplants a year: {number}")
                + (facts.AreFew ? " (under five: more patients died in a study, PMC3950896)" : string.Empty);
        return string.Join("; ", new[] { facts.Routes.Count == 0 ? null : $"cells given: {string.Join(", ", facts.Routes)}", transplants }.OfType<string>());
    }

    private static void WriteNext(StringWriter text, MatchDecision decision, DecisionInputs inputs)
    {
        var reasons = inputs.ApprovalFor(decision);
        var atOnce = inputs.Index.Network.Rules.Lists.Conditions.GetValueOrDefault(inputs.Facts.Condition)
            ?.MayBeTreatedAtOnce(inputs.Facts.ConditionType) ?? false;
        var first = inputs.Index.Network.ByCode[decision.Ranked[0].Clinic];
        var hours = inputs.Policy.WindowFor(inputs.Facts.Timeframe, first).TotalHours;
        text.WriteLine(reasons.Count > 0
            ? $"     It waits for a coordinator's yes ({string.Join(", ", reasons)}); then it is offered to {first.Code}."
            : atOnce ? $"     It waits for a coordinator: it is, or may be, treated at once, near home. Then it is offered to {first.Code}."
            : $"     It is offered at once to {string.Join(", ", decision.Ranked.Take(inputs.Policy.Parallel).Select(r => r.Clinic))}, with {hours:0.##} business hours to answer.");
        if (ApprovalRules.UnreviewedRules(decision, inputs.Facts, inputs.Index, inputs.Policy) is { Count: > 0 } rules
            && reasons.Contains($"flag:{ApprovalRules.UnreviewedRule}", StringComparer.Ordinal))
        {
            foreach (var rule in rules)
            {
                text.WriteLine($"     {Unreviewed(rule)}");
            }

            text.WriteLine($"     {HowToReview}");
        }
    }

    private static void WriteNothing(StringWriter text, DecisionInputs inputs)
    {
        var nothing = NothingFits.Find(inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At);
        text.WriteLine(nothing.WaitFor.Count > 0
            ? $"It would wait for a place at {string.Join(", ", nothing.WaitFor)}."
            : "It would be held for a coordinator.");
        text.WriteLine($"     What emptied the list: {Stopped(nothing.Gates.Select(g => (GateList.Code(g.Gate), g.Clinics)))}.");
        if (UnknownRules(nothing.Gates.Select(g => (GateList.Code(g.Gate), g.Clinics))) is { } rules)
        {
            text.WriteLine($"     {rules}");
        }

        foreach (var relaxation in nothing.Relaxations)
        {
            text.WriteLine($"     If only one thing were different: {Relax(relaxation)}.");
        }
    }

    private static void WriteRejected(StringWriter text, MatchDecision decision)
    {
        if (decision.Rejected.Count > 0)
        {
            text.WriteLine(decision.IsHeld ? "Why not these clinics:" : "Why not the others:");
        }

        foreach (var (clinic, gate, reason) in decision.Rejected)
        {
            text.WriteLine($"     {clinic,-12} {GateList.Code(gate)}: {reason}");
        }
    }
}
