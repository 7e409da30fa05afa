using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Core.Matching;

/// <param name="Field">As a person finds it (<c>weights.price</c>).</param>
/// <param name="Allowed">A sentence that says what may stand there.</param>
public sealed record PolicyProblem(string Field, string Value, string Allowed);

/// <summary>A policy as JSON: what is stored, shown, edited and checked before it is activated. Every member must be there.</summary>
public static class PolicyFile
{
    private const double MostWindowHours = 2000;

    private const int LongestName = 80;

    private const string ObjectAllowed = "An object { … }.";

    private static readonly JsonReaderOptions s_options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The policy of a file, or everything that is wrong with it.</summary>
    /// <param name="version">The version it gets.</param>
    /// <param name="lists">What its codes are checked against; null for one that was checked when it was activated: codes that have left the lists since name nothing.</param>
    public static (Policy? Policy, IReadOnlyList<PolicyProblem> Problems) Read(ReadOnlyMemory<byte> utf8, int version, ReferenceLists? lists)
    {
        RawValue file;
        try
        {
            file = RawJson.Read(utf8.Span, s_options);
        }
        catch (NotUtf8Exception exception)
        {
            return (null, [new PolicyProblem("file", FormattableString.Invariant($"line {exception.LineNumber + 1}"), "Text in UTF-8.")]);
        }
        catch (JsonException exception)
        {
            return (null, [new PolicyProblem("file", FormattableString.Invariant($"line {exception.LineNumber + 1}"), "Valid JSON.")]);
        }

        return file.Kind == RawKind.Record ? Read(file, version, lists) : (null, [new PolicyProblem("file", Shown(file), ObjectAllowed)]);
    }

    private static (Policy? Policy, IReadOnlyList<PolicyProblem> Problems) Read(RawValue file, int version, ReferenceLists? lists)
    {
        var problems = new List<PolicyProblem>();
        var reporting = new Reporting(
            (field, value, allowed) => problems.Add(new PolicyProblem(RawValue.Shown(field), Shown(value), allowed)))
        {
            Unknown = known => $"Not a setting here. The settings are: {string.Join(", ", known)}.",
            Twice = "Once, not twice.",
            CleansWords = true,
        };
        var root = new ObjectReader(file, reporting, ["name", "weights", "nearTies", "budgetCeiling", "approval", "offers"]);
        var weights = root.Within("weights", [.. ScoreParts.Names], ObjectAllowed);
        var share = root.Within("nearTies", ["within", "most", "weeks", "by"], ObjectAllowed);
        var approval = root.Within("approval", ["mode", "conditions", "countries", "flags", "scoreGapBelow"], ObjectAllowed);
        var offers = root.Within("offers", ["parallel", "most", "windowHours", "urgentWindowHours", "afterLastNo"], ObjectAllowed);
        var policy = new Policy
        {
            Version = version,
            Name = Name(root),
            Weights = new ScoreWeights(
                Weight("experience"), Weight("credential"), Weight("response"), Weight("acceptance"),
                Weight("price"), Weight("destination"), Weight("language"), Weight("headroom")),
            NearTie = Number(share, "within", 0, 0.5) ?? 0,
            MostTied = share.Whole("most", 1, 50) ?? 1,
            FairnessWeeks = share.Whole("weeks", 1, Policy.MostFairnessWeeks) ?? 1,
            ShareBy = Choice(share, "by", ("capacity", ShareBy.Capacity), ("equal", ShareBy.Equal)),
            BudgetCeiling = NumberOrNull(root, "budgetCeiling", 1, 100),
            Approval = new Approval(
                Choice(approval, "mode", ("never", ApprovalMode.Never), ("always", ApprovalMode.Always), ("when", ApprovalMode.When)),
                Codes(approval, "conditions", c => lists is null || lists.Conditions.ContainsKey(c), "Codes of conditions of the reference data."),
                Codes(approval, "countries", c => lists is null || lists.Countries.ContainsKey(c), "ISO 3166-1 codes of countries, in capitals."),
                Codes(approval, "flags", ApprovalRules.Flags.Contains, $"Any of {string.Join(", ", ApprovalRules.Flags)}."),
                NumberOrNull(approval, "scoreGapBelow", 0, 1)),
            Parallel = offers.Whole("parallel", 1, 10) ?? 1,
            MostOffers = offers.Whole("most", 1, 100) ?? 1,
            WindowHours = Hours("windowHours"),
            UrgentWindowHours = Hours("urgentWindowHours"),
            AfterLastNo = Choice(offers, "afterLastNo", ("coordinator", AfterLastNo.Coordinator), ("patient", AfterLastNo.Patient)),
        };
        if (problems.Count == 0)
        {
            CheckTogether(policy, problems);
        }

        return problems.Count == 0 ? (policy, problems) : (null, problems);

        double Weight(string name) => Number(weights, name, 0, 100) ?? 0;

        double Hours(string name) =>
            offers.Number<double>(
                name, n => n is > 0 and <= MostWindowHours, FormattableString.Invariant($"A number above 0, at most {MostWindowHours}."))
            ?? MostWindowHours;
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

    private static string Name(ObjectReader root)
    {
        var allowed = FormattableString.Invariant($"A text of 1 to {LongestName} characters.");
        return Typed.Line(root.Word("name", n => Typed.Line(n) is { Length: <= LongestName }, allowed)) ?? string.Empty;
    }

    private static double? Number(ObjectReader part, string name, double least, double most) =>
        part.Number<double>(name, n => n >= least && n <= most, FormattableString.Invariant($"A number from {least} to {most}."));

    // A limit that is not wanted is written as null: left out, it may have been forgotten.
    private static double? NumberOrNull(ObjectReader part, string name, double least, double most) =>
        part[name].Kind == RawKind.Null ? null : Number(part, name, least, most);

    private static FrozenSet<string> Codes(ObjectReader part, string name, Func<string, bool> isKnown, string allowed) =>
        part.Words(name, isKnown, allowed, $"A list [ … ]. {allowed}").ToFrozenSet(StringComparer.Ordinal);

    private static T Choice<T>(ObjectReader part, string name, params (string Name, T Value)[] choices)
    {
        var word = part.Word(name, w => choices.Any(c => c.Name == w), $"One of {string.Join(", ", choices.Select(c => c.Name))}.");
        return choices.FirstOrDefault(c => c.Name == word).Value;
    }

    // As it is written: "0.1" is no number.
    private static string Shown(RawValue value) =>
        RawValue.Shown(value.Kind switch { RawKind.Null => "null", RawKind.Text => $"\"{value.Text}\"", _ => value.ToString() });

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
