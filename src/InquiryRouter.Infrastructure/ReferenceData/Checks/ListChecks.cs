using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>Countries, regions, languages, currencies and their rates, and the codes of specialties and scopes.</summary>
internal static class ListChecks
{
    private const decimal HighestRate = 10_000_000m;

    public static void Check(string name, IReadOnlyList<ReferenceRow> rows, ReferenceIndex index, ReferenceProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in rows)
        {
            var key = name == "exchange-rates" ? "currency" : "code";
            row.Once(seen, key, CodeOf(name, row, index));

            if (name != "exchange-rates")
            {
                row.Name();
            }

            CheckRest(name, row, index);
        }

        if (name == "exchange-rates" && rows.Count > 0 && !seen.Contains("USD"))
        {
            problems.Add(name, 0, "rows", string.Empty, "A row for USD, which is 1.");
        }
    }

    private static string CodeOf(string name, ObjectReader row, ReferenceIndex index) => name switch
    {
        "countries" => row.Word("code", c => c.Length == 2 && c.All(char.IsAsciiLetterUpper), "Two capital letters, as in ISO 3166-1, such as MX."),
        "languages" => row.Word("code", c => c.Length == 2 && c.All(char.IsAsciiLetterLower), "Two small letters, as in ISO 639-1, such as en."),
        "currencies" => row.Word("code", c => c.Length == 3 && c.All(char.IsAsciiLetterUpper), "Three capital letters, as in ISO 4217, such as USD."),
        "exchange-rates" => row.Reference("currency", index.Currencies),
        "regions" => row.Word(
            "code", c => ReferenceFields.IsCode(c) && c.Length > 2 && c != ReferenceLists.Anywhere, $"A code of 3 to 40 of a to z, 0 to 9 and -, and not {ReferenceLists.Anywhere}."),
        _ => row.Code(),
    };

    private static void CheckRest(string name, ObjectReader row, ReferenceIndex index)
    {
        switch (name)
        {
            case "countries":
                row.Word("timeZone", IsTimeZone, "An IANA time zone, such as America/Mexico_City.");
                break;
            case "regions":
                row.References("countries", index.Countries, atLeast: 1);
                break;
            case "currencies":
                row.Whole("minorUnits", 0, 4);
                break;
            case "exchange-rates":
                if (row.Amount("unitsPerUsd", HighestRate) is { } rate && rate != 1 && row["currency"].Text == "USD")
                {
                    row.Add("unitsPerUsd", "1, because the rates are for one dollar.");
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
