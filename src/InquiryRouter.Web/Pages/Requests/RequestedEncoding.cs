using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InquiryRouter.Web.Pages.Requests;

/// <summary>
/// The encoding that a request names for its body: one that this program refuses to read (UTF-7, which hides markup) is the sender's mistake, and said
/// before a form is read anywhere.
/// </summary>
internal static class RequestedEncoding
{
    private const int Utf7 = 65000;

    public static void UseRequestedEncoding(this IApplicationBuilder app, Action<HttpContext> protect) => app.Use((context, next) =>
    {
        if (IsReadable(context.Request.ContentType))
        {
            return next(context);
        }

        protect(context);
        IResult answer = RequestTrouble.IsForPrograms(context.Request)
            ? ApiProblem.Of(context, StatusCodes.Status400BadRequest, "api.unreadable")
            : PageResults.Message(context, StatusCodes.Status400BadRequest, "unreadable");
        return answer.ExecuteAsync(context);
    });

    private static bool IsReadable(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.Charset.HasValue)
        {
            return true;
        }

        try
        {
            // A name that nobody knows is no encoding, and UTF-8 is tried.
            return type.Encoding is not { } encoding || encoding.CodePage != Utf7;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
