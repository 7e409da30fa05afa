using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Pages;

/// <summary>HEAD, with which monitors and checkers of links ask (RFC 9110, section 9.1: a server supports GET and HEAD).</summary>
internal static class HeadRequests
{
    /// <summary>Routes of which all that answer GET answer HEAD the same way; the server leaves the body out.</summary>
    public static RouteGroupBuilder WithHead(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(string.Empty);
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            for (var i = 0; i < endpoint.Metadata.Count; i++)
            {
                if (endpoint.Metadata[i] is IHttpMethodMetadata { HttpMethods: ["GET"] })
                {
                    endpoint.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
                }
            }
        });
        return group;
    }
}
