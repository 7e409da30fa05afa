using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Patient;

/// <summary><c>/status/link</c>: the link was lost, and is sent again to the address it belongs to.</summary>
internal static class LostLinkEndpoints
{
    public const string Field = "email";
    private const string Sent = "sent";

    public static void MapLostLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status/link", (HttpContext context) => PageResults.Page<StatusLinkPage>(
            new StatusLinkRequest(IsSent: context.Request.Query.ContainsKey(Sent), Typed: string.Empty, Problem: null)));
        routes.MapPost("/status/link", Post).WithMetadata(new RequestSizeLimitAttribute(ApiEndpoint.BodyLimit)).DisableAntiforgery();
    }

    private static IResult Post(
        HttpContext context, LostLinkQueue links, IntakeLimits limits, IFieldRules rules, PageLanguage language,
        [FromForm(Name = Field)] string? email)
    {
        if (LinkCookies.IsCrossSite(context))
        {
            return PageResults.Page<StatusUnknownPage>("unknown", StatusCodes.Status404NotFound);
        }

        if (limits.SecondsToWait(context) is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return PageResults.Message(context, StatusCodes.Status429TooManyRequests, "status.busy");
        }

        var typed = Typed.Code(email) ?? string.Empty;
        if (!rules.TryEmail(typed, out var address))
        {
            var problem = language.Words.Error(typed.Length == 0
                ? new FieldError(Field, "email.missing")
                : new FieldError(Field, "email.unusable", ("example", "name@example.org")));
            return PageResults.Page<StatusLinkPage>(new StatusLinkRequest(IsSent: false, typed, problem), StatusCodes.Status400BadRequest);
        }

        links.Ask(new LostLink(address, limits.AskerOf(context)?.Network));
        return Results.Redirect(language.Url($"/status/link?{Sent}=1"));
    }
}
