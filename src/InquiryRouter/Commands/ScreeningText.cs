using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Commands;

/// <summary>What screening would say of an inquiry, beside the decision about it: a decision is only offered once screening has let the inquiry through.</summary>
internal static class ScreeningText
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(ScreeningVerdict verdict, Relation relation) => string.Join(Environment.NewLine, (string[])
    [
        verdict.Outcome switch
        {
            ScreeningOutcome.Cleared => "Before that, screening would let it through by itself, unless the patient is known already.",
            ScreeningOutcome.Quarantined => "Before that, screening would quarantine it, and nobody would be offered it until a coordinator releases it:",
            _ => "Before that, screening would hold it, and nobody would be offered it until a coordinator releases it:",
        },
        .. verdict.Reasons.Select(r => $"     {r.Code}: {r.SentenceFor(relation)}"),
        .. verdict.Spam.Reasons.Select(r => $"     spam score {r.Code} {r.Points}: {r.Sentence}"),
    ]);

    /// <summary>The decision's JSON with a member <c>screening</c> behind the others.</summary>
    public static string AddTo(string decision, ScreeningVerdict verdict, Relation relation)
    {
        var json = JsonNode.Parse(decision)!.AsObject();
        json["screening"] = new JsonObject
        {
            ["outcome"] = verdict.Outcome.ToString().ToLowerInvariant(),
            ["reasons"] = new JsonArray([.. verdict.Reasons.Select(r => new JsonObject { ["code"] = r.Code, ["reason"] = r.SentenceFor(relation) })]),
        };
        return json.ToJsonString(s_indented);
    }
}
