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
        [var kind, var value] => $"{kind} {value}",
        _ => code,
    };

    /// <summary>Why a decision cannot be made again.</summary>
    public static string Missing(RecordedInputs.Missing missing) => missing.What switch
    {
        "policy" => string.Create(CultureInfo.InvariantCulture, $"Policy version {missing.Version} is not in this database."),
        "network" => string.Create(CultureInfo.InvariantCulture, $"Network version {missing.Version} is not in this database."),
        _ => "The inquiry of the decision is not in this database.",
    };

    private static void WriteNext(StringWriter text, MatchDecision decision, DecisionInputs inputs)
    {
        var reasons = inputs.ApprovalFor(decision);
        var first = inputs.Index.Network.ByCode[decision.Ranked[0].Clinic];
        var hours = inputs.Policy.WindowFor(inputs.Facts.Timeframe, first).TotalHours;
        text.WriteLine(reasons.Count > 0
            ? $"     It waits for a coordinator's yes ({string.Join(", ", reasons)}); then it is offered to {first.Code}."
            : $"     It is offered at once to {string.Join(", ", decision.Ranked.Take(inputs.Policy.Parallel).Select(r => r.Clinic))}, with {hours:0.##} business hours to answer.");
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
