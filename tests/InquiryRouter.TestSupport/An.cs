using System.Globalization;
using System.Text.Json.Nodes;

namespace InquiryRouter.TestSupport;

/// <summary>What a patient sends, in words of intent.</summary>
internal static class An
{
    /// <summary>A complete inquiry that every clinic of <see cref="A.Clinic"/> may be offered; each of another patient.</summary>
    public static InquiryBuilder Inquiry() => InquiryOf(Guid.NewGuid());

    private static InquiryBuilder InquiryOf(Guid patient) => new(new JsonObject
    {
        ["patient"] = new JsonObject
        {
            ["name"] = $"Ana {Word(patient)} Example", ["email"] = $"ana.{patient:N}@patient.example",
            ["phone"] = string.Create(CultureInfo.InvariantCulture, $"+1213373{BitConverter.ToUInt32(patient.ToByteArray()) % 10_000:D4}"), ["country"] = "US",
            ["language"] = "en", ["timeZone"] = "America/New_York", ["birthYear"] = 1984,
        },
        ["inquirer"] = new JsonObject { ["relation"] = "self" },
        ["condition"] = "lupus",
        ["conditionType"] = "sle",
        ["treatment"] = "stem-cell-therapy",
        ["cellSource"] = "any",
        ["destinations"] = new JsonArray("MX"),
        ["budget"] = new JsonObject { ["amount"] = 15000, ["currency"] = "USD" },
        ["timeframe"] = "within-3-months",
        ["message"] = "I was diagnosed ten years ago.",
        ["consent"] = new JsonObject { ["shareWithClinics"] = true, ["contact"] = true, ["marketing"] = false, ["textVersion"] = "2026-11" },
        ["source"] = new JsonObject { ["page"] = "https://www.example.org/lupus", ["campaign"] = "autumn" },
    });

    // Letters only, as in a name.
    private static string Word(Guid patient) => string.Concat(patient.ToString("N").Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16))));
}

internal sealed class InquiryBuilder(JsonObject json)
{
    /// <summary>The address answers go to.</summary>
    public string Email => (string?)json["inquirer"]!["email"] ?? (string)json["patient"]!["email"]!;

    public string Name => (string)json["patient"]!["name"]!;

    public string Phone => (string)json["patient"]!["phone"]!;

    public string Json => json.ToJsonString();

    public InquiryBuilder ForLupus() => With("condition", "lupus").With("conditionType", "sle");

    public InquiryBuilder Saying(string message) => With("message", message);

    public InquiryBuilder BornIn(int year) => With("patient.birthYear", year);

    public InquiryBuilder From(string name, string email) => With("patient.name", name).With("patient.email", email);

    public InquiryBuilder WithoutConsentToShare() => With("consent.shareWithClinics", false);

    public InquiryBuilder AskedByParent(string name, string email) =>
        With("inquirer.relation", "parent").With("inquirer.name", name).With("inquirer.email", email);

    /// <summary>Sets a field by its published name.</summary>
    public InquiryBuilder With(string field, JsonNode? value)
    {
        var parts = field.Split('.');
        var holder = parts.Length == 1 ? json : json[parts[0]]!.AsObject();
        holder[parts[^1]] = value;
        return this;
    }

    public InquiryBuilder Without(string field)
    {
        var parts = field.Split('.');
        var holder = parts.Length == 1 ? json : json[parts[0]]!.AsObject();
        holder.Remove(parts[^1]);
        return this;
    }

    /// <summary>The fields as the page sends them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields()
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in json)
        {
            Add(name, value);
        }

        return fields;

        void Add(string name, JsonNode? value)
        {
            switch (value)
            {
                case JsonObject group:
                    foreach (var (inner, innerValue) in group)
                    {
                        Add($"{name}.{inner}", innerValue);
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Add(name, item);
                    }

                    break;
                case JsonValue one:
                    // A box that is not ticked is not sent.
                    var text = Convert.ToString(one, CultureInfo.InvariantCulture)!;
                    if (text != "false")
                    {
                        fields.Add(KeyValuePair.Create(name, text));
                    }

                    break;
            }
        }
    }
}
