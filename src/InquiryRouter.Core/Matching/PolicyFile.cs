using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <param name="Field">As a person finds it (<c>weights.price</c>).</param>
/// <param name="Allowed">A sentence that says what may stand there.</param>
public sealed record PolicyProblem(string Field, string Value, string Allowed);

/// <summary>A policy as JSON: what is stored, shown, edited and checked before it is activated. Every member must be there.</summary>
public static class PolicyFile
{
    private const double MostWindowHours = 2000;

    private const int LongestName = 80;

    /// <summary>The policy of a file, or everything that is wrong with it.</summary>
    /// <param name="version">The version it gets.</param>
    /// <param name="lists">What its codes are checked against; null for one that was checked when it was activated: codes that have left the lists since name nothing.</param>
    public static (Policy? Policy, IReadOnlyList<PolicyProblem> Problems) Read(ReadOnlyMemory<byte> utf8, int version, ReferenceLists? lists)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return Read(document.RootElement, version, lists);
        }
        catch (JsonException exception)
        {
            return (null, [new PolicyProblem("file", string.Create(CultureInfo.InvariantCulture, $"line {exception.LineNumber + 1}"), "Valid JSON.")]);
        }
        catch (InvalidOperationException)
        {
            return (null, [new PolicyProblem("file", string.Empty, "Texts of whole characters: one holds half of a pair (\\ud800 to \\udfff).")]);
        }
    }

    private static (Policy? Policy, IReadOnlyList<PolicyProblem> Problems) Read(JsonElement file, int version, ReferenceLists? lists)
    {
        var problems = new List<PolicyProblem>();
        var root = new PolicyMembers(file, string.Empty, problems);
        var weights = root.Object("weights");
        var share = root.Object("nearTies");
        var approval = root.Object("approval");
        var offers = root.Object("offers");
        var policy = new Policy
        {
            Version = version,
            Name = root.Text("name", LongestName),
            Weights = new ScoreWeights(
                weights.Number("experience", 0, 100), weights.Number("credential", 0, 100), weights.Number("response", 0, 100), weights.Number("acceptance", 0, 100),
                weights.Number("price", 0, 100), weights.Number("destination", 0, 100), weights.Number("language", 0, 100), weights.Number("headroom", 0, 100)),
            NearTie = share.Number("within", 0, 0.5),
            MostTied = share.Whole("most", 1, 50),
            FairnessWeeks = share.Whole("weeks", 1, Policy.MostFairnessWeeks),
            ShareBy = share.Choice("by", ("capacity", ShareBy.Capacity), ("equal", ShareBy.Equal)),
            BudgetCeiling = root.OptionalNumber("budgetCeiling", 1, 100),
            Approval = new Approval(
                approval.Choice("mode", ("never", ApprovalMode.Never), ("always", ApprovalMode.Always), ("when", ApprovalMode.When)),
                approval.Codes("conditions", code => lists is null || lists.Conditions.ContainsKey(code), "Codes of conditions of the reference data."),
                approval.Codes("countries", code => lists is null || lists.Countries.ContainsKey(code), "ISO 3166-1 codes of countries, in capitals."),
                approval.Codes("flags", ApprovalRules.Flags.Contains, $"Any of {string.Join(", ", ApprovalRules.Flags)}."),
                approval.OptionalNumber("scoreGapBelow", 0, 1)),
            Parallel = offers.Whole("parallel", 1, 10),
            MostOffers = offers.Whole("most", 1, 100),
            WindowHours = offers.Positive("windowHours", MostWindowHours),
            UrgentWindowHours = offers.Positive("urgentWindowHours", MostWindowHours),
            AfterLastNo = offers.Choice("afterLastNo", ("coordinator", AfterLastNo.Coordinator), ("patient", AfterLastNo.Patient)),
        };
        foreach (var members in (PolicyMembers[])[root, weights, share, approval, offers])
        {
            members.AddUnknown();
        }

        if (problems.Count == 0)
        {
            CheckTogether(policy, problems);
        }

        return problems.Count == 0 ? (policy, problems) : (null, problems);
    }

    /// <summary>The file of a policy, complete, for storing and editing.</summary>
    public static byte[] Write(Policy policy)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("name", policy.Name);
            json.WriteStartObject("weights");
            var w = policy.Weights;
            foreach (var (name, value) in ScoreParts.Names.Zip([w.Experience, w.Credential, w.Response, w.Acceptance, w.Price, w.Destination, w.Language, w.Headroom]))
            {
                json.WriteNumber(name, value);
            }

            json.WriteEndObject();
            json.WriteStartObject("nearTies");
            json.WriteNumber("within", policy.NearTie);
            json.WriteNumber("most", policy.MostTied);
            json.WriteNumber("weeks", policy.FairnessWeeks);
            json.WriteString("by", policy.ShareBy == ShareBy.Equal ? "equal" : "capacity");
            json.WriteEndObject();
            WriteOptional(json, "budgetCeiling", policy.BudgetCeiling);
            json.WriteStartObject("approval");
            json.WriteString("mode", policy.Approval.Mode switch { ApprovalMode.Never => "never", ApprovalMode.Always => "always", _ => "when" });
            WriteCodes(json, "conditions", policy.Approval.Conditions);
            WriteCodes(json, "countries", policy.Approval.Countries);
            WriteCodes(json, "flags", policy.Approval.Flags);
            WriteOptional(json, "scoreGapBelow", policy.Approval.ScoreGapBelow);
            json.WriteEndObject();
            json.WriteStartObject("offers");
            json.WriteNumber("parallel", policy.Parallel);
            json.WriteNumber("most", policy.MostOffers);
            json.WriteNumber("windowHours", policy.WindowHours);
            json.WriteNumber("urgentWindowHours", policy.UrgentWindowHours);
            json.WriteString("afterLastNo", policy.AfterLastNo == AfterLastNo.Patient ? "patient" : "coordinator");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void CheckTogether(Policy policy, List<PolicyProblem> problems)
    {
        if (policy.Weights.Sum <= 0)
        {
            problems.Add(new PolicyProblem("weights", "0 in all", "At least one weight above 0."));
        }

        if (policy.Parallel > policy.MostOffers)
        {
            problems.Add(new PolicyProblem("offers.parallel", policy.Parallel.ToString(CultureInfo.InvariantCulture), "At most offers.most."));
        }

        if (policy.UrgentWindowHours > policy.WindowHours)
        {
            problems.Add(new PolicyProblem("offers.urgentWindowHours", policy.UrgentWindowHours.ToString(CultureInfo.InvariantCulture), "At most offers.windowHours."));
        }

        if (policy.Approval is { Mode: ApprovalMode.When, Conditions.Count: 0, Countries.Count: 0, Flags.Count: 0, ScoreGapBelow: null })
        {
            problems.Add(new PolicyProblem("approval.mode", "when", "With \"when\", at least one of conditions, countries, flags and scoreGapBelow."));
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteCodes(Utf8JsonWriter json, string name, FrozenSet<string> codes)
    {
        json.WriteStartArray(name);
        foreach (var code in codes.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
    }
}
