using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Conditions, treatments and the words of an emergency.</summary>
internal static class MedicineChecks
{
    private static readonly string[] s_risks = ["low", "moderate", "high"];

    public static void Check(string name, IReadOnlyList<RowReader> rows, ReferenceIndex index)
    {
        switch (name)
        {
            case "conditions":
                CheckConditions(rows, index);
                break;
            case "treatments":
                CheckTreatments(rows, index);
                break;
            default:
                CheckEmergencyWords(rows, index);
                break;
        }
    }

    private static void CheckConditions(IReadOnlyList<RowReader> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var meanings = new Dictionary<string, ConditionMeaning>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var code = row.Word("code") ?? string.Empty;
            if (code.Length > 0 && !seen.Add(code))
            {
                row.Add("code", code, "Each once in the file; this one stands twice.");
            }

            row.OptionalText("icd10", 20);
            row.OptionalText("note", RowReader.TextLength);
            row.References("specialties", index.Specialties, atLeast: code == ReferenceLists.OtherCondition ? 0 : 1);
            row.Provenance();
            Mean(row, "name", row.Text("name"), new ConditionMeaning(code, null), meanings);
            CheckTypes(row, code, meanings);
            CheckSymptoms(row);
        }

        if (rows.Count > 0 && !seen.Contains(ReferenceLists.OtherCondition))
        {
            rows[0].Problems.Add("conditions", 0, "rows", string.Empty, $"A row for {ReferenceLists.OtherCondition}: what the list does not name.");
        }
    }

    private static void CheckTypes(RowReader row, string code, Dictionary<string, ConditionMeaning> meanings)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in row.Entries("types", "code", "name", "icd10"))
        {
            var typeCode = type.Word("code");
            if (typeCode is not null && !types.Add(typeCode))
            {
                type.Add("code", typeCode, "Each once in a condition; this one stands twice.");
            }

            type.OptionalText("icd10", 20);
            Mean(type, "name", type.Text("name"), new ConditionMeaning(code, typeCode), meanings);
        }

        foreach (var synonym in row.Entries("synonyms", "text", "type"))
        {
            var type = synonym.OptionalCode(
                "type", types.Contains, types.Count == 0 ? "Nothing: the condition has no types." : $"Nothing, or a type of the condition: {string.Join(", ", types)}.");
            Mean(synonym, "text", synonym.Text("text", ConditionFinder.LongestName), new ConditionMeaning(code, type), meanings);
        }
    }

    // Files from before there were symptoms have none.
    private static void CheckSymptoms(RowReader row)
    {
        if (!row.Has("symptoms"))
        {
            return;
        }

        row.Text("symptomsSource", RowReader.TextLength);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var symptom in row.Entries("symptoms", "code", "name"))
        {
            symptom.Text("name");
            if (symptom.Word("code") is { } code && !codes.Add(code))
            {
                symptom.Add("code", code, "Each once in a condition; this one stands twice.");
            }
        }
    }

    private static void Mean(RowReader row, string field, string? text, ConditionMeaning meaning, Dictionary<string, ConditionMeaning> meanings)
    {
        if (text is null)
        {
            return;
        }

        var folded = ConditionFinder.Fold(text);
        if (folded.Length == 0)
        {
            row.Add(field, text, "At least one letter or digit.");
        }
        else if (!meanings.TryAdd(folded, meaning) && meanings[folded] != meaning)
        {
            var other = meanings[folded];
            row.Add(field, text, $"One meaning for each name; this one means {other.Condition}{(other.Type is null ? string.Empty : " " + other.Type)} as well.");
        }
    }

    private static void CheckTreatments(IReadOnlyList<RowReader> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Word("code") is { } code && !seen.Add(code))
            {
                row.Add("code", code, "Each once in the file; this one stands twice.");
            }

            row.Text("name");
            row.OptionalText("note", RowReader.TextLength);
            row.TrueOrFalse("underStudy");
            row.References("specialties", index.Specialties, atLeast: 0);
            if (row.Has("establishedFor"))
            {
                row.References("establishedFor", index.Conditions, atLeast: 0);
            }

            row.Provenance();
            var sources = row.Words("cellSources", RowReader.IsWord, "A code of 2 to 40 of a to z, 0 to 9 and -.", atLeast: 1);
            if (row.OneOf("kind", "family", "treatment") is { } kind)
            {
                CheckKind(row, kind == "family", sources, index);
            }
        }
    }

    private static void CheckKind(RowReader row, bool isFamily, IReadOnlyList<string> sources, ReferenceIndex index)
    {
        var covers = row.References("covers", index.Treatments, atLeast: isFamily ? 1 : 0);
        var scopes = row.References("scopes", index.ClinicalScopes, atLeast: isFamily ? 0 : 1);
        if (isFamily)
        {
            if (row.Has("riskClass") || scopes.Count > 0)
            {
                row.Add("kind", "family", "Without riskClass and scopes: its members have their own.");
            }

            foreach (var member in covers.Select(c => index.Row("treatments", c)).OfType<JsonElement>())
            {
                foreach (var source in ReferenceIndex.Texts(member, "cellSources").Except(sources, StringComparer.Ordinal))
                {
                    row.Add("cellSources", source, "The cell sources of its members are those of a family as well; this one is missing.");
                }
            }

            return;
        }

        row.OneOf("riskClass", s_risks);
        if (covers.Count > 0)
        {
            row.Add("covers", row["covers"], "Nothing: only a family covers others.");
        }
    }

    private static void CheckEmergencyWords(IReadOnlyList<RowReader> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Reference("language", index.Languages) is { } language && !seen.Add(language))
            {
                row.Add("language", language, "Each once in the file; this one stands twice.");
            }

            row.Words("phrases", p => p.Length <= RowReader.NameLength && PlainText.Normalise(p).Length > 4, "Phrases of at least three letters and at most 200.", atLeast: 1);
            row.Provenance();
        }
    }
}
