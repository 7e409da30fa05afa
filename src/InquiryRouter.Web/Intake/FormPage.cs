using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Intake.Landing;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Intake;

/// <summary>The form as a page: what was typed becomes an inquiry, and an inquiry that is not complete becomes the same page again.</summary>
public sealed class FormPage(ReferenceLists lists, LanguageSet languages)
{
    /// <summary>The day of the consent text on the page; change it with the text, in any language.</summary>
    private const string ConsentTextDay = "2026-11";

    private readonly ConditionFinder _finder = new(lists.Conditions.Values);
    private readonly Dictionary<string, FormChoices> _choices =
        languages.All.ToDictionary(w => w.Code, w => new FormChoices(lists, w, languages), StringComparer.Ordinal);

    /// <summary>What somebody has looked at and said is right: addresses, as they were typed.</summary>
    internal const string SureField = "sure";

    private const string Doubt = "email.doubt";

    /// <summary>Each condition that has types asks for its own.</summary>
    internal const string TypeFields = "conditionType.";

    /// <summary>Which consent text a reader of this language sees: two translations are two texts.</summary>
    public static string ConsentTextVersion(Words words) => $"{ConsentTextDay}:{words.Code}";

    public InquiryPageModel Model(
        Words words, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, string nonce, IReadOnlyList<FieldError> errors,
        KnownOffers? known, string? trouble = null) => new()
    {
        Typed = typed,
        Errors = [.. errors.Select(e => KeyValuePair.Create(e.Field, Sentence(words, e)))],
        Trouble = trouble,
        Nonce = nonce,
        ConsentTextVersion = ConsentTextVersion(words),
        Choices = _choices[words.Code],
        Offer = FormOffer.Of(known, typed, lists),

        // Who presses the button again without a change has answered.
        Sure =
        [
            .. typed.GetValueOrDefault(SureField, []),
            .. errors.Where(e => e.Code == Doubt).SelectMany(e => typed.GetValueOrDefault(e.Field, [])),
        ],
    };

    /// <summary>Addresses that were probably meant differently, and that nobody has said are right.</summary>
    public static IEnumerable<FieldError> Doubts(InquiryForm read, IFormCollection form)
    {
        foreach (var (field, typed) in new[] { ("inquirer.email", read.InquirerEmail), ("patient.email", read.PatientEmail) })
        {
            if (MistypedDomain.Meant(Core.Intake.Typed.Code(typed)) is { } domain && !form[SureField].Contains(typed, StringComparer.Ordinal))
            {
                yield return new FieldError(field, Doubt, ("domain", domain));
            }
        }
    }

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
        IReadOnlyList<string>? Texts(string name) => form.TryGetValue(name, out var values) ? [.. values.Select(v => v ?? string.Empty)] : null;
        bool? Flag(string name) => form.ContainsKey(name) ? string.Equals(Text(name), "true", StringComparison.Ordinal) : null;

        var (amount, currency) = FormNumbers.Money(Text("budget.amount"), errors);
        var condition = Text("condition");
        if (condition == ReferenceLists.OtherCondition && form.ContainsKey("conditionNamed")
            && Core.Intake.Typed.Line(Text("conditionNamed")) is null)
        {
            errors.Add(new FieldError("conditionNamed", "conditionNamed.missing"));
        }

        return (
            new InquiryForm
            {
                PatientName = Text("patient.name"),
                PatientEmail = Text("patient.email"),
                PatientPhone = Text("patient.phone"),
                PatientCountry = Text("patient.country"),
                PatientLanguage = Text("patient.language"),
                PatientAlsoReads = Texts("patient.alsoReads"),
                PatientTimeZone = Text("patient.timeZone"),
                PatientBirthYear = FormNumbers.Year(Text("patient.birthYear"), errors),
                InquirerRelation = Text("inquirer.relation"),
                InquirerName = Text("inquirer.name"),
                InquirerEmail = Text("inquirer.email"),
                Condition = condition,
                ConditionType = Text(TypeFields + condition) ?? Text("conditionType"),
                ConditionNamed = Text("conditionNamed"),
                Treatment = Text("treatment"),
                CellSource = Text("cellSource"),
                Destinations = Texts("destinations"),
                BudgetAmount = amount,
                BudgetCurrency = currency ?? Text("budget.currency"),
                Timeframe = Text("timeframe"),
                Message = Text("message"),
                ShareWithClinics = Flag("consent.shareWithClinics"),
                Contact = Flag("consent.contact"),
                Marketing = Flag("consent.marketing"),
                ConsentTextVersion = Text("consent.textVersion"),

                // Nobody sees these two, so nobody could mend them: what cannot be stored is left out.
                SourcePage = InquiryValidator.IsUsablePage(Text("source.page")) ? Text("source.page") : null,
                SourceCampaign = Text("source.campaign") is { Length: <= InquiryValidator.CampaignLength } campaign ? campaign : null,
            },
            errors);
    }

    // Who reads the page chooses by name: codes, and all names of a list that stands beside the sentence, are for the senders of JSON.
    private static string Sentence(Words words, FieldError error) =>
        error.Code is "condition.unknown" or "treatment.unknown" ? words["form.error." + error.Code] : words.Error(error, codes: false);
}
