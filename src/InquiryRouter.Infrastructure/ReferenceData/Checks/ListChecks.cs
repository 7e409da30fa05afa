using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Countries, regions, languages, currencies and their rates, and the codes of specialties and scopes.</summary>
internal static class ListChecks
{
    private const decimal HighestRate = 10_000_000m;

    public static void Check(string name, IReadOnlyList<RowReader> rows, ReferenceIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var key = name == "exchange-rates" ? "currency" : "code";
            if (CodeOf(name, row, index) is { } code && !seen.Add(code))
            {
                row.Add(key, code, "Each once in the file; this one stands twice.");
            }

            if (name != "exchange-rates")
            {
                row.Text("name");
            }

            CheckRest(name, row, index);
        }

        if (name == "exchange-rates" && rows.Count > 0 && !seen.Contains("USD"))
        {
            rows[0].Problems.Add(name, 0, "rows", string.Empty, "A row for USD, which is 1.");
        }
    }

    private static string? CodeOf(string name, RowReader row, ReferenceIndex index) => name switch
    {
        "countries" => row.Code("code", c => c.Length == 2 && c.All(char.IsAsciiLetterUpper), "Two capital letters, as in ISO 3166-1, such as MX."),
        "languages" => row.Code("code", c => c.Length == 2 && c.All(char.IsAsciiLetterLower), "Two small letters, as in ISO 639-1, such as en."),
        "currencies" => row.Code("code", c => c.Length == 3 && c.All(char.IsAsciiLetterUpper), "Three capital letters, as in ISO 4217, such as USD."),
        "exchange-rates" => row.Reference("currency", index.Currencies),
        "regions" => row.Code(
            "code", c => RowReader.IsWord(c) && c.Length > 2 && c != ReferenceLists.Anywhere, $"A code of 3 to 40 of a to z, 0 to 9 and -, and not {ReferenceLists.Anywhere}."),
        _ => row.Word("code"),
    };

    private static void CheckRest(string name, RowReader row, ReferenceIndex index)
    {
        switch (name)
        {
            case "countries":
                row.Code("timeZone", IsTimeZone, "An IANA time zone, such as America/Mexico_City.");
                break;
            case "regions":
                row.References("countries", index.Countries, atLeast: 1);
                break;
            case "currencies":
                if (row["minorUnits"].ValueKind != JsonValueKind.Number || !row["minorUnits"].TryGetInt32(out var units) || units is < 0 or > 4)
                {
                    row.Add("minorUnits", row["minorUnits"], "A whole number from 0 to 4.");
                }

                break;
            case "exchange-rates":
                if (row.Amount("unitsPerUsd", HighestRate) is { } rate && rate != 1 && row["currency"].ValueKind == JsonValueKind.String && row["currency"].ValueEquals("USD"))
                {
                    row.Add("unitsPerUsd", row["unitsPerUsd"], "1, because the rates are for one dollar.");
                }

                break;
            case "scopes":
                row.TrueOrFalse("clinical");
                break;
        }
    }

    private static bool IsTimeZone(string id) =>
        id.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id;
}
