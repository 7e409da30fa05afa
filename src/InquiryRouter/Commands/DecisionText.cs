using System.Buffers;
using System.Globalization;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Commands;

/// <summary>Everything a decision was made from.</summary>
internal sealed record DecisionInputs(InquiryFacts Facts, MatchIndex Index, Policy Policy, MatchLoad Load, DateTimeOffset At)
{
    public MatchDecision Decide() => Matcher.Match(Facts, Index, Policy, Load, At);
}

/// <summary>A decision as people and programs read it.</summary>
internal static class DecisionText
{
    public static string Json(MatchDecision decision, DecisionInputs inputs)
    {
        var output = new ArrayBufferWriter<byte>();
        Explanation.Write(output, decision, inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At, indented: true);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

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

        WriteRejected(text, decision, inputs);
        return text.ToString().TrimEnd();
    }

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

    private static void WriteNext(StringWriter text, MatchDecision decision, DecisionInputs inputs)
    {
        var reasons = ApprovalRules.Reasons(decision, inputs.Facts, inputs.Index, inputs.Policy, inputs.At);
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
        text.WriteLine($"     What emptied the list: {string.Join(", ", nothing.Gates.Select(g => $"{Gates.Code(g.Gate)} {g.Clinics}"))}.");
        foreach (var relaxation in nothing.Relaxations)
        {
            text.WriteLine($"     If only one thing were different: {Relax(relaxation)}.");
        }
    }

    private static void WriteRejected(StringWriter text, MatchDecision decision, DecisionInputs inputs)
    {
        var gates = Matcher.CheckAll(inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At);
        if (gates.Length > decision.Ranked.Count)
        {
            text.WriteLine(decision.IsHeld ? "Why not these clinics:" : "Why not the others:");
        }

        foreach (var (position, gate) in gates.Index().Where(g => g.Item != Gate.None))
        {
            var code = inputs.Index.Network.Clinics[position].Code;
            text.WriteLine($"     {code,-12} {Gates.Code(gate)}: {Explanation.Reason(gate, code, inputs.Facts, inputs.Index, inputs.Load)}");
        }
    }
}
