using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Pages;

/// <summary>Answers that are pages.</summary>
internal static class PageResults
{
    public static RazorComponentResult<TPage> Page<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        Create<TPage>(status, ("Model", model));

    public static RazorComponentResult<MessagePage> Message(int status, string title, string text) =>
        Create<MessagePage>(status, ("Title", title), ("Text", text));

    /// <summary>A page with the texts <c>{key}.title</c> and <c>{key}.text</c> and nothing else, but perhaps a way on.</summary>
    public static RazorComponentResult<MessagePage> Message(HttpContext context, int status, string key, Choice? way = null)
    {
        var words = context.RequestServices.GetRequiredService<PageLanguage>().Words;
        return Create<MessagePage>(status, ("Title", words[key + ".title"]), ("Text", words[key + ".text"]), ("Way", way));
    }

    private static RazorComponentResult<TPage> Create<TPage>(int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            values[name] = value;
        }

        return new RazorComponentResult<TPage>(values) { StatusCode = status, PreventStreamingRendering = true };
    }
}
