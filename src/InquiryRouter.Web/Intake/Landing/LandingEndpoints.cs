using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Landing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary><c>/treatments</c>: what everybody may read about each treatment for each condition, with the form at its end.</summary>
public static class LandingEndpoints
{
    /// <summary>The list; each page is below it.</summary>
    public const string Path = "/treatments";

    public static void MapLandingPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, async (LandingPages pages, CancellationToken cancellation) =>
            PageResults.Page<LandingListPage>(await pages.ListAsync(cancellation)));
        routes.MapGet(Path + "/{treatment}/{condition}", PageAsync);
        routes.MapGet(Path + "/{**other}", (HttpContext context, PageLanguage language) => Unknown(context, language));
    }

    private static async Task<IResult> PageAsync(
        string treatment, string condition, HttpContext context, LandingPages pages, FormPage form, FormNonce nonces, PageLanguage language,
        NetworkOfferCache offers, CancellationToken cancellation)
    {
        var known = await offers.FindAsync(cancellation);
        var page = await pages.FindAsync(
            treatment, condition,
            source => form.Model(language.Words, Prefilled(context.Request, treatment, condition, source), nonces.New(), [], known), cancellation);
        return page is null ? Unknown(context, language) : PageResults.Page<LandingPage>(page);
    }

    // The page says what it is about and where it stands; its own address may add the rest.
    private static Dictionary<string, IReadOnlyList<string>> Prefilled(HttpRequest request, string treatment, string condition, string source)
    {
        var typed = FormEndpoints.Linked(request);
        (typed["treatment"], typed["condition"], typed["source.page"]) = ([treatment], [condition], [source]);
        return typed;
    }

    private static RazorComponentResult<MessagePage> Unknown(HttpContext context, PageLanguage language) =>
        PageResults.Message(context, StatusCodes.Status404NotFound, "landing.unknown", new Choice(language.Url(Path), language["landing.all"]));
}
