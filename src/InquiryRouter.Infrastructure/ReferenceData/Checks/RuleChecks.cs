using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Accreditation bodies, country rules, the facilitator's permissions and baseline prices.</summary>
internal static class RuleChecks
{
    private const decimal HighestPrice = 1_000_000_000_000m;
    private static readonly string[] s_kinds = ["accreditation", "certification", "licence", "registration", "trial-registry", "accreditor-of-accreditors"];
    private static readonly string[] s_outcomes = ["permitted", "requires-credential", "trial-only", "forbidden"];

    public static void Check(string name, IReadOnlyList<ReferenceRow> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<(string Case, DateOnly From, DateOnly To, IReadOnlyList<string> Conditions, int Row)>();
        foreach (var (number, row) in rows)
        {
            row.Provenance();
            switch (name)
            {
                case "accreditation-bodies":
                    CheckBody(row, seen, index);
                    break;
                case "country-rules":
                    CheckRule(number, row, rules, index);
                    break;
                case "facilitator-permissions":
                    CheckPermission(row, seen, index);
                    break;
                default:
                    CheckBaseline(row, seen, index);
                    break;
            }
        }
    }

    private static void CheckBody(ObjectReader row, HashSet<string> seen, ReferenceIndex index)
    {
        row.Once(seen, "code", row.Code());
        row.Name();
        row.OptionalText("note", ReferenceFields.TextLength);
        var kind = row.OneOf("kind", s_kinds);
        row.Texts("countries", c => c == "*" || index.Countries.Contains(c), "A country in the list of countries, or * for everywhere.", atLeast: 1);
        var covers = row.References("covers", index.Scopes, atLeast: 1);
        if (row.TrueOrFalse("countsAsClinical") is not true)
        {
            return;
        }

        // A licence is permission, a certificate is about a system, and who accredits accreditors has seen no patient.
        if (kind is not ("" or "accreditation"))
        {
            row.Add("countsAsClinical", $"false for a body of the kind {kind}: only an accreditation speaks of clinical care.");
        }
        else if (covers.Count > 0 && !covers.Any(index.ClinicalScopes.Contains))
        {
            row.Add("countsAsClinical", "false, because none of the scopes in covers is clinical.");
        }
    }

    private static void CheckRule(
        int number, ObjectReader row, List<(string Case, DateOnly From, DateOnly To, IReadOnlyList<string> Conditions, int Row)> rules, ReferenceIndex index)
    {
        var country = row.Reference("country", index.Countries);
        var treatment = row.Reference("treatment", index.Treatments);
        var conditions = row.Has("conditions") ? row.References("conditions", index.Conditions, atLeast: 1) : [];
        var (from, to) = row.Period("from", "to", optional: true);
        var outcome = row.OneOf("outcome", s_outcomes);
        row.Text("summary", 500);
        CheckRequired(row, outcome, country, index);
        if (country.Length == 0 || treatment.Length == 0 || (row.Has("conditions") && conditions.Count == 0))
        {
            return;
        }

        var rule = ($"{country} {treatment}", from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue, conditions, number);
        foreach (var other in rules.Where(r => r.Case == rule.Item1 && r.From <= rule.Item3 && rule.Item2 <= r.To))
        {
            if (conditions.Count == 0 || other.Conditions.Count == 0 || conditions.Intersect(other.Conditions, StringComparer.Ordinal).Any())
            {
                row.Add("row", rule.Item1, $"One rule for a country, treatment and condition on each day; row {other.Row} speaks of the same.");
            }
        }

        rules.Add(rule);
    }

    private static void CheckRequired(ObjectReader row, string outcome, string country, ReferenceIndex index)
    {
        if (outcome is "permitted" or "forbidden")
        {
            if (row.Has("requires"))
            {
                row.Add("requires", $"Nothing, because the outcome is {outcome}.");
            }
        }
        else if (outcome.Length > 0 && row.Reference("requires", index.Bodies) is { Length: > 0 } code && index.Row("accreditation-bodies", code) is { } body)
        {
            var countries = ReferenceIndex.Texts(body, "countries").ToList();
            if (country.Length > 0 && !countries.Contains("*", StringComparer.Ordinal) && !countries.Contains(country, StringComparer.Ordinal))
            {
                row.Add("requires", $"A body that works in {country}; this one works in {string.Join(", ", countries)}.");
            }

            if (outcome == "trial-only" && !ReferenceIndex.Texts(body, "covers").Contains("clinical-trial", StringComparer.Ordinal))
            {
                row.Add("requires", "A body that covers clinical-trial, because the outcome is trial-only.");
            }
        }
    }

    private static void CheckPermission(ObjectReader row, HashSet<string> seen, ReferenceIndex index)
    {
        row.Once(seen, "country", row.Reference("country", index.Countries));
        row.Name();
        row.OptionalText("note", ReferenceFields.TextLength);
        row.OptionalText("number", 100);
        var (from, to) = row.Period("validFrom", "validTo", optional: true);
        if (!row.Has("number") && (from is not null || to is not null))
        {
            row.Add("number", "The number of the permission, because it has dates; without one it is not held.");
        }
    }

    private static void CheckBaseline(ObjectReader row, HashSet<string> seen, ReferenceIndex index)
    {
        var treatment = row.Reference("treatment", index.Treatments);
        var condition = row.OptionalReference("condition", index.Conditions);
        var country = row.OneOf("country", "US", "CA");
        row.OptionalText("note", ReferenceFields.TextLength);
        row.Amount("amount", HighestPrice);
        if (row.Reference("currency", index.Currencies) is { Length: > 0 } currency && !index.Rated.Contains(currency))
        {
            row.Add("currency", index.Rated.Allowed);
        }

        if (treatment.Length > 0 && country.Length > 0 && !seen.Add($"{treatment} {condition} {country}"))
        {
            row.Add("row", $"{treatment} {condition ?? "any condition"} {country}", "Each treatment, condition and country once in the file; these stand twice.");
        }
    }
}
