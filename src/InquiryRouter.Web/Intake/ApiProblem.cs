using System.Globalization;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Intake;

/// <summary>What a program reads when its request was refused (RFC 9457), in the language it accepts, else in English.</summary>
internal static class ApiProblem
{
    /// <param name="status">The text <c>api.{status}.title</c> names it, where there is one.</param>
    /// <param name="key">The text of the detail.</param>
    /// <param name="values">For its places.</param>
    public static IResult Of(HttpContext context, int status, string key, params ReadOnlySpan<(string Place, object? Value)> values)
    {
        var words = WordsFor(context);
        var title = string.Create(CultureInfo.InvariantCulture, $"api.{status}.title");
        return Results.Problem(
            words.Text(key, values), statusCode: status, title: words.Keys.Contains(title, StringComparer.Ordinal) ? words[title] : ReasonPhrases.GetReasonPhrase(status));
    }

    /// <summary>The words of the answer, which says which language they are.</summary>
    public static Words WordsFor(HttpContext context)
    {
        var words = context.RequestServices.GetRequiredService<PageLanguage>().Words;
        context.Response.Headers.ContentLanguage = words.Code;
        context.Response.Headers.Vary = "Accept-Language";
        return words;
    }
}
