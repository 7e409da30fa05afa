using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Accreditation bodies, country rules, the facilitator's permissions and baseline prices.</summary>
internal static class RuleChecks
{
    private const decimal HighestPrice = 1_000_000_000_000m;
    private static readonly string[] s_kinds = ["accreditation", "certification", "licence", "registration", "trial-registry", "accreditor-of-accreditors"];
    private static readonly string[] s_outcomes = ["permitted", "requires-credential", "trial-only", "forbidden", "undecided"];

    public static void Check(string name, IReadOnlyList<ReferenceRow> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<Case>();
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
        row.OptionalNumber<int>("cycleYears", y => y is >= 1 and <= 20, "Nothing, or a whole number of years from 1 to 20.");
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

    private static void CheckRule(int number, ObjectReader row, List<Case> rules, ReferenceIndex index)
    {
        var country = row.Reference("country", index.Countries);
        var treatment = row.Reference("treatment", index.Treatments);
        var conditions = row.Has("conditions") ? row.References("conditions", index.Conditions, atLeast: 1) : [];
        var types = Types(row, conditions, index);
        var sources = Sources(row, treatment, index);
        var (from, to) = row.Period("from", "to", optional: true);
        var outcome = row.OneOf("outcome", s_outcomes);
        row.Text("summary", 500);
        CheckRequired(row, outcome, country, index);
        if (country.Length == 0 || treatment.Length == 0 || (row.Has("conditions") && conditions.Count == 0))
        {
            return;
        }

        var rule = new Case($"{country} {treatment}", from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue, conditions, types, sources, number);
        if (rules.Find(rule.SpeaksOfTheSameAs) is { } other)
        {
            row.Add(
                "row", rule.What,
                $"One rule for a country, treatment, condition and cell source on each day; row {other.Row} speaks of the same as precisely.");
        }

        rules.Add(rule);
    }

    private static IReadOnlyList<string> Types(ObjectReader row, IReadOnlyList<string> conditions, ReferenceIndex index)
    {
        if (!row.Has("conditionTypes"))
        {
            return [];
        }

        if (conditions is not [var condition])
        {
            row.Add("conditionTypes", "Nothing, unless conditions names exactly one condition.");
            return [];
        }

        var known = index.Row("conditions", condition)?["types"]?.Items.Select(t => ReferenceIndex.Text(t, "code")).OfType<string>().ToList() ?? [];
        return row.Texts("conditionTypes", known.Contains, $"A type of {condition}: {string.Join(", ", known)}.", atLeast: 1);
    }

    private static IReadOnlyList<string> Sources(ObjectReader row, string treatment, ReferenceIndex index)
    {
        if (!row.Has("cellSources"))
        {
            return [];
        }

        var known = index.Row("treatments", treatment) is { } found ? ReferenceIndex.Texts(found, "cellSources").ToList() : null;
        return row.Texts(
            "cellSources", s => known?.Contains(s) ?? true, $"A cell source of the treatment: {string.Join(", ", known ?? [])}.", atLeast: 1);
    }

    private static void CheckRequired(ObjectReader row, string outcome, string country, ReferenceIndex index)
    {
        if (outcome is "permitted" or "forbidden" or "undecided")
        {
            foreach (var field in (string[])["requires", "mustName", "notEnough"])
            {
                if (row.Has(field))
                {
                    row.Add(field, $"Nothing, because the outcome is {outcome}.");
                }
            }

            return;
        }

        // Said every time, so that nobody takes any paper of a body for a yes to everything.
        row.Texts("mustName", MustName.All.Contains, $"Any of {string.Join(", ", MustName.All)}.", atLeast: 0);
        if (row.Has("notEnough"))
        {
            row.Reference("notEnough", index.Bodies);
        }

        if (outcome.Length > 0 && row.Reference("requires", index.Bodies) is { Length: > 0 } code && index.Row("accreditation-bodies", code) is { } body)
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
        row.OptionalTrueOrFalse("soldWithoutApproval");
        if (row.Reference("currency", index.Currencies) is { Length: > 0 } currency && !index.Rated.Contains(currency))
        {
            row.Add("currency", index.Rated.Allowed);
        }

        if (treatment.Length > 0 && country.Length > 0 && !seen.Add($"{treatment} {condition} {country}"))
        {
            row.Add("row", $"{treatment} {condition ?? "any condition"} {country}", "Each treatment, condition and country once in the file; these stand twice.");
        }
    }

    /// <summary>What a rule speaks of. A more precise one may stand beside it: it comes first.</summary>
    private sealed record Case(
        string What, DateOnly From, DateOnly To, IReadOnlyList<string> Conditions, IReadOnlyList<string> Types, IReadOnlyList<string> Sources, int Row)
    {
        public bool SpeaksOfTheSameAs(Case other) =>
            What == other.What && From <= other.To && other.From <= To
            && Meet(Conditions, other.Conditions) && Meet(Types, other.Types) && Meet(Sources, other.Sources);

        // Of which the one names some and the other none, the one is more precise.
        private static bool Meet(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
            one.Count == 0 ? other.Count == 0 : one.Intersect(other, StringComparer.Ordinal).Any();
    }
}
