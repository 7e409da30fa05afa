using System.Globalization;
using System.Text.Json;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>
/// Checks a whole set of reference files: the form of each, and every code of one that another must know. Files of an operator are held to the same
/// as those that are shipped. Bad content makes problems, never an exception.
/// </summary>
public static class ReferenceCheck
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 16 };
    private static readonly string[] s_header = ["file", "source", "asOf", "reviewed", "rows"];

    public static IReadOnlyList<ReferenceProblem> Problems(ReferenceFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var problems = new ReferenceProblems();
        var roots = new Dictionary<string, RawValue>(StringComparer.Ordinal);
        foreach (var name in ReferenceFiles.Names)
        {
            if (Parse(files[name].Body, out var problem) is { } root)
            {
                roots.Add(name, root);
            }
            else
            {
                problems.Add(name, 0, "file", string.Empty, problem!);
            }
        }

        var index = new ReferenceIndex(roots);
        foreach (var (name, root) in roots)
        {
            Check(name, root, index, problems);
        }

        return problems.ToList();
    }

    /// <summary>The file that <paramref name="body"/> says it is.</summary>
    /// <param name="problem">Why it says none, in a sentence; null when it does.</param>
    public static ReferenceFile? Identify(byte[] body, out string? problem)
    {
        var text = new ReferenceFile(string.Empty, body).Body;
        if (Parse(text, out problem) is not { } root)
        {
            return null;
        }

        if (ReferenceIndex.Text(root, "file") is { } name && ReferenceFiles.IsName(name))
        {
            return new ReferenceFile(name, text);
        }

        problem = $"An object whose member \"file\" says which one it is: {string.Join(", ", ReferenceFiles.Names)}.";
        return null;
    }

    private static RawValue? Parse(byte[] body, out string? problem)
    {
        problem = null;
        try
        {
            return RawJson.Read(body, s_options);
        }
        catch (JsonException exception)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture, $"JSON in UTF-8, each member of an object once; look at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
            return null;
        }
    }

    private static void Check(string name, RawValue root, ReferenceIndex index, ReferenceProblems problems)
    {
        if (root.Kind != RawKind.Record)
        {
            problems.Add(name, 0, "file", root.ToString(), $"An object with {string.Join(", ", s_header)}.");
            return;
        }

        var header = new ObjectReader(root, problems.In(name, 0), name == "exchange-rates" ? [.. s_header, "base"] : s_header);
        header.Word("file", n => n == name, $"The name of the file: {name}.");
        header.Provenance();
        if (name == "exchange-rates")
        {
            header.Word("base", b => b == "USD", "USD: rates are units of a currency for one dollar.");
        }

        CheckRows(name, header, index, problems);
    }

    private static void CheckRows(string name, ObjectReader header, ReferenceIndex index, ReferenceProblems problems)
    {
        var rows = header["rows"];
        var fields = FieldsOf(name);
        if (rows.Kind != RawKind.List || (rows.Items.Count == 0 && name != "facilitator-permissions"))
        {
            header.Add("rows", "A list of at least one row.");
            return;
        }

        var read = new List<ReferenceRow>();
        foreach (var (n, row) in rows.Items.Index())
        {
            if (row.Kind == RawKind.Record)
            {
                read.Add(new ReferenceRow(n + 1, new ObjectReader(row, problems.In(name, n + 1), fields)));
            }
            else
            {
                problems.Add(name, n + 1, "row", row.ToString(), $"A row with {string.Join(", ", fields)}.");
            }
        }

        switch (name)
        {
            case "countries" or "regions" or "languages" or "currencies" or "exchange-rates" or "specialties" or "scopes":
                ListChecks.Check(name, read, index, problems);
                break;
            case "conditions" or "treatments" or "emergency-words" or "emergency-lines" or "treatment-facts":
                MedicineChecks.Check(name, read, index, problems);
                break;
            default:
                RuleChecks.Check(name, read, index);
                break;
        }
    }

    private static string[] FieldsOf(string name) => name switch
    {
        "countries" => ["code", "name", "timeZone"],
        "regions" => ["code", "name", "countries"],
        "currencies" => ["code", "name", "minorUnits"],
        "exchange-rates" => ["currency", "unitsPerUsd"],
        "scopes" => ["code", "name", "clinical"],
        "conditions" => ["code", "name", "icd10", "types", "synonyms", "specialties", "symptoms", "symptomsSource", "triggers", "triggersSource",
            "causedBy", "causedBySource", "treatedAtOnce", "commonTypes", "note", "source", "asOf", "reviewed"],
        "treatments" => ["code", "name", "kind", "covers", "cellSources", "riskClass", "underStudy", "scopes", "specialties",
            "asksConditionSpecialist", "establishedFor", "note", "source", "asOf", "reviewed"],
        "accreditation-bodies" => ["code", "name", "kind", "countries", "covers", "countsAsClinical", "cycleYears", "note", "source", "asOf",
            "reviewed"],
        "country-rules" => ["country", "treatment", "conditions", "conditionTypes", "cellSources", "from", "to", "outcome", "requires",
            "mustName", "notEnough", "summary", "source", "asOf", "reviewed"],
        "facilitator-permissions" => ["country", "name", "number", "validFrom", "validTo", "note", "source", "asOf", "reviewed"],
        "baseline-prices" => ["treatment", "condition", "country", "amount", "currency", "soldWithoutApproval", "note", "source", "asOf",
            "reviewed"],
        "treatment-facts" => ["code", "kind", "treatments", "conditions", "routes", "text", "cite", "link", "note", "source", "asOf", "reviewed"],
        "emergency-words" => ["language", "group", "phrases", "events", "source", "asOf", "reviewed"],
        "emergency-lines" => ["country", "emergency", "crisisName", "crisisPhone", "source", "asOf", "reviewed"],
        _ => ["code", "name"],
    };
}
