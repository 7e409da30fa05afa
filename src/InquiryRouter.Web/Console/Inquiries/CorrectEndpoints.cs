using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>What a coordinator corrects on the patient's behalf: how they are reached, and what they ask for.</summary>
internal static class CorrectEndpoints
{
    public const string Correct = "correct";
    public const string Contact = "contact";
    public const string Request = "request";

    public static string PathOf(string reference) => $"{InquiryEndpoints.PathOf(reference)}/{Correct}";

    public static void MapConsoleCorrections(this IEndpointRouteBuilder routes)
    {
        var path = PathOf("{reference}");
        routes.MapConsoleGet(path, Access.Correct, (HttpContext context, ReadInquiry read, string reference) =>
            ShowAsync(context, read, reference, null));
        routes.MapConsolePost($"{path}/{Contact}", Access.Correct, ContactAsync);
        routes.MapConsolePost($"{path}/{Request}", Access.Correct, RequestAsync);
    }

    // What stands in no field stays as it is: nobody has to be shown who it is for a new number.
    private static Task<IResult> ContactAsync(
        HttpContext context, ConsoleUser user, CorrectForPatient correct, ReadInquiry read, LanguageSet languages, string reference,
        [AsParameters] ContactFields fields) =>
        AnswerAsync(
            context, user, correct, read, languages, reference, CoordinatorAction.CorrectContact, fields.Seen,
            new TypedCorrection(Contact, fields, null, []), form =>
        {
            form.PatientName = fields.Name.Or(form.PatientName);
            form.PatientEmail = fields.Email.Or(form.PatientEmail);
            form.PatientPhone = string.IsNullOrEmpty(fields.NoPhone) ? fields.Phone.Or(form.PatientPhone) : null;
            form.InquirerName = fields.InquirerName.Or(form.InquirerName);
            form.InquirerEmail = fields.InquirerEmail.Or(form.InquirerEmail);
        });

    private static Task<IResult> RequestAsync(
        HttpContext context, ConsoleUser user, CorrectForPatient correct, ReadInquiry read, LanguageSet languages, string reference,
        [AsParameters] RequestFields fields)
    {
        var typed = new TypedCorrection(Request, null, fields, []);
        var (born, budget) = (Number(fields.Born), Number(fields.Budget));
        if (born is null || (budget is null && !string.IsNullOrWhiteSpace(fields.Budget)))
        {
            return ShowAsync(context, read, reference, typed with { Problems = ["The year of birth and the budget are numbers."] });
        }

        return AnswerAsync(context, user, correct, read, languages, reference, CoordinatorAction.CorrectRequest, fields.Seen, typed, form =>
        {
            form.PatientBirthYear = (int)born;
            form.PatientCountry = fields.Country;
            form.PatientLanguage = fields.Language;
            form.Condition = fields.Condition;
            form.ConditionType = fields.ConditionType.Or(null);
            form.Treatment = fields.Treatment;
            form.CellSource = fields.CellSource;
            form.Destinations = [.. (fields.Destinations ?? StringValues.Empty).OfType<string>()];
            form.BudgetAmount = budget;
            form.BudgetCurrency = budget is null ? null : fields.Currency;
            form.Timeframe = fields.Timeframe;
        });
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, ConsoleUser user, CorrectForPatient correct, ReadInquiry read, LanguageSet languages, string reference,
        CoordinatorAction action, int seen, TypedCorrection typed, Action<InquiryForm> change)
    {
        if (!Reference.TryParse(reference, out var normal))
        {
            return ConsolePages.NotFound();
        }

        return await correct.RunAsync(new Seen(normal, seen), action, change, user.Actor, context.RequestAborted) switch
        {
            CorrectionForPatient.Done => (await WayBack.FromAsync(context, normal)).To(context, Correct, null),
            CorrectionForPatient.Invalid invalid => await AgainAsync(invalid.Errors.Select(e => languages.English.Error(e, codes: false))),
            CorrectionForPatient.ChangedOften => await AgainAsync(["The address was changed too often today, or too many were changed to this one."]),
            CorrectionForPatient.Not { Why: ActionOutcome.NotFound } => ConsolePages.NotFound(),
            CorrectionForPatient.Not not => await AgainAsync([ActionWords.Of(not.Why)]),
            _ => await AgainAsync(["It could not be done."]),
        };

        Task<IResult> AgainAsync(IEnumerable<string> problems) => ShowAsync(context, read, normal, typed with { Problems = [.. problems] });
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ReadInquiry read, string typed, TypedCorrection? refused) =>
        Reference.TryParse(typed, out var reference) && await read.RunAsync(reference, withTexts: false, context.RequestAborted) is { } found
            ? ConsolePages.Page<CorrectPage>(
                new CorrectModel(found, refused)
                {
                    Place = await context.RequestServices.GetRequiredService<InquiryPlaces>().FindAsync(context, ConsoleUser.Of(context)!, found.Inquiry),
                },
                refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : ConsolePages.NotFound();

    private static decimal? Number(string? typed) =>
        decimal.TryParse(Typed.Number(typed), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < int.MaxValue ? number : null;

    // Null: nothing was typed.
    private static string? Or(this string? typed, string? otherwise) => string.IsNullOrWhiteSpace(typed) ? otherwise : typed;
}

/// <summary>How somebody is reached; what is empty stays as it is.</summary>
public sealed record ContactFields(
    [FromForm(Name = "seen")] int Seen, [FromForm(Name = "name")] string? Name, [FromForm(Name = "email")] string? Email,
    [FromForm(Name = "phone")] string? Phone, [FromForm(Name = "noPhone")] string? NoPhone,
    [FromForm(Name = "inquirerName")] string? InquirerName, [FromForm(Name = "inquirerEmail")] string? InquirerEmail);

/// <summary>What is asked for.</summary>
public sealed record RequestFields(
    [FromForm(Name = "seen")] int Seen, [FromForm(Name = "born")] string? Born, [FromForm(Name = "country")] string? Country,
    [FromForm(Name = "language")] string? Language, [FromForm(Name = "condition")] string? Condition,
    [FromForm(Name = "conditionType")] string? ConditionType, [FromForm(Name = "treatment")] string? Treatment,
    [FromForm(Name = "cellSource")] string? CellSource, [FromForm(Name = "destinations")] StringValues? Destinations,
    [FromForm(Name = "budget")] string? Budget, [FromForm(Name = "currency")] string? Currency,
    [FromForm(Name = "timeframe")] string? Timeframe);

/// <summary>What was typed and could not be stored: the page shows it again.</summary>
/// <param name="Form">Which form.</param>
/// <param name="Contact">Of the form of contacts.</param>
/// <param name="Request">Of the form of the request.</param>
/// <param name="Problems">Why, as sentences.</param>
public sealed record TypedCorrection(string Form, ContactFields? Contact, RequestFields? Request, IReadOnlyList<string> Problems);

/// <summary>The page of corrections.</summary>
public sealed record CorrectModel(InquiryFile Case, TypedCorrection? Typed)
{
    /// <summary>Where it stands in the list it was opened from.</summary>
    public InquiryPlace Place { get; init; } = InquiryPlace.None;

    public InquiryFacts Facts => Case.Inquiry.Facts;

    public ReferenceLists Lists => Case.Network.Rules.Lists;

    /// <summary>The last line of the history on the page.</summary>
    public int LastLine => Case.History.Count > 0 ? Case.History[^1].Version : 0;

    /// <summary>Why a form cannot be sent; null: it can.</summary>
    public string? WhyNot(CoordinatorAction action) =>
        CoordinatorActions.WhyNot(action, Case.Facts) is { } refusal ? RefusalWords.Of(refusal) : null;

    /// <summary>What a field of the request shows: what was typed, or what is stored.</summary>
    public string? Shown(Func<RequestFields, string?> typed, string? stored) => Typed?.Request is { } fields ? typed(fields) : stored;
}
