using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Patient;

/// <summary><c>/status</c>: what the patient's link opens.</summary>
public static class StatusEndpoint
{
    public static void MapStatus(this IEndpointRouteBuilder routes) => routes.MapGet("/status", GetAsync);

    private static async Task<IResult> GetAsync(HttpContext context, Database database, StatusPages pages)
    {
        if (LinkCookies.Exchange(context, LinkPurpose.Status) is { } redirect)
        {
            return redirect;
        }

        var token = LinkCookies.Find(context, LinkPurpose.Status, context.Request.Query[LinkCookies.NameParameter]);
        var link = await database.ReadAsync(session => AccessLinkStore.FindAsync(session, token, LinkPurpose.Status), context.RequestAborted);
        var model = link is null ? null : await pages.LoadAsync(link.SubjectId, context.RequestAborted);
        return model is null
            ? PageResults.Message(
                StatusCodes.Status404NotFound, "This link does not open an inquiry",
                "It may be incomplete, too old, or opened on another device before. Please open the link in our mail to you again; copy all of it if your mail program has broken it into two lines.")
            : PageResults.Page<StatusPage>(model);
    }
}
