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
            if (DecisionWords.Shown(OfferFacts.Of(clinic, inputs.Facts, network.Rules.Lists)) is { Length: > 0 } shown)
            {
                text.WriteLine($"     {shown}");
            }
        }

        if (DecisionWords.Tie(decision, inputs.Policy) is { } tie)
        {
            text.WriteLine($"     {tie}");
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

    private static void WriteNext(StringWriter text, MatchDecision decision, DecisionInputs inputs)
    {
        var reasons = inputs.ApprovalFor(decision);
        text.WriteLine($"     {DecisionWords.Next(decision, inputs, reasons)}");
        if (ApprovalRules.UnreviewedRules(decision, inputs.Facts, inputs.Index, inputs.Policy) is { Count: > 0 } rules
            && reasons.Contains($"flag:{ApprovalRules.UnreviewedRule}", StringComparer.Ordinal))
        {
            foreach (var rule in rules)
            {
                text.WriteLine($"     {DecisionWords.Unreviewed(rule)}");
            }

            text.WriteLine($"     {DecisionWords.HowToReview}");
        }
    }

    private static void WriteNothing(StringWriter text, DecisionInputs inputs)
    {
        var nothing = NothingFits.Find(inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At);
        var gates = nothing.Gates.Select(g => (GateList.Code(g.Gate), g.Clinics)).ToList();
        text.WriteLine(DecisionWords.Held(nothing.WaitFor));
        text.WriteLine($"     What emptied the list: {DecisionWords.Stopped(gates)}.");
        if (DecisionWords.UnknownRules(gates) is { } rules)
        {
            text.WriteLine($"     {rules} The commands for it: export reference country-rules, import reference FILE.");
        }

        foreach (var relaxation in nothing.Relaxations)
        {
            text.WriteLine($"     If only one thing were different: {DecisionWords.Relax(relaxation)}.");
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
