using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>A field of a clinic that differs between two of its versions.</summary>
/// <param name="Field">As a person finds it (<c>credentials[2].status</c>).</param>
/// <param name="Was">Empty: it was not there.</param>
/// <param name="Is">Empty: it is not there.</param>
public sealed record ClinicDifference(string Field, string Was, string Is);

/// <summary>A clinic field by field, as texts, under the names of the clinic file: for forms, and to say what differs.</summary>
public static class ClinicTexts
{
    /// <summary>The clinic's own pause; no file has it.</summary>
    public const string PausedUntil = "pausedUntil";

    /// <summary>Since when mail fails; no file has it.</summary>
    public const string MailFailsSince = "mailFailsSince";

    /// <summary>Everything it says; what it does not say is not there.</summary>
    public static IReadOnlyDictionary<string, string> Of(Clinic clinic)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(texts, string.Empty, ClinicExport.ToNode(clinic));
        if (clinic.PausedUntil is { } until)
        {
            texts[PausedUntil] = until.ToString("O", CultureInfo.InvariantCulture);
        }

        if (clinic.MailFailsSince is { } since)
        {
            texts[MailFailsSince] = since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }

        return texts;
    }

    /// <summary>What differs, in the order of the file.</summary>
    public static IReadOnlyList<ClinicDifference> Differences(Clinic was, Clinic now)
    {
        var (before, after) = (Of(was), Of(now));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal)
                .Select(f => new ClinicDifference(f, before.GetValueOrDefault(f, string.Empty), after.GetValueOrDefault(f, string.Empty)))
                .Where(d => d.Was != d.Is),
        ];
    }

    private static void Add(Dictionary<string, string> texts, string field, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject entry when IsPeriod(entry):
                texts[field] = Period(entry);
                break;
            case JsonObject entry:
                foreach (var (name, value) in entry)
                {
                    Add(texts, field.Length == 0 ? name : $"{field}.{name}", value);
                }

                break;
            case JsonArray list when list.All(i => i is JsonValue || (i is JsonObject entry && IsPeriod(entry))):
                if (list.Count > 0)
                {
                    texts[field] = string.Join(", ", list.Select(i => i is JsonObject entry ? Period(entry) : Text(i!)));
                }

                break;
            case JsonArray list:
                foreach (var (n, item) in list.Index())
                {
                    Add(texts, string.Create(CultureInfo.InvariantCulture, $"{field}[{n + 1}]"), item);
                }

                break;
            case JsonValue:
                texts[field] = Text(node);
                break;
        }
    }

    private static bool IsPeriod(JsonObject entry) => entry.Count == 2 && entry.ContainsKey("from") && entry.ContainsKey("to");

    private static string Period(JsonObject entry) => $"{Text(entry["from"]!)}/{Text(entry["to"]!)}";

    private static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",

        // 14500.5 and 14500.50 are one price.
        JsonValueKind.Number when decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number.ToString("0.############################", CultureInfo.InvariantCulture),
        _ => value.ToJsonString(),
    };
}
