using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Patient;

/// <summary>
/// <c>/unsubscribe</c>: no more check-ins and no marketing; mails about where the inquiry stands still come. A mail program posts to the link
/// itself, with one click and without cookies (RFC 8058); a person opens it and presses a button. Opening it changes nothing.
/// </summary>
public static class UnsubscribeEndpoints
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/unsubscribe", GetAsync);
        routes.MapPost("/unsubscribe", PostAsync).DisableAntiforgery();
    }

    private static async Task<IResult> GetAsync(HttpContext context, Database database, PageLanguage page, LanguageSet languages)
    {
        if (await LinkCookies.ExchangeAsync(context, LinkPurpose.Unsubscribe) is { } redirect)
        {
            return redirect;
        }

        var name = context.Request.Query[LinkCookies.NameParameter].ToString();
        if (await FindAsync(context, database, LinkCookies.Find(context, LinkPurpose.Unsubscribe, name)) is not { } inquiry)
        {
            return PageResults.Message(context, StatusCodes.Status404NotFound, "unsubscribe.unknown");
        }

        page.Prefer(languages.For(inquiry.Facts.Language));
        return PageResults.Page<UnsubscribePage>(name);
    }

    private static async Task<IResult> PostAsync(
        HttpContext context, Database database, PageLanguage page, LanguageSet languages, Unsubscribe unsubscribe)
    {
        // Who posts to the link has it; who posts with the cookie must come from our own page.
        var token = context.Request.Query[LinkCookies.TokenParameter].ToString();
        if (token.Length == 0)
        {
            var name = (await Forms.ReadAsync(context))[LinkCookies.NameParameter].ToString();
            token = LinkCookies.IsCrossSite(context) ? null : LinkCookies.Find(context, LinkPurpose.Unsubscribe, name);
        }

        if (await FindAsync(context, database, token) is not { } inquiry)
        {
            return PageResults.Message(context, StatusCodes.Status404NotFound, "unsubscribe.unknown");
        }

        page.Prefer(languages.For(inquiry.Facts.Language));

        // Where it was erased meanwhile, there is nobody left to write to: that is what was asked for.
        await unsubscribe.RunAsync(inquiry.Id, Actor.Patient, context.RequestAborted);
        return PageResults.Message(context, StatusCodes.Status200OK, "unsubscribe.done");
    }

    private static Task<InquiryRecord?> FindAsync(HttpContext context, Database database, string? token) => database.ReadAsync(
        async session => await AccessLinkStore.FindAsync(session, token, LinkPurpose.Unsubscribe) is { } link
            ? await InquiryStore.FindAsync(session, new InquiryId(link.SubjectId))
            : null,
        context.RequestAborted);
}
