using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Clinic;

/// <summary>
/// <c>/referral</c>: what a clinic's link opens. Looking changes nothing, since mail scanners follow links; answers are POSTs behind a button.
/// </summary>
public static class ReferralEndpoints
{
    public static void MapReferral(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/referral", GetAsync);
        routes.MapPost("/referral/accept", AcceptAsync).DisableAntiforgery();
        routes.MapPost("/referral/decline", DeclineAsync).DisableAntiforgery();
    }

    private static async Task<IResult> GetAsync(HttpContext context, Database database, ReferralPages pages)
    {
        if (LinkCookies.Exchange(context, LinkPurpose.Referral) is { } redirect)
        {
            return redirect;
        }

        var link = context.Request.Query[LinkCookies.NameParameter].ToString();
        return await FindAsync(context, database, link) is { } referralId
            ? await ShowAsync(context, pages, referralId, link, null, StatusCodes.Status200OK)
            : Unknown();
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext context, Database database, ReferralPages pages, ReferralAnswers answers, [FromForm] string? link)
    {
        if (LinkCookies.IsCrossSite(context) || await FindAsync(context, database, link) is not { } referralId)
        {
            return Unknown();
        }

        return await AfterAsync(context, pages, referralId, link!, await answers.AcceptAsync(referralId, context.RequestAborted));
    }

    private static async Task<IResult> DeclineAsync(
        HttpContext context, Database database, ReferralPages pages, ReferralAnswers answers, [FromForm] string? link, [FromForm] string? reason)
    {
        if (LinkCookies.IsCrossSite(context) || await FindAsync(context, database, link) is not { } referralId)
        {
            return Unknown();
        }

        return reason is not null && DeclineReason.All.Contains(reason, StringComparer.Ordinal)
            ? await AfterAsync(context, pages, referralId, link!, await answers.DeclineAsync(referralId, reason, context.RequestAborted))
            : await ShowAsync(context, pages, referralId, link!, "Please choose a reason from the list, then press Decline again.", StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> AfterAsync(HttpContext context, ReferralPages pages, Guid referralId, string link, AnswerOutcome outcome) => outcome switch
    {
        // The page says what is now; going back and pressing again changes nothing.
        AnswerOutcome.Done or AnswerOutcome.AlreadyDone => Results.Redirect($"/referral?{LinkCookies.NameParameter}={link}"),
        AnswerOutcome.Ended => await ShowAsync(context, pages, referralId, link, "This referral had been answered already, or its time was over; nothing was changed.", StatusCodes.Status409Conflict),
        AnswerOutcome.NoConsent => await ShowAsync(context, pages, referralId, link, "The patient no longer agrees that clinics see the inquiry; nothing was changed.", StatusCodes.Status409Conflict),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static async Task<Guid?> FindAsync(HttpContext context, Database database, string? link)
    {
        var token = LinkCookies.Find(context, LinkPurpose.Referral, link);
        return (await database.ReadAsync(session => AccessLinkStore.FindAsync(session, token, LinkPurpose.Referral), context.RequestAborted))?.SubjectId;
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ReferralPages pages, Guid referralId, string link, string? error, int status) =>
        await pages.LoadAsync(referralId, link, error, context.RequestAborted) is { } model
            ? PageResults.Page<ReferralPage>(model, status)
            : Unknown();

    private static RazorComponentResult<MessagePage> Unknown() => PageResults.Message(
        StatusCodes.Status404NotFound, "This link does not open a referral",
        "It may be incomplete or too old, or your browser did not keep the cookie this page needs. Please allow cookies for this site and open the link in our mail again; copy all of it if your mail program has broken it into two lines.");
}
