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

        var name = context.Request.Query[LinkCookies.NameParameter].ToString();
        var token = LinkCookies.Find(context, LinkPurpose.Status, name);
        if (token is null && name.Length > 0)
        {
            return PageResults.Message(
                StatusCodes.Status404NotFound, "Your browser did not keep what this page needs",
                "If you have just sent the form: your inquiry has reached us, and our mail to you has the link to its page. Please allow cookies for this site, then open the link in our mail; it also has to be opened anew on another device, or after twelve hours.");
        }

        var link = await database.ReadAsync(session => AccessLinkStore.FindAsync(session, token, LinkPurpose.Status), context.RequestAborted);
        var model = link is null ? null : await pages.LoadAsync(link.SubjectId, context.RequestAborted);
        return model is null
            ? PageResults.Message(
                StatusCodes.Status404NotFound, "This link does not open an inquiry",
                "It may be incomplete, too old, or opened on another device before. Please open the link in our mail to you again; copy all of it if your mail program has broken it into two lines.")
            : PageResults.Page<StatusPage>(model);
    }
}
