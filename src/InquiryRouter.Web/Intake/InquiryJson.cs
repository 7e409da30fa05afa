using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Web.Intake;

/// <summary>
/// Reads the published JSON. Says of every field that is unknown, repeated or of the wrong kind which it is, all at once; values are
/// checked later.
/// </summary>
public static class InquiryJson
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 8 };

    private static readonly Dictionary<string, string[]> s_groups = new(StringComparer.Ordinal)
    {
        ["patient"] = ["name", "email", "phone", "country", "language", "alsoReads", "timeZone", "birthYear"],
        ["inquirer"] = ["relation", "name", "email"],
        ["budget"] = ["amount", "currency"],
        ["consent"] = ["shareWithClinics", "contact", "marketing", "textVersion"],
        ["source"] = ["page", "campaign"],
    };

    private static readonly string[] s_alone =
        ["condition", "conditionType", "conditionNamed", "treatment", "cellSource", "destinations", "timeframe", "message"];

    private static readonly string[] s_known = [.. s_groups.Keys, .. s_alone];

    /// <summary>The names of all fields, as they are published.</summary>
    public static IReadOnlyCollection<string> Fields { get; } =
        [.. s_groups.SelectMany(g => g.Value, (g, name) => $"{g.Key}.{name}"), .. s_alone];

    /// <exception cref="JsonException">Not JSON at all.</exception>
    public static (InquiryForm Form, List<FieldError> Errors) Read(ReadOnlyMemory<byte> json)
    {
        var file = RawJson.Read(json.Span, s_options);
        if (file.Kind != RawKind.Record)
        {
            return (new InquiryForm(), [new FieldError("$", "json.object")]);
        }

        var errors = new List<FieldError>();
        return (Read(file, Errors(errors)), errors);
    }

    private static InquiryForm Read(RawValue file, Reporting errors)
    {
        var inquiry = new ObjectReader(file, errors, s_known);
        var (patient, inquirer, budget) = (Group("patient"), Group("inquirer"), Group("budget"));
        var (consent, source) = (Group("consent"), Group("source"));
        return new InquiryForm
        {
            PatientName = Text(patient, "name"),
            PatientEmail = Text(patient, "email"),
            PatientPhone = Text(patient, "phone"),
            PatientCountry = Text(patient, "country"),
            PatientLanguage = Text(patient, "language"),
            PatientAlsoReads = patient.Has("alsoReads") ? patient.Words("alsoReads", _ => true, "json.texts", "json.texts") : null,
            PatientTimeZone = Text(patient, "timeZone"),
            PatientBirthYear = patient.OptionalNumber<int>("birthYear", _ => true, "json.year"),
            InquirerRelation = Text(inquirer, "relation"),
            InquirerName = Text(inquirer, "name"),
            InquirerEmail = Text(inquirer, "email"),
            Condition = Text(inquiry, "condition"),
            ConditionType = Text(inquiry, "conditionType"),
            ConditionNamed = Text(inquiry, "conditionNamed"),
            Treatment = Text(inquiry, "treatment"),
            CellSource = Text(inquiry, "cellSource"),
            Destinations = inquiry.Has("destinations") ? inquiry.Words("destinations", _ => true, "json.texts", "json.texts") : null,
            BudgetAmount = budget.OptionalNumber<decimal>("amount", _ => true, "json.number"),
            BudgetCurrency = Text(budget, "currency"),
            Timeframe = Text(inquiry, "timeframe"),
            Message = Text(inquiry, "message"),
            ShareWithClinics = consent.OptionalTrueOrFalse("shareWithClinics", "json.flag"),
            Contact = consent.OptionalTrueOrFalse("contact", "json.flag"),
            Marketing = consent.OptionalTrueOrFalse("marketing", "json.flag"),
            ConsentTextVersion = Text(consent, "textVersion"),
            SourcePage = Text(source, "page"),
            SourceCampaign = Text(source, "campaign"),
        };

        ObjectReader Group(string name) => inquiry.Within(name, s_groups[name], "json.group", optional: true);
    }

    private static string? Text(ObjectReader group, string name) => group.OptionalWord(name, _ => true, "json.text");

    // One error a field. An unknown name is the sender's own text: shown, but not without limit.
    private static Reporting Errors(List<FieldError> errors) => new((field, value, code) =>
    {
        var isBroken = value.Kind == RawKind.Broken && code is ("json.text" or "json.texts");
        var error = new FieldError(RawValue.Shown(field), isBroken ? "json.escape" : code);
        if (!errors.Exists(e => e.Field == error.Field))
        {
            errors.Add(error);
        }
    })
    {
        Unknown = _ => "json.unknown",
        Twice = "json.twice",
    };
}
