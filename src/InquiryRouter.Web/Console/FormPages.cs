using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console;

/// <summary>The page on which a form stands that is sent to an address without a page of its own: the nearest one above it.</summary>
internal static class FormPages
{
    /// <summary>The page of the address that is asked for; null: the address takes no form, or no page stands above it.</summary>
    public static string? Of(HttpContext context)
    {
        // Routing has found the address, but not for reading: it answers with an endpoint that is no route.
        if (context.GetEndpoint() is null or RouteEndpoint)
        {
            return null;
        }

        var pages = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ConsoleEntry>() is { IsDeed: true }
                && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal) == true)
            .Select(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!.TrimStart('/')), []))
            .ToList();
        for (var path = Above(context.Request.Path.Value!); path.Length > 0; path = Above(path))
        {
            if (pages.Any(p => p.TryMatch(path, [])))
            {
                return path;
            }
        }

        return null;
    }

    private static string Above(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
