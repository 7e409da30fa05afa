using System.Collections.Frozen;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Web.Intake;

/// <summary>
/// Reads the published JSON. Says of every field that is unknown or of the wrong kind which it is, all at once; values are checked later.
/// </summary>
public static class InquiryJson
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 8 };

    private static readonly FrozenDictionary<string, Func<InquiryForm, JsonElement, string?>> s_fields = new Dictionary<string, Func<InquiryForm, JsonElement, string?>>(StringComparer.Ordinal)
    {
        ["patient.name"] = Text((f, v) => f.PatientName = v),
        ["patient.email"] = Text((f, v) => f.PatientEmail = v),
        ["patient.phone"] = Text((f, v) => f.PatientPhone = v),
        ["patient.country"] = Text((f, v) => f.PatientCountry = v),
        ["patient.language"] = Text((f, v) => f.PatientLanguage = v),
        ["patient.timeZone"] = Text((f, v) => f.PatientTimeZone = v),
        ["patient.birthYear"] = Year((f, v) => f.PatientBirthYear = v),
        ["inquirer.relation"] = Text((f, v) => f.InquirerRelation = v),
        ["inquirer.name"] = Text((f, v) => f.InquirerName = v),
        ["inquirer.email"] = Text((f, v) => f.InquirerEmail = v),
        ["condition"] = Text((f, v) => f.Condition = v),
        ["conditionType"] = Text((f, v) => f.ConditionType = v),
        ["treatment"] = Text((f, v) => f.Treatment = v),
        ["cellSource"] = Text((f, v) => f.CellSource = v),
        ["destinations"] = Texts((f, v) => f.Destinations = v),
        ["budget.amount"] = Number((f, v) => f.BudgetAmount = v),
        ["budget.currency"] = Text((f, v) => f.BudgetCurrency = v),
        ["timeframe"] = Text((f, v) => f.Timeframe = v),
        ["message"] = Text((f, v) => f.Message = v),
        ["consent.shareWithClinics"] = Flag((f, v) => f.ShareWithClinics = v),
        ["consent.contact"] = Flag((f, v) => f.Contact = v),
        ["consent.marketing"] = Flag((f, v) => f.Marketing = v),
        ["consent.textVersion"] = Text((f, v) => f.ConsentTextVersion = v),
        ["source.page"] = Text((f, v) => f.SourcePage = v),
        ["source.campaign"] = Text((f, v) => f.SourceCampaign = v),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_groups = s_fields.Keys
        .Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => k[..k.IndexOf('.', StringComparison.Ordinal)]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of all fields, as they are published.</summary>
    public static IReadOnlyCollection<string> Fields => s_fields.Keys;

    /// <exception cref="JsonException">Not JSON at all.</exception>
    public static (InquiryForm Form, List<FieldError> Errors) Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, s_options);
        var form = new InquiryForm();
        var errors = new List<FieldError>();
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError("$", "json.object"));
            return (form, errors);
        }

        try
        {
            ReadObject(form, document.RootElement, errors);
        }
        catch (InvalidOperationException)
        {
            errors.Add(new FieldError("$", "json.name"));
        }

        return (form, errors);
    }

    private static void ReadObject(InquiryForm form, JsonElement inquiry, List<FieldError> errors)
    {
        foreach (var property in inquiry.EnumerateObject())
        {
            if (!s_groups.Contains(property.Name))
            {
                ReadField(form, property.Name, property.Value, errors);
            }
            else if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in property.Value.EnumerateObject())
                {
                    ReadField(form, property.Name + "." + inner.Name, inner.Value, errors);
                }
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                errors.Add(new FieldError(property.Name, "json.group"));
            }
        }
    }

    private static void ReadField(InquiryForm form, string name, JsonElement value, List<FieldError> errors)
    {
        if (!s_fields.TryGetValue(name, out var read))
        {
            errors.Add(new FieldError(Shown(name), "json.unknown"));
        }
        else if (value.ValueKind != JsonValueKind.Null && read(form, value) is { } code)
        {
            errors.Add(new FieldError(name, code));
        }
    }

    // An unknown name is the sender's own text: shown, but not without limit.
    private static string Shown(string name) => name.Length <= 80 ? name : name[..80] + "…";

    private static Func<InquiryForm, JsonElement, string?> Text(Action<InquiryForm, string> set) => (form, value) =>
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "json.text";
        }

        try
        {
            set(form, value.GetString()!);
            return null;
        }
        catch (InvalidOperationException)
        {
            return "json.escape";
        }
    };

    private static Func<InquiryForm, JsonElement, string?> Texts(Action<InquiryForm, List<string>> set) => (form, value) =>
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
        {
            return "json.texts";
        }

        try
        {
            set(form, [.. value.EnumerateArray().Select(v => v.GetString()!)]);
            return null;
        }
        catch (InvalidOperationException)
        {
            return "json.escape";
        }
    };

    private static Func<InquiryForm, JsonElement, string?> Year(Action<InquiryForm, int> set) => (form, value) =>
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            return "json.year";
        }

        set(form, number);
        return null;
    };

    private static Func<InquiryForm, JsonElement, string?> Number(Action<InquiryForm, decimal> set) => (form, value) =>
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
        {
            return "json.number";
        }

        set(form, number);
        return null;
    };

    private static Func<InquiryForm, JsonElement, string?> Flag(Action<InquiryForm, bool> set) => (form, value) =>
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return "json.flag";
        }

        set(form, value.GetBoolean());
        return null;
    };
}
