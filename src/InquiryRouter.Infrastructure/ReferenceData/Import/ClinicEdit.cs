using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>A clinic of which some fields are typed anew: checked by the very rules a file is checked by.</summary>
public static class ClinicEdit
{
    // Each of these is typed as words with commas or spaces between them.
    private static readonly string[] s_lists = ["languages", "ageGroups", "workDays", "holidays"];

    /// <summary>The clinic with these fields, or what is wrong with it.</summary>
    /// <param name="clinic">As it is.</param>
    /// <param name="typed">Fields by their names in the clinic file, entries counted from 1; an empty text takes one out.</param>
    /// <param name="rules">Of the network in force.</param>
    /// <param name="fieldRules">Of mails and zones.</param>
    public static (Clinic? Clinic, IReadOnlyList<ImportProblem> Problems) Read(
        Clinic clinic, IEnumerable<KeyValuePair<string, string>> typed, MatchRules rules, IFieldRules fieldRules)
    {
        var node = ClinicExport.ToNode(clinic);
        foreach (var (field, text) in typed)
        {
            Set(node, field, text.Trim());
        }

        using var file = new MemoryStream(Encoding.UTF8.GetBytes(
            new JsonObject { ["source"] = "console", ["clinics"] = new JsonArray(node) }.ToJsonString()));
        var read = ClinicImport.Read(file, ImportFormat.Json, rules, fieldRules);
        return read.Problems.Count > 0
            ? (null, read.Problems)

            // What no file has stays what it is; another address is a new chance, as after an import.
            : (read.Clinics[0] with { PausedUntil = clinic.PausedUntil, MailFailsSince = clinic.MailFailsSince }, []);
    }

    private static void Set(JsonObject clinic, string field, string text)
    {
        var (at, name) = (clinic, field);
        if (field.IndexOf('[', StringComparison.Ordinal) is > 0 and var open && field.IndexOf("].", StringComparison.Ordinal) is > 0 and var close
            && int.TryParse(field.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && clinic[field[..open]] is JsonArray list && n >= 1 && n <= list.Count)
        {
            (at, name) = (list[n - 1]!.AsObject(), field[(close + 2)..]);
        }

        at[name] = text.Length == 0 ? null
            : s_lists.Contains(name, StringComparer.Ordinal) ? new JsonArray([.. Words(text).Select(w => (JsonNode)w)])
            : name == "leave" ? new JsonArray([.. Words(text).Select(Period)])
            : name == "active" ? text == "true"
            : text;
    }

    private static string[] Words(string text) =>
        text.Split([',', ' ', '\n', '\r', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonObject Period(string word) => word.Split('/') is [var from, var to]
        ? new JsonObject { ["from"] = from, ["to"] = to }
        : new JsonObject { ["from"] = word, ["to"] = word };
}
