using InquiryRouter.Core.Intake;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Intake;

/// <summary>The form as a page: what was typed becomes an inquiry, and an inquiry that is not complete becomes the same page again.</summary>
public sealed class FormPage(ReferenceLists lists)
{
    /// <summary>The version of the consent text on the page; change it with the text.</summary>
    public const string ConsentTextVersion = "2026-11";

    private readonly ConditionFinder _finder = new(lists.Conditions.Values);
    private readonly IReadOnlyList<Choice> _conditions = [.. lists.Conditions.Values.OrderBy(c => c.Code == ReferenceLists.OtherCondition).ThenBy(c => c.Name, StringComparer.Ordinal).Select(c => new Choice(c.Code, c.Name))];
    private readonly IReadOnlyList<Choice> _types = [.. lists.Conditions.Values.OrderBy(c => c.Name, StringComparer.Ordinal).SelectMany(c => c.Types.Select(t => new Choice(t.Code, t.Name, c.Name)))];
    private readonly IReadOnlyList<Choice> _treatments = [.. lists.Treatments.Values.OrderByDescending(t => t.Code == "stem-cell-therapy").ThenBy(t => t.Name, StringComparer.Ordinal).Select(t => new Choice(t.Code, t.Name))];
    private readonly IReadOnlyList<Choice> _cellSources = [.. lists.Treatments.Values.SelectMany(t => t.CellSources).Distinct(StringComparer.Ordinal).Select(s => new Choice(s, Words(s)))];
    private readonly IReadOnlyList<Choice> _regions = [.. lists.Regions.Values.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => new Choice(r.Code, r.Name))];
    private readonly IReadOnlyList<Choice> _countries = [.. lists.Countries.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new Choice(c.Code, c.Name))];
    private readonly IReadOnlyList<Choice> _languages = [.. lists.Languages.Values.OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => new Choice(l.Code, l.Name))];
    private readonly IReadOnlyList<Choice> _currencies = [.. lists.Currencies.Values.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => new Choice(c.Code, $"{c.Code} – {c.Name}"))];
    private readonly IReadOnlyList<Choice> _timeframes = [.. ReferenceLists.Timeframes.Select(t => new Choice(t, Words(t)))];

    public InquiryPageModel Model(
        IReadOnlyDictionary<string, IReadOnlyList<string>> typed, string nonce, IReadOnlyList<FieldError> errors, string? trouble = null) => new()
    {
        Typed = typed,
        Errors = [.. errors.Select(e => KeyValuePair.Create(e.Field, e.Message))],
        Trouble = trouble,
        Nonce = nonce,
        ConsentTextVersion = ConsentTextVersion,
        Conditions = _conditions,
        ConditionTypes = _types,
        Treatments = _treatments,
        CellSources = _cellSources,
        Regions = _regions,
        Countries = _countries,
        Languages = _languages,
        Currencies = _currencies,
        Timeframes = _timeframes,
    };

    /// <summary>A link may name the condition in words ("SLE"): the form has codes to choose from.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen(IReadOnlyDictionary<string, IReadOnlyList<string>> linked)
    {
        if (!linked.TryGetValue("condition", out var typed) || _finder.Find(typed[0]) is not { } found)
        {
            return linked;
        }

        var chosen = new Dictionary<string, IReadOnlyList<string>>(linked, StringComparer.Ordinal) { ["condition"] = [found.Condition] };
        if (found.Type is { } type)
        {
            chosen.TryAdd("conditionType", [type]);
        }

        return chosen;
    }

    /// <summary>The fields of a posted form as they were typed.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Typed(IFormCollection form) =>
        form.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[.. f.Value.Select(v => v ?? string.Empty)], StringComparer.Ordinal);

    /// <summary>Reads the typed fields; what is not a number where one belongs is an error of its field.</summary>
    public static (InquiryForm Form, List<FieldError> Errors) Read(IFormCollection form)
    {
        var errors = new List<FieldError>();
        string? Text(string name) => form.TryGetValue(name, out var value) ? value[0] : null;
        bool? Flag(string name) => form.ContainsKey(name) ? string.Equals(Text(name), "true", StringComparison.Ordinal) : null;

        return (
            new InquiryForm
            {
                PatientName = Text("patient.name"),
                PatientEmail = Text("patient.email"),
                PatientPhone = Text("patient.phone"),
                PatientCountry = Text("patient.country"),
                PatientLanguage = Text("patient.language"),
                PatientTimeZone = Text("patient.timeZone"),
                PatientBirthYear = FormNumbers.Year(Text("patient.birthYear"), errors),
                InquirerRelation = Text("inquirer.relation"),
                InquirerName = Text("inquirer.name"),
                InquirerEmail = Text("inquirer.email"),
                Condition = Text("condition"),
                ConditionType = Text("conditionType"),
                Treatment = Text("treatment"),
                CellSource = Text("cellSource"),
                Destinations = form.TryGetValue("destinations", out var destinations) ? [.. destinations.Select(d => d ?? string.Empty)] : null,
                BudgetAmount = FormNumbers.Amount(Text("budget.amount"), errors),
                BudgetCurrency = Text("budget.currency"),
                Timeframe = Text("timeframe"),
                Message = Text("message"),
                ShareWithClinics = Flag("consent.shareWithClinics"),
                Contact = Flag("consent.contact"),
                Marketing = Flag("consent.marketing"),
                ConsentTextVersion = Text("consent.textVersion"),
                SourcePage = Text("source.page"),
                SourceCampaign = Text("source.campaign"),
            },
            errors);
    }

    private static string Words(string code)
    {
        var words = code.Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
