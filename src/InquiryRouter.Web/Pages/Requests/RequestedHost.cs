using InquiryRouter.Application;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Pages.Requests;

/// <summary>
/// The <c>Host</c> of a request: pages are rendered for it, and one that is no address would stop that. A site has one public address, so one
/// of old that names none (HTTP/1.0, as health checks of proxies do) means that.
/// </summary>
internal static class RequestedHost
{
    private const string Oldest = "HTTP/1.0";

    public static void UseRequestedHost(this IApplicationBuilder app, PublicAddress address, Action<HttpContext> protect) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (Named(request) is { } host && IsUsable(host))
        {
            return next(context);
        }

        var isNone = request.Headers.Host.ToString().Length == 0;
        request.Host = address.Host;
        if (isNone && request.Protocol == Oldest)
        {
            return next(context);
        }

        context.RequestServices.GetRequiredService<SecurityLog>().HostRefused();
        protect(context);
        return RefuseAsync(context);
    });

    private static Task RefuseAsync(HttpContext context)
    {
        IResult answer = RequestTrouble.IsForPrograms(context.Request)
            ? ApiProblem.Of(context, StatusCodes.Status400BadRequest, "api.badHost")
            : PageResults.Message(context, StatusCodes.Status400BadRequest, "badHost");
        return answer.ExecuteAsync(context);
    }

    // Reading it decodes it, and not every name can be.
    private static HostString? Named(HttpRequest request)
    {
        try
        {
            return request.Host;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The port is not checked by the server.
    private static bool IsUsable(HostString host) =>
        host.HasValue && Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out var uri) && uri is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" };
}
