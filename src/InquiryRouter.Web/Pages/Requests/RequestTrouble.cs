using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Web.Console;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Pages.Requests;

/// <summary>What is answered when a request could not be: with its own status and a true sentence, and never with the text of an exception.</summary>
internal static class RequestTrouble
{
    /// <summary>
    /// True when the log has no need of it: how the request was sent is no fault of the program, and that the database is away it says itself.
    /// </summary>
    public static bool IsKeptFromLog(Exception exception) =>
        exception is BadHttpRequestException { StatusCode: < StatusCodes.Status500InternalServerError } or DatabaseUnavailableException;

    /// <summary>True: the answer is JSON, for a program; false: a page.</summary>
    public static bool IsForPrograms(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <summary>Answers for what was thrown.</summary>
    public static Task AnswerAsync(HttpContext context, Action<HttpContext> protect)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var isConsole = ConsoleGate.IsConsole(context);

        // Who works on a list is told that somebody else was first, where a patient is asked to try again.
        var status = isConsole && error is ConflictException ? StatusCodes.Status409Conflict : StatusOf(error);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        protect(context);
        var answer = isConsole ? ConsolePages.Of(status)
            : IsForPrograms(context.Request)
            ? ApiProblem.Of(context, status, DetailOf(status))
            : PageResults.Message(context, status, MessageOf(context.Request, status));
        return answer.ExecuteAsync(context);
    }

    /// <summary>What was refused before a page of ours could answer: too much text, no such address. Programs read the status.</summary>
    public static Task AnswerStatusAsync(HttpContext context) =>
        IsForPrograms(context.Request) || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? Task.CompletedTask
            : ConsoleGate.IsConsole(context) ? ConsolePages.Of(context.Response.StatusCode).ExecuteAsync(context)
            : PageResults.Message(context, context.Response.StatusCode, MessageOf(context.Request, context.Response.StatusCode)).ExecuteAsync(context);

    private static int StatusOf(Exception? error) => error switch
    {
        DatabaseUnavailableException or ConflictException => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string MessageOf(HttpRequest request, int status) => status switch
    {
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "nothingHere",
        StatusCodes.Status408RequestTimeout => "tooSlow",
        StatusCodes.Status413PayloadTooLarge => request.Path == "/inquiry" ? "form.tooLong" : "status.tooLong",
        StatusCodes.Status429TooManyRequests => "status.busy",
        < StatusCodes.Status500InternalServerError => "unreadable",
        _ => "trouble",
    };

    private static string DetailOf(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => "api.tooSlow",
        StatusCodes.Status413PayloadTooLarge => "api.tooLong",
        < StatusCodes.Status500InternalServerError => "api.unreadable",
        _ => "api.trouble",
    };
}
