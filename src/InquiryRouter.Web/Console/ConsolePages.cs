using InquiryRouter.Application.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InquiryRouter.Web.Console;

/// <summary>Answers of the console that are pages.</summary>
internal static class ConsolePages
{
    private const string PartHeader = "HX-Request";

    /// <summary>A component with one parameter, <c>Model</c>.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model })
        {
            StatusCode = status, PreventStreamingRendering = true,
        };

    /// <summary>The whole page to anybody, and only the part of it to htmx: the page shows the same part from the same model.</summary>
    public static IResult PageOrPart<TPage, TPart>(HttpContext context, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent
        where TPart : IComponent =>
        IsPart(context.Request) ? Page<TPart>(model, status) : Page<TPage>(model, status);

    /// <summary>A headline and a sentence, and perhaps a way on.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="title">The headline.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="way">Where it goes on; null: nowhere.</param>
    /// <param name="why">Why a form was not taken; null: what the status says.</param>
    /// <param name="isOurs">False: the form is of another site, and nothing of it is kept.</param>
    public static RazorComponentResult<ConsoleMessagePage> Message(
        int status, string title, string text, (string Label, string Url)? way = null, Unsent? why = null,
        bool isOurs = true) =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Title"] = title, ["Text"] = text, ["Way"] = way,
            ["Why"] = !isOurs || status < StatusCodes.Status400BadRequest ? null
                : why ?? (status == StatusCodes.Status401Unauthorized ? Unsent.SignedOut : Unsent.Changed),
        })
        {
            StatusCode = status, PreventStreamingRendering = true,
        };

    /// <summary>It is done: the page that shows it.</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>There is nothing by that name.</summary>
    public static IResult NotFound() => Of(StatusCodes.Status404NotFound);

    /// <summary>Somebody else was first.</summary>
    public static IResult Conflict() => Of(StatusCodes.Status409Conflict);

    /// <summary>What is said of a status where nothing better is known.</summary>
    public static IResult Of(int status)
    {
        var (title, text) = status switch
        {
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed =>
                ("There is nothing here", "The address is mistyped, or what stood here is gone."),
            StatusCodes.Status409Conflict =>
                ("Somebody else changed this", "Nothing was done. Look at it as it is now, and press again if it is still right."),
            StatusCodes.Status413PayloadTooLarge => ("That is too much text", "Nothing was done. Go back, shorten it, and send it again."),
            StatusCodes.Status429TooManyRequests => ("Too many requests", "Nothing was done. Wait a minute, and go on."),
            StatusCodes.Status503ServiceUnavailable => ("The database does not answer", "Nothing was done. Try again in a moment."),
            < StatusCodes.Status500InternalServerError => ("That could not be read", "Nothing was done. Go back, and send it again."),
            _ => ("Something went wrong", "It is in the log of the program. Try again; if it happens again, tell whoever runs it."),
        };
        return Message(status, title, text, ("To the first page", ConsoleGate.Path));
    }

    /// <summary>htmx asks, and puts the answer into the page that is there.</summary>
    public static bool IsPart(HttpRequest request) => request.Headers.ContainsKey(PartHeader);
}
