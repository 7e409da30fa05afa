using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;
using InquiryRouter.Core.Screening.Emergencies;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Conditions, treatments and what is known of them, the words of an emergency, and whom to call.</summary>
internal static class MedicineChecks
{
    private const int ShortestPhrase = 3;
    private static readonly string[] s_risks = ["low", "moderate", "high"];
    private static readonly string[] s_groups = [.. EmergencyGroup.All, .. TimeSense.All];

    public static void Check(string name, IReadOnlyList<ReferenceRow> rows, ReferenceIndex index, ReferenceProblems problems)
    {
        switch (name)
        {
            case "conditions":
                CheckConditions(rows, index, problems);
                break;
            case "treatments":
                CheckTreatments(rows, index);
                break;
            default:
                CheckEmergencyWords(rows, index);
                break;
            case "emergency-lines":
                CheckEmergencyLines(rows, index);
                break;
            case "treatment-facts":
                CheckTreatmentFacts(rows, index);
                break;
        }
    }

    private static void CheckConditions(IReadOnlyList<ReferenceRow> rows, ReferenceIndex index, ReferenceProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var meanings = new Dictionary<string, ConditionMeaning>(StringComparer.Ordinal);
        foreach (var (_, row) in rows)
        {
            var code = row.Code();
            row.Once(seen, "code", code);

            row.OptionalText("icd10", 20);
            row.OptionalText("note", ReferenceFields.TextLength);
            row.References("specialties", index.Specialties, atLeast: code == ReferenceLists.OtherCondition ? 0 : 1);
            row.Provenance();
            Mean(row, "name", row.Name(), new ConditionMeaning(code, null), meanings);
            CheckTypes(row, code, meanings);
            CheckNamed(row, "symptoms");
            CheckNamed(row, "triggers");
            CheckCauses(row);
        }

        if (rows.Count > 0 && !seen.Contains(ReferenceLists.OtherCondition))
        {
            problems.Add("conditions", 0, "rows", string.Empty, $"A row for {ReferenceLists.OtherCondition}: what the list does not name.");
        }
    }

    private static void CheckTypes(ObjectReader row, string code, Dictionary<string, ConditionMeaning> meanings)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in row.Entries("types", ["code", "name", "icd10"]))
        {
            var typeCode = type.Code();
            type.Once(types, "code", typeCode, "a condition");
            type.OptionalText("icd10", 20);
            Mean(type, "name", type.Name(), new ConditionMeaning(code, typeCode.Length > 0 ? typeCode : null), meanings);
        }

        if (row.Has("treatedAtOnce"))
        {
            row.Texts("treatedAtOnce", types.Contains, $"A type of the condition: {string.Join(", ", types)}.", atLeast: 0);
        }

        if (row.Has("commonTypes"))
        {
            row.Texts("commonTypes", types.Contains, $"A type of the condition: {string.Join(", ", types)}.", atLeast: 0);
        }

        foreach (var synonym in row.Entries("synonyms", ["text", "type"]))
        {
            var type = synonym.OptionalWord(
                "type", types.Contains, types.Count == 0 ? "Nothing: the condition has no types." : $"Nothing, or a type of the condition: {string.Join(", ", types)}.");
            Mean(synonym, "text", synonym.Text("text", ConditionFinder.LongestName), new ConditionMeaning(code, type), meanings);
        }
    }

    // Files from before there was such a list have none.
    private static void CheckNamed(ObjectReader row, string list)
    {
        if (!row.Has(list))
        {
            return;
        }

        row.Text(list + "Source", ReferenceFields.TextLength);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in row.Entries(list, ["code", "name"]))
        {
            one.Name();
            one.Once(codes, "code", one.Code(), "a condition");
        }
    }

    private static void CheckCauses(ObjectReader row)
    {
        if (!row.Has("causedBy"))
        {
            return;
        }

        row.Text("causedBySource", ReferenceFields.TextLength);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var medicine in row.Entries("causedBy", ["code", "name", "words"]))
        {
            medicine.Name();
            medicine.Once(codes, "code", medicine.Code(), "a condition");
            medicine.Texts(
                "words", w => w.Length <= ReferenceFields.NameLength && w.Count(char.IsLetter) >= ShortestPhrase,
                "Names of the medicine, of at least three letters.", atLeast: 0);
        }
    }

    private static void Mean(ObjectReader row, string field, string text, ConditionMeaning meaning, Dictionary<string, ConditionMeaning> meanings)
    {
        if (text.Length == 0)
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

    private static void CheckTreatments(IReadOnlyList<ReferenceRow> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in rows)
        {
            row.Once(seen, "code", row.Code());
            row.Name();
            row.OptionalText("note", ReferenceFields.TextLength);
            row.TrueOrFalse("underStudy");
            row.References("specialties", index.Specialties, atLeast: 0);
            if (row.Has("establishedFor"))
            {
                row.References("establishedFor", index.Conditions, atLeast: 0);
            }

            row.OptionalTrueOrFalse("asksConditionSpecialist");
            row.Provenance();
            var sources = row.Texts("cellSources", ReferenceFields.IsCode, ReferenceFields.CodeAllowed, atLeast: 1);
            if (row.OneOf("kind", "family", "treatment") is { Length: > 0 } kind)
            {
                CheckKind(row, kind == "family", sources, index);
            }
        }
    }

    private static void CheckKind(ObjectReader row, bool isFamily, IReadOnlyList<string> sources, ReferenceIndex index)
    {
        var covers = row.References("covers", index.Treatments, atLeast: isFamily ? 1 : 0);
        var scopes = row.References("scopes", index.ClinicalScopes, atLeast: isFamily ? 0 : 1);
        if (isFamily)
        {
            if (row.Has("riskClass") || scopes.Count > 0)
            {
                row.Add("kind", "Without riskClass and scopes: its members have their own.");
            }

            foreach (var member in covers.Select(c => index.Row("treatments", c)).OfType<RawValue>())
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
            row.Add("covers", "Nothing: only a family covers others.");
        }
    }

    private static void CheckEmergencyWords(IReadOnlyList<ReferenceRow> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in rows)
        {
            var language = row.Reference("language", index.Languages);
            var group = row.OptionalWord("group", g => s_groups.Contains(g, StringComparer.Ordinal), $"Nothing, or one of: {string.Join(", ", s_groups)}.")
                ?? EmergencyGroup.Other;
            if (language.Length > 0)
            {
                row.Once(seen, "group", $"{language} {group}");
            }

            CheckPhrases(row, "phrases", group, atLeast: 1);
            CheckPhrases(row, "events", group, atLeast: 0);
            row.Provenance();
        }
    }

    private static void CheckPhrases(ObjectReader row, string name, string group, int atLeast)
    {
        if (atLeast == 0 && !row.Has(name))
        {
            return;
        }

        row.Texts(
            name, p => p.Length <= ReferenceFields.TextLength && p.Count(char.IsLetter) >= ShortestPhrase && EmergencyFinder.WhyNot(group, p) is null,
            "Phrases of at least three letters and at most 1000, written as the documentation of reference files says.", atLeast);
    }

    private static void CheckTreatmentFacts(IReadOnlyList<ReferenceRow> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in rows)
        {
            row.Once(seen, "code", row.Code());
            var kind = row.OneOf("kind", [.. TreatmentFact.Kinds]);
            row.References("treatments", index.Treatments, atLeast: 1);
            if (row.Has("conditions"))
            {
                row.References("conditions", index.Conditions, atLeast: 1);
            }

            CheckRoutes(row, kind);
            row.Text("text", ReferenceFields.TextLength);
            row.Text("cite", ReferenceFields.NameLength);
            if (row.OptionalText("link", ReferenceFields.TextLength) is { } link
                && !(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
            {
                row.Add("link", link, "Nothing, or the whole address, beginning with https://.");
            }

            row.OptionalText("note", ReferenceFields.TextLength);
            row.Provenance();
        }
    }

    private static void CheckRoutes(ObjectReader row, string kind)
    {
        if (!row.Has("routes"))
        {
            return;
        }

        var known = ReferenceLists.Routes;
        row.Texts("routes", r => known.Contains(r, StringComparer.Ordinal), $"One of: {string.Join(", ", known)}.", atLeast: 1);
        if (kind != TreatmentFact.Risk)
        {
            row.Add("routes", "Nothing: only a risk is of a way of giving the cells.");
        }
    }

    private static void CheckEmergencyLines(IReadOnlyList<ReferenceRow> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in rows)
        {
            row.Once(seen, "country", row.Reference("country", index.Countries));
            row.Word("emergency", n => n.Length <= 20 && n.Any(char.IsAsciiDigit), "The number to call an ambulance, such as 112.");
            var name = row.OptionalText("crisisName", ReferenceFields.NameLength);
            var phone = row.OptionalText("crisisPhone", ReferenceFields.NameLength);
            if (name is null != phone is null)
            {
                row.Add(name is null ? "crisisName" : "crisisPhone", "Both the name of the line and its number, or neither.");
            }

            row.Provenance();
        }
    }
}
