using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Application.Intake;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Web.Embed;
using InquiryRouter.Web.Intake.Landing;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Embed;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Intake;

/// <summary><c>/inquiry</c>: the form as a plain page, for patients.</summary>
public static class FormEndpoints
{
    // Nothing that a browser or a password manager has a value for.
    internal const string Honeypot = "extra";

    /// <summary>The answer to "you have sent one before": which of the two is meant.</summary>
    internal const string AgainField = "again";
    internal const string AgainCorrect = "correct";
    internal const string AgainSecond = "second";

    private const string NonceField = "nonce";

    /// <summary>What a link may fill in: nothing about a person.</summary>
    public static readonly IReadOnlyList<string> Prefilled = ["condition", "conditionType", "treatment", "cellSource", "source.page", "source.campaign"];

    public static void MapInquiryForm(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (PageLanguage language) => Results.Redirect(language.Url("/inquiry")));
        routes.MapGet("/inquiry", GetAsync);
        routes.MapPost("/inquiry", PostAsync).WithMetadata(new RequestSizeLimitAttribute(ApiEndpoint.BodyLimit)).DisableAntiforgery();
    }

    private static async Task<RazorComponentResult<InquiryPage>> GetAsync(
        HttpRequest request, FormPage page, FormNonce nonces, PageLanguage language, EmbedFrame frame, NetworkOfferCache offers)
    {
        var typed = Linked(request);
        if (frame is { IsOne: true, Site: null })
        {
            // Whoever frames it is listed; what the address says of the page is not.
            typed.Remove("source.page");
        }

        var known = await offers.FindAsync(request.HttpContext.RequestAborted);
        return Show(page.Model(language.Words, page.Chosen(typed), nonces.New(), [], known), StatusCodes.Status200OK);
    }

    /// <summary>What the address of a page fills in.</summary>
    internal static Dictionary<string, IReadOnlyList<string>> Linked(HttpRequest request) => Prefilled
        .Where(f => request.Query.ContainsKey(f))
        .ToDictionary(f => f, f => (IReadOnlyList<string>)[request.Query[f].ToString()], StringComparer.Ordinal);

    private static async Task<IResult> PostAsync(
        HttpContext context, FormPage page, FormNonce nonces, SubmitInquiry submit, SentAgain again, MailLinks links, IntakeLimits limits,
        PageLanguage language, EmbedFrame frame, NetworkOfferCache offers)
    {
        if (!context.Request.HasFormContentType)
        {
            return PageResults.Message(context, StatusCodes.Status415UnsupportedMediaType, "form.formOnly");
        }

        var form = await Forms.ReadAsync(context);
        var typed = FormPage.Typed(form);
        var nonce = form[NonceField].ToString() is { Length: > 0 and <= 100 } sent ? sent : nonces.New();
        var known = await offers.FindAsync(context.RequestAborted);
        if (limits.SecondsToWait(context) is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Show(
                page.Model(language.Words, typed, nonce, [], known, language.Text("form.tooMany", ("seconds", seconds))),
                StatusCodes.Status429TooManyRequests);
        }

        var (read, misread) = FormPage.Read(form);
        misread.AddRange(FormPage.Doubts(read, form));

        // In a frame on another site there are no cookies, and so nothing is known of what the browser has sent.
        if (!frame.IsOne && misread.Count == 0 && await again.AnswerAsync(context, form, read) is { } before)
        {
            return before;
        }

        var digest = Digest(typed);
        var outcome = await submit.RunAsync(
            new Submission
            {
                Form = read, Misread = misread, Flags = Flags(form, nonces), ConsentSource = "form",
                Asker = limits.AskerOf(context),
                Request = new IdempotentRequest($"{nonce}:{digest}", Encoding.UTF8.GetBytes(digest)),
            },
            context.RequestAborted);

        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted when frame.IsOne:
                return PageResults.Page<SentPage>(new SentModel(accepted.Reference, language.Url(links.Status(accepted.StatusToken))));
            case SubmitOutcome.Accepted accepted:
                return Results.Redirect(language.Url($"/status?t={accepted.StatusToken}"), permanent: false, preserveMethod: false);
            case SubmitOutcome.Invalid invalid:
                return Show(page.Model(language.Words, typed, nonce, invalid.Errors, known), StatusCodes.Status400BadRequest);
            default:
                context.Response.Headers.RetryAfter = "5";
                return Show(
                    page.Model(language.Words, typed, nonce, [], known, language["form.unavailable"]),
                    StatusCodes.Status503ServiceUnavailable);
        }
    }

    // The same page sent twice with the same answers is one inquiry; sent again with other answers it is another one.
    private static string Digest(IReadOnlyDictionary<string, IReadOnlyList<string>> typed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (field, values) in typed.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{field}\0{string.Join('\u0001', values)}\u0002"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static List<string> Flags(IFormCollection form, FormNonce nonces)
    {
        var flags = new List<string>(2);
        if (!string.IsNullOrEmpty(form[Honeypot].ToString()))
        {
            flags.Add(SpamReason.Honeypot.Code);
        }

        if (nonces.Weigh(form[NonceField].ToString()) is { } sign)
        {
            flags.Add(sign.Code);
        }

        return flags;
    }

    private static RazorComponentResult<InquiryPage> Show(InquiryPageModel model, int status) => PageResults.Page<InquiryPage>(model, status);
}
