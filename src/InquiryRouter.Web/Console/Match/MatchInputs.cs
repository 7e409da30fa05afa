using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Application.Matching;

namespace InquiryRouter.Web.Console.Match;

/// <summary>
/// What a decision is made from, for programs: no name, no address, no message. The clinics are those of the network's version.
/// </summary>
internal static class MatchInputs
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <returns>Null: what was decided from is not there any more.</returns>
    public static string? Of(ExplainedMatch match, bool isNow)
    {
        if ((isNow || match.Stored is null ? match.Now : match.Then) is not var (inputs, decision))
        {
            return null;
        }

        var facts = inputs.Facts;
        return JsonSerializer.Serialize(
            new
            {
                match.Inquiry.Reference,
                inputs.At,
                networkVersion = decision.NetworkVersion,
                policyVersion = decision.PolicyVersion,
                facts = new
                {
                    facts.Country, facts.Language, facts.BirthYear, facts.Relation, facts.Condition, facts.ConditionType, facts.Treatment,
                    facts.CellSource, facts.Destinations, facts.BudgetAmount, facts.BudgetCurrency, facts.Timeframe,
                },
                load = inputs.Load.Clinics,
                kept = inputs.Load.Kept,
                earlier = inputs.Load.Earlier,
                ranked = decision.Ranked.Count,
                decision.Tied,
                digest = Core.Matching.DecisionDigest.Of(decision),
                storedDigest = isNow ? null : match.Stored?.Digest,
            },
            s_json);
    }
}
