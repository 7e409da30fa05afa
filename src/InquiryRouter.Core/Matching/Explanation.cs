using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// A decision written out: every clinic of the network in exactly one of two lists, with its reason. The form is that of <c>match
/// --json</c>.
/// </summary>
/// <param name="Outcome">matched or held.</param>
public sealed record Explanation(
    long NetworkVersion, int PolicyVersion, string Outcome, IReadOnlyList<ExplainedYes> Ranked, IReadOnlyList<ExplainedNo> Rejected)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // Names of clinics have accents; this is no HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JsonSerializerOptions s_indented = new(s_json) { WriteIndented = true };

    public static Explanation Of(MatchDecision decision, NetworkSnapshot network) => new(
        decision.NetworkVersion, decision.PolicyVersion, decision.IsHeld ? "held" : "matched",
        [.. decision.Ranked.Select(r => new ExplainedYes(
            r.Clinic, r.Score, r.Parts, ExplainedOffering.Of(network.ByCode[r.Clinic].Treatments[r.Offering])))],
        [.. decision.Rejected.Select(r => new ExplainedNo(r.Clinic, GateList.Code(r.Gate), r.Reason))]);

    /// <param name="indented">For people; programs do without.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(this, indented ? s_indented : s_json);
}

/// <param name="Offering">With what it came as far as its score.</param>
public sealed record ExplainedYes(string Clinic, double Score, ScoreParts Parts, ExplainedOffering Offering);

/// <param name="Gate">Its stable name.</param>
public sealed record ExplainedNo(string Clinic, string Gate, string Reason);

/// <summary>What does not apply is left out.</summary>
public sealed record ExplainedOffering(string Treatment, string? ConditionType, string? Site)
{
    public static ExplainedOffering Of(ClinicTreatment treats) => new(treats.Treatment, treats.ConditionType, treats.Site);
}
